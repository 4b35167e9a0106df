import type { Stats } from 'node:fs'
import { constants, type FileHandle, open, stat } from 'node:fs/promises'
import type { FileSnapshot, GrowingFile } from '#sources/imports/tail/followFile.ts'

/** Opening a pipe would otherwise wait for somebody to write to it. Windows has no such flag. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * A file on disk, by its path, as `followFile` wants one. Each reading opens the file, makes sure that it is
 * still the one of the snapshot, reads the bytes that were asked for and closes it: a file that others
 * remove or replace is never held.
 *
 * Rejects with a DOMException: `NotFoundError` where there is no file, `NotAllowedError` where it may not be
 * read, `NotReadableError` for the rest. No message holds the path.
 */
export function diskFile(path: string): GrowingFile {
  return {
    async getFile(): Promise<FileSnapshot> {
      const seen = await named(async () => regular(await stat(path)))
      return {
        size: seen.size,
        lastModified: seen.mtimeMs,
        slice: (start, end) => ({
          arrayBuffer: () => named(() => readBetween(path, seen, start, end)),
        }),
      }
    },
  }
}

async function readBetween(path: string, seen: Stats, start: number, end: number) {
  const handle = await open(path, READ_ONLY)
  try {
    const { ino, dev } = regular(await handle.stat())
    if (ino !== seen.ino || dev !== seen.dev) throw unreadable('it was replaced while it was read')
    return await filled(handle, new Uint8Array(end - start), start)
  } finally {
    await handle.close()
  }
}

/** Reads until it is full; what is cut off meanwhile is shorter. */
async function filled(handle: FileHandle, bytes: Uint8Array<ArrayBuffer>, start: number) {
  let done = 0
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.buffer.slice(0, done)
}

function regular(stats: Stats): Stats {
  if (stats.isFile()) return stats
  throw unreadable('it is no file that can be read on')
}

const unreadable = (reason: string) => new DOMException(reason, 'NotReadableError')

/** Node's errors under the names that a browser gives them. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as { code?: unknown }
    // A DOMException's code is a number.
    if (typeof code !== 'string') throw error
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new DOMException('there is no such file', 'NotFoundError')
    if (code === 'EACCES' || code === 'EPERM')
      throw new DOMException(`it may not be read (${code})`, 'NotAllowedError')
    throw unreadable(`reading fails (${code})`)
  }
}
