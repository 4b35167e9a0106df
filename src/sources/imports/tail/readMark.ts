/** So many bytes before the place that was reached tell a file from another one: lines with times in them. */
const BEFORE_BYTES = 4_096

/** How far a file was read, and by what it is known again: the last bytes that were read. */
export function createReadMark() {
  let readBytes = 0
  let before = new Uint8Array()
  return {
    readBytes: () => readBytes,
    /** How many bytes before the place that was reached `isKnown` wants to see. */
    beforeBytes: () => before.length,
    /** Whether these stood there when the file was read. */
    isKnown: (bytes: Uint8Array) =>
      bytes.length === before.length && bytes.every((byte, i) => byte === before[i]),
    /** Goes on behind bytes that were read. Keeps a copy of the last ones: a piece may be large. */
    take(bytes: Uint8Array) {
      readBytes += bytes.length
      const newest = bytes.subarray(-BEFORE_BYTES)
      const older = before.subarray(Math.max(0, before.length + newest.length - BEFORE_BYTES))
      before = new Uint8Array(older.length + newest.length)
      before.set(older)
      before.set(newest, older.length)
    },
  }
}
