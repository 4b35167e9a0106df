const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The string goes on behind the bytes. */
export const GOES_ON = -1
/** The same, and the last byte is a backslash: what comes next is no end. */
export const GOES_ON_ESCAPED = -2

/**
 * The index of the next quote or backslash, or the length; `view` is of the same bytes. Four bytes at a
 * time, as in `createCsvScanner`: those that are searched for become zero.
 */
export function quoteOrBackslash(bytes: Uint8Array, view: DataView, from: number): number {
  const lastWord = bytes.length - 4
  let at = from
  for (; at <= lastWord; at += 4) {
    const word = view.getInt32(at, true)
    const one = word ^ 0x22222222
    const other = word ^ 0x5c5c5c5c
    const found = (((one - 0x01010101) & ~one) | ((other - 0x01010101) & ~other)) & 0x80808080
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3)
  }
  while (at < bytes.length && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1
  return at
}

/**
 * The index behind the closing quote of a JSON string, from an index inside it. Below zero where the bytes
 * end before the string does.
 */
export function stringEnd(bytes: Uint8Array, view: DataView, from: number): number {
  let at = from
  for (;;) {
    at = quoteOrBackslash(bytes, view, at)
    if (at >= bytes.length) return at === bytes.length ? GOES_ON : GOES_ON_ESCAPED
    if (bytes[at] === QUOTE) return at + 1
    at += 2
  }
}
