const NO_BREAK_SPACE = 0xa0

/**
 * Where the blanks end that begin at `from`: what `String.prototype.trim` takes for blank, but for
 * line feeds and the delimiter. `length` where the bytes end before that can be told.
 */
export function afterBlanks(
  bytes: Uint8Array,
  from: number,
  length: number,
  delimiter: number,
): number {
  let at = from
  while (at < length) {
    const byte = bytes[at]!
    if (byte >= 0x80) {
      if (at + 2 >= length) return length
      const size = blankSize(byte, bytes[at + 1]!, bytes[at + 2]!)
      if (size === 0) return at
      at += size
    } else if (isAsciiBlank(byte) && byte !== delimiter) at += 1
    else return at
  }
  return length
}

/** Tab, vertical tab, form feed, carriage return, space. */
const isAsciiBlank = (byte: number) =>
  byte === 0x20 || byte === 0x09 || (byte >= 0x0b && byte <= 0x0d)

/** Bytes of the blank character beyond ASCII that begins with these, in UTF-8; 0 where it is none. */
function blankSize(first: number, second: number, third: number): number {
  if (first === 0xc2) return second === NO_BREAK_SPACE ? 2 : 0
  switch ((first << 16) | (second << 8) | third) {
    case 0xe19a80: // U+1680
    case 0xe280a8: // U+2028, U+2029
    case 0xe280a9:
    case 0xe280af: // U+202F
    case 0xe2819f: // U+205F
    case 0xe38080: // U+3000
    case 0xefbbbf: // U+FEFF
      return 3
    default: // U+2000 to U+200A
      return first === 0xe2 && second === 0x80 && third >= 0x80 && third <= 0x8a ? 3 : 0
  }
}
