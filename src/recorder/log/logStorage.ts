import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'

/** The folder of one organisation's log, as far as the log needs it. Everything rejects with Node's own error. */
export type LogStorage = {
  names: () => Promise<readonly string[]>
  read: (name: string) => Promise<string>
  append: (name: string, text: string) => Promise<void>
  /** Cuts a file back to what was whole. One that does not exist is whole. */
  cut: (name: string, sizeBytes: number) => Promise<void>
  /** Writes a file as one: readers find the old content or the new one, also after a power cut. */
  replace: (name: string, text: string) => Promise<void>
  remove: (name: string) => Promise<void>
}

/** Nobody but the recorder's own user has to read them: routes and names of apps are in there. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** A folder on disk; made where it is missing. */
export async function openLogFolder(folder: string): Promise<LogStorage> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
  const pathOf = (name: string) => join(folder, name)
  return {
    names: () => readdir(folder),
    read: (name) => readFile(pathOf(name), 'utf8'),
    append: (name, text) => appendFile(pathOf(name), text, { mode: FILE_MODE }),
    async cut(name, sizeBytes) {
      try {
        await truncate(pathOf(name), sizeBytes)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    },
    async replace(name, text) {
      const next = pathOf(`${name}.next`)
      await writeFile(next, text, { mode: FILE_MODE, flush: true })
      await rename(next, pathOf(name))
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  }
}
