import type { GrowingFile } from '#sources/imports/tail/followFile.ts'

/** A file that a test writes to while others follow it, as strict as a browser's about old snapshots. */
export type WrittenFile = GrowingFile & {
  append: (text: string) => void
  appendBytes: (bytes: Uint8Array) => void
  replace: (text: string) => void
  /** Changes when it was last written to, and nothing else. */
  touch: () => void
  /** Every further look fails with a DOMException of this name; null: none any more. */
  failWith: (name: string | null) => void
  /** Called before every reading of a snapshot, where the file can still change. */
  beforeReading: (call: (() => void) | null) => void
  /** How many bytes were read in all. */
  bytesRead: () => number
}

/** A file in memory. A snapshot of it cannot be read once it has changed. */
export function writtenFile(text = ''): WrittenFile {
  let bytes: Buffer = Buffer.from(text)
  let lastModified = 1
  let failure: string | null = null
  let before: (() => void) | null = null
  let bytesRead = 0

  function write(next: Buffer) {
    bytes = next
    lastModified += 1
  }

  return {
    async getFile() {
      if (failure) throw new DOMException('it failed', failure)
      const seenAt = lastModified
      return {
        size: bytes.length,
        lastModified: seenAt,
        slice: (start, end) => ({
          async arrayBuffer() {
            before?.()
            if (lastModified !== seenAt) throw new DOMException('it changed', 'NotReadableError')
            bytesRead += end - start
            return Uint8Array.from(bytes.subarray(start, end)).buffer
          },
        }),
      }
    },
    append: (text) => write(Buffer.concat([bytes, Buffer.from(text)])),
    appendBytes: (added) => write(Buffer.concat([bytes, added])),
    replace: (next) => write(Buffer.from(next)),
    touch: () => write(bytes),
    failWith: (name) => {
      failure = name
    },
    beforeReading: (call) => {
      before = call
    },
    bytesRead: () => bytesRead,
  }
}
