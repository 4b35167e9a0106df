import { ImportError } from './importError.ts'

/** A file as far as importers need it: a `Blob` is one, and so is a file on disk in Node. */
export type ByteSource = {
  size: number
  stream: () => ReadableStream<Uint8Array>
}

/** How much of a file decides what it is. */
export const HEAD_BYTES = 65_536

/** What is read at one go, between two looks at the signal: Node hands a whole Blob over at once. */
const PIECE_BYTES = 262_144

/**
 * The bytes of a file, piece by piece. Throws ImportError `unreadable` when the file cannot be read
 * to its end, and the signal's reason when aborted.
 */
export async function* bytePieces(source: ByteSource, name: string, signal?: AbortSignal) {
  const reader = source.stream().getReader()
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new ImportError('unreadable', `${name} could not be read: ${reason}`, { cause })
      })
      if (done) return
      for (let at = 0; at < value.length; at += PIECE_BYTES) {
        signal?.throwIfAborted()
        yield value.subarray(at, at + PIECE_BYTES)
      }
    }
  } finally {
    // Lets go of the file also when whoever takes the pieces stops half-way. A stream that broke answers
    // with the error that is on its way already.
    await reader.cancel().catch(() => undefined)
  }
}
