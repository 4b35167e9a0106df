import { ImportError } from './importError.ts'

/** A file as far as importers need it: a `Blob` is one, and so is a file on disk in Node. */
export type ByteSource = {
  size: number
  stream: () => ReadableStream<Uint8Array>
}

/** How much of a file decides what it is. */
export const HEAD_BYTES = 65_536

/** What is taken at one go, between two looks at the signal: Node hands a whole Blob over at once. */
const PIECE_BYTES = 262_144
/** What is asked for at one go of a Blob: the next such part is on its way while one is worked on. */
const PART_BYTES = 4_194_304

/**
 * The bytes of a file, piece by piece. Throws ImportError `unreadable` when the file cannot be read
 * to its end, and the signal's reason when aborted.
 */
export async function* bytePieces(source: ByteSource, name: string, signal?: AbortSignal) {
  const parts = source instanceof Blob ? partsOfBlob(source) : partsOfStream(source)
  try {
    while (true) {
      const { done, value } = await parts.next().catch((cause: unknown) => {
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
    // Lets go of the file also when whoever takes the pieces stops half-way.
    await parts.return()
  }
}

/** A worker that waits for bytes and then works on them does one thing at a time; this does both. */
async function* partsOfBlob(blob: Blob): AsyncGenerator<Uint8Array, void, undefined> {
  const partAt = (at: number) => blob.slice(at, at + PART_BYTES).arrayBuffer()
  let next = partAt(0)
  for (let at = 0; at < blob.size; at += PART_BYTES) {
    const part = await next
    next = partAt(at + PART_BYTES)
    // Whether it can be read is told when its turn comes, or not at all.
    next.catch(() => undefined)
    yield new Uint8Array(part)
  }
}

async function* partsOfStream(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = source.stream().getReader()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // A stream that broke answers with the error that is on its way already.
    await reader.cancel().catch(() => undefined)
  }
}
