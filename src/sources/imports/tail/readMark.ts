/** So many bytes at the beginning of a file, and before the place that was reached, tell it from another one. */
const BEGINNING_BYTES = 4_096
const BEFORE_BYTES = 1_024

/**
 * How far a file was read, and by what it is known again: its first bytes, and the last ones that were
 * read. A results file begins with a header that every run writes alike; the times behind it differ.
 */
export function createReadMark() {
  let readBytes = 0
  let beginning = new Uint8Array()
  let before = new Uint8Array()
  return {
    readBytes: () => readBytes,
    /** How many bytes from the start of the file `isKnown` wants to see. */
    beginningBytes: () => beginning.length,
    /** How many bytes before the place that was reached `isKnown` wants to see. */
    beforeBytes: () => before.length,
    /** Whether these stood at the same places when the file was read. */
    isKnown: (beginningNow: Uint8Array, beforeNow: Uint8Array) =>
      isEqual(beginning, beginningNow) && isEqual(before, beforeNow),
    /** Goes on behind bytes that were read. Keeps copies: a piece may be large. */
    take(bytes: Uint8Array) {
      readBytes += bytes.length
      const missing = BEGINNING_BYTES - beginning.length
      if (missing > 0) beginning = joined(beginning, bytes.subarray(0, missing))
      before = joined(before, bytes.subarray(-BEFORE_BYTES)).slice(-BEFORE_BYTES)
    },
  }
}

function joined(one: Uint8Array, other: Uint8Array) {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

const isEqual = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i])
