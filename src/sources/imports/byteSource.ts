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
 * The text of a file in pieces. The first one is long enough to recognise the format by, or the whole file.
 * UTF-8, or UTF-16 where a byte order mark says so; the mark itself is left out.
 *
 * Throws ImportError: `empty`, `binary` (it names archives), `unreadable` when the file cannot be
 * read to its end. Throws the signal's reason when aborted. `onBytes` hears how many bytes were read.
 */
export async function* textPieces(
  source: ByteSource,
  name: string,
  { signal, onBytes }: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): AsyncGenerator<string, void, undefined> {
  let head: Uint8Array[] | null = []
  let headBytes = 0
  let decoder = new TextDecoder()
  let read = 0
  for await (const bytes of bytePieces(source, name, signal)) {
    read += bytes.length
    if (head) {
      head.push(bytes)
      headBytes += bytes.length
      if (headBytes < HEAD_BYTES) continue
      const start = joined(head)
      head = null
      decoder = decoderOf(start, name)
      yield decoder.decode(start, { stream: true })
    } else yield decoder.decode(bytes, { stream: true })
    onBytes?.(read)
  }
  if (head) {
    const start = joined(head)
    decoder = decoderOf(start, name)
    const text = decoder.decode(start, { stream: true }) + decoder.decode()
    if (text.trim() === '') throw new ImportError('empty', `${name} is empty`)
    yield text
  } else yield decoder.decode()
  onBytes?.(read)
}

async function* bytePieces(source: ByteSource, name: string, signal: AbortSignal | undefined) {
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
    // Lets go of the file also when the reader of the text stops half-way. A stream that broke answers
    // with the error that is on its way already.
    await reader.cancel().catch(() => undefined)
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const ARCHIVES: readonly { title: string; magic: readonly number[] }[] = [
  { title: 'a gzip file', magic: [0x1f, 0x8b] },
  { title: 'a zip archive', magic: [0x50, 0x4b, 0x03, 0x04] },
  { title: 'a zstd file', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { title: 'an xz file', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { title: 'a bzip2 file', magic: [0x42, 0x5a, 0x68] },
]

function decoderOf(head: Uint8Array, name: string): TextDecoder {
  const archive = ARCHIVES.find(({ magic }) => magic.every((byte, i) => head[i] === byte))
  if (archive) {
    throw new ImportError('binary', `${name} is ${archive.title}: unpack it first`)
  }
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  const zeroAt = head.indexOf(0)
  if (zeroAt >= 0) {
    throw new ImportError('binary', `${name} is no text file: byte ${zeroAt + 1} is zero`)
  }
  return new TextDecoder()
}
