import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { RecorderConfig } from '#recorder/config/recorderConfig.ts'
import type { JtlFile } from '#recorder/jtl/followedJtls.ts'
import { UsageError } from './commandInput.ts'
import { namedFile } from './namedFile.ts'

/** The files of `--jtl`, each with the organisation whose test it is. Throws UsageError where it is not clear what is meant. */
export function jtlFilesOf(
  given: readonly string[],
  { organisations }: Pick<RecorderConfig, 'organisations'>,
): readonly JtlFile[] {
  const files = given.map((text) => jtlFileOf(text, organisations))
  for (const [i, { organisation, file }] of files.entries()) {
    const isSame = (one: JtlFile) => one.organisation === organisation && one.file === file
    if (files.findIndex(isSame) < i)
      throw new UsageError(
        `--jtl ${given[i]}: ${organisation} has a file named ${file} already; its series could not be told apart`,
      )
  }
  return files
}

function jtlFileOf(text: string, organisations: RecorderConfig['organisations']): JtlFile {
  const { organisation, path } = namedFile({ option: '--jtl', text, organisations })
  refuseNoFile(path, text)
  return { organisation, path, file: basename(path) }
}

/** One that is not there yet is awaited. */
function refuseNoFile(path: string, text: string) {
  const found = statOf(path)
  if (found && !found.isFile()) throw new UsageError(`--jtl ${text}: it is no file`)
}

/** Nothing where it cannot be asked for: the log tells of that, and when it can. */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
