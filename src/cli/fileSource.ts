import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteSource } from '#sources/imports/byteSource.ts'
import { ImportError } from '#sources/imports/importError.ts'
import { callersPath } from './commandInput.ts'

/** A file on disk, read piece by piece. Throws ImportError `unreadable`. */
export async function fileSource(path: string): Promise<ByteSource> {
  const full = callersPath(path)
  try {
    const file = await open(full)
    const about = await file.stat()
    await file.close()
    if (about.isDirectory()) throw new ImportError('unreadable', `${path} is a folder, not a file`)
    return {
      size: about.size,
      stream: () => Readable.toWeb(createReadStream(full)) as ReadableStream<Uint8Array>,
    }
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError('unreadable', `${path} ${reasonOf(error)}`, { cause: error })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return REASONS[code] ?? `cannot be read: ${message}`
}
