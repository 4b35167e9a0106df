import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import type { RecorderConfig } from '#recorder/config/recorderConfig.ts'
import type { StopFile } from '#recorder/alerts/stopFile.ts'
import { UsageError } from './commandInput.ts'
import { namedFile } from './namedFile.ts'

/** The files of `--stop-file`, at most one for an organisation. Throws UsageError where one could not be written. */
export function stopFilesOf(
  given: readonly string[],
  { organisations }: Pick<RecorderConfig, 'organisations'>,
): readonly StopFile[] {
  const files = given.map((text) => {
    const file = namedFile({ option: '--stop-file', text, organisations })
    try {
      accessSync(dirname(file.path), constants.W_OK)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new UsageError(`--stop-file ${text}: its folder cannot be written to (${code})`, {
        cause: error,
      })
    }
    return file
  })
  for (const [i, { organisation }] of files.entries())
    if (files.findIndex((one) => one.organisation === organisation) < i)
      throw new UsageError(`--stop-file ${given[i]}: ${organisation} has a stop file already`)
  return files
}
