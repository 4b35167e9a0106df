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
/** Room for what a Blob gives at one go. */
const ROOM_BYTES = 1_048_576

/** So much is read between two turns for whoever may call it off: a Blob in Node comes without any. */
const TURN_BYTES = 4_194_304

/**
 * The bytes of a file, piece by piece, each good only until the next one: their memory is used
 * again. Throws ImportError `unreadable` when the file cannot be read to its end, and the signal's
 * reason when aborted, also while the file lets wait for its bytes.
 */
export async function* bytePieces(source: ByteSource, name: string, signal?: AbortSignal) {
  signal?.throwIfAborted()
  const parts = openParts(source)
  // Lets go of the file. A stream that broke answers with the error that is on its way already.
  const letGo = () => parts.cancel().catch(() => undefined)
  const onAbort = () => void letGo()
  signal?.addEventListener('abort', onAbort, { once: true })
  let untilTurn = TURN_BYTES
  try {
    while (true) {
      const part = await parts.read().catch((cause: unknown) => {
        signal?.throwIfAborted()
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new ImportError('unreadable', `${name} could not be read: ${reason}`, { cause })
      })
      signal?.throwIfAborted()
      if (!part) return
      for (let at = 0; at < part.length; at += PIECE_BYTES) {
        yield part.subarray(at, at + PIECE_BYTES)
        untilTurn -= PIECE_BYTES
        if (signal && untilTurn <= 0) {
          await nextTurn()
          untilTurn = TURN_BYTES
        }
        signal?.throwIfAborted()
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    // Also when whoever takes the pieces stops half-way.
    await letGo()
  }
}

const nextTurn = () => new Promise<void>((done) => setTimeout(done))

type Parts = { read: () => Promise<Uint8Array | null>; cancel: () => Promise<void> }

/**
 * The stream of a Blob can fill memory that it is handed. Measured in Chromium on 137 MB, that takes
 * half the CPU time of taking the pieces it makes itself, and no memory that grows. Streams that
 * cannot (of Node's files, of older browsers) refuse with a TypeError.
 */
function openParts(source: ByteSource): Parts {
  const stream = source.stream()
  try {
    return refillingParts(stream.getReader({ mode: 'byob' }), source.size)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return ownParts(stream.getReader())
  }
}

/**
 * Does not ask for more than there is: in a worker of Chromium 156 a read that would only tell the end of a
 * Blob now and then never answers (measured: 5 of 24 readings of 101 MB, all bytes of which had come).
 */
function refillingParts(reader: ReadableStreamBYOBReader, sizeBytes: number): Parts {
  let room = new ArrayBuffer(ROOM_BYTES)
  let leftBytes = sizeBytes
  return {
    async read() {
      if (leftBytes <= 0) return null
      const { done, value } = await reader.read(new Uint8Array(room))
      if (done || !value) return null
      leftBytes -= value.length
      room = value.buffer
      return value
    },
    cancel: () => reader.cancel(),
  }
}

const ownParts = (reader: ReadableStreamDefaultReader<Uint8Array>): Parts => ({
  read: async () => (await reader.read()).value ?? null,
  cancel: () => reader.cancel(),
})
