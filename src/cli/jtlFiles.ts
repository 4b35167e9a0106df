import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { OrgId } from '#domain/units.ts'
import type { RecorderConfig } from '#recorder/config/recorderConfig.ts'
import type { JtlFile } from '#recorder/jtl/followedJtls.ts'
import { callersPath, UsageError } from './commandInput.ts'

/**
 * The files of `--jtl`, each with the organisation whose test it is: `FILE` belongs to the only one, `ID=FILE`
 * names it. What stands before a first `=` without a `/` is an ID, so a file with such a name is written
 * `./a=b.jtl`. Throws UsageError where it is not clear what is meant.
 */
export function jtlFilesOf(
  given: readonly string[],
  { organisations }: Pick<RecorderConfig, 'organisations'>,
): readonly JtlFile[] {
  const ids = organisations.map(({ config: { id } }) => id)
  const files = given.map((text) => jtlFileOf(text, ids))
  for (const [i, { organisation, file }] of files.entries()) {
    const isSame = (one: JtlFile) => one.organisation === organisation && one.file === file
    if (files.findIndex(isSame) < i)
      throw new UsageError(
        `--jtl ${given[i]}: ${organisation} has a file named ${file} already; its series could not be told apart`,
      )
  }
  return files
}

function jtlFileOf(text: string, ids: readonly OrgId[]): JtlFile {
  const [, named, rest] = /^([^=/\\]*)=(.*)$/s.exec(text) ?? []
  const typed = rest ?? text
  if (typed === '') throw new UsageError(`--jtl ${text}: expected a file`)
  const path = callersPath(typed)
  refuseNoFile(path, text)
  return { organisation: organisationOf(named ?? null, ids, text), path, file: basename(path) }
}

function organisationOf(named: string | null, ids: readonly OrgId[], text: string): OrgId {
  const known = ids.join(', ')
  if (named !== null) {
    const id = ids.find((one) => one === named)
    if (id !== undefined) return id
    throw new UsageError(
      `--jtl ${text}: CONFIG has no organisation "${named}", only ${known}; a file with = in its name is ./${text}`,
    )
  }
  const [only, ...others] = ids
  if (only !== undefined && others.length === 0) return only
  throw new UsageError(
    `--jtl ${text}: CONFIG has several organisations; say whose test it is with --jtl ID=FILE, ID one of ${known}`,
  )
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
