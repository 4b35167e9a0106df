import { joinedBytes } from '../joinedBytes.ts'
import { GOES_ON_ESCAPED, stringEnd } from './jsonString.ts'

const QUOTE = 0x22
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COLON = 0x3a
const COMMA = 0x2c
const LINE_FEED = 0x0a
const CASE_BIT = 0x20
/** Of `true`, `false`, `null` and exponents. */
const FIRST_SMALL_LETTER = 0x61
const LAST_SMALL_LETTER = 0x7a

/** No entry that a browser records is larger; what is, is told and left out. */
const MAX_ELEMENT_BYTES = 134_217_728
/** Keys on the way to the array are short. */
const MAX_KEY_BYTES = 256

/** One element of the array; `bytes` is null where it is larger than an element may be. */
export type Element = { bytes: Uint8Array | null; line: number }

/** Reads elements where they stand. */
export type ElementReader = {
  /**
   * Reads the element that begins at `from` without its bytes being cut out: the index behind it, and how many
   * line feeds are in it. `end` is below zero where it does not end in these bytes, or not read so.
   */
  readAt: (bytes: Uint8Array, from: number, line: number) => { end: number; lineFeeds: number }
  /** Takes an element that was not. */
  take: (element: Element) => void
}

/**
 * Finds the array at a path of keys (`log`, `entries`) in a JSON document that arrives in pieces, and
 * cuts out its elements that are objects, without parsing anything else: memory is that of the
 * largest element. Strings are passed over to their closing quote: bodies are most of a
 * recording.
 */
export function createArraySlicer(path: readonly string[], reader: ElementReader) {
  const decoder = new TextDecoder()
  let depth = 0
  /** How many keys of the path lead to where the document is now; the object they lead to lies at this depth + 1. */
  let matched = 0
  /** The next value is that of the next key of the path. */
  let isNext = false
  /** The last string directly in that object, with its closing quote. */
  let word: number[] = []
  let isInString = false
  let isEscaped = false
  /** The depth of the array while inside it. */
  let arrayDepth: number | null = null
  let isFound = false
  let isOver = false
  let line = 1
  /** How far the line feeds of the piece are counted. */
  let countedTo = 0
  /** The piece, to be read four bytes at a time. */
  let view: DataView = new DataView(new ArrayBuffer(0))
  let elementLine = 0
  let held: Uint8Array[] = []
  let heldBytes = 0
  let isTooLarge = false

  function hold(part: Uint8Array) {
    heldBytes += part.length
    if (heldBytes > MAX_ELEMENT_BYTES) {
      isTooLarge = true
      held = []
    }
    if (!isTooLarge && part.length > 0) held.push(part)
  }

  function tell(last: Uint8Array) {
    if (heldBytes === 0) reader.take({ bytes: last, line: elementLine })
    else {
      hold(last)
      reader.take({ bytes: isTooLarge ? null : joinedBytes(held), line: elementLine })
    }
    held = []
    heldBytes = 0
    isTooLarge = false
  }

  /** Counts the lines that begin before `to`. */
  function countLines(bytes: Uint8Array, to: number) {
    const uncounted = bytes.subarray(countedTo, to)
    for (let at = uncounted.indexOf(LINE_FEED); at >= 0; at = uncounted.indexOf(LINE_FEED, at + 1))
      line += 1
    countedTo = to
  }

  /** The index behind the string's closing quote, or the length where it goes on in the next piece. */
  function passString(bytes: Uint8Array, from: number): number {
    const end = stringEnd(bytes, view, isEscaped ? from + 1 : from)
    isEscaped = end === GOES_ON_ESCAPED
    if (end < 0) return bytes.length
    isInString = false
    return end
  }

  /** The index behind the element that is open, or the length where it goes on in the next piece. */
  function passElement(bytes: Uint8Array, from: number, outside: number): number {
    const { length } = bytes
    let at = from
    let level = depth
    while (at < length) {
      const byte = bytes[at]!
      at += 1
      // Brackets differ from braces in one bit, and mean the same here.
      const kind = byte | CASE_BIT
      if (byte === QUOTE) {
        isInString = true
        at = passString(bytes, at)
      } else if (kind === OPEN_BRACE) level += 1
      else if (kind === CLOSE_BRACE) {
        level -= 1
        if (level === outside) break
      }
    }
    depth = level
    return at
  }

  /** The index behind the element that begins here, where it could be read as it stands. */
  function readWhole(bytes: Uint8Array, from: number): number | null {
    countLines(bytes, from)
    elementLine = line
    const { end, lineFeeds } = reader.readAt(bytes, from, line)
    if (end < 0) return null
    depth -= 1
    line += lineFeeds
    countedTo = end
    return end
  }

  const isBesideKeys = () => arrayDepth === null && !isOver && depth === matched + 1

  function keep(part: Uint8Array) {
    if (isBesideKeys() && word.length < MAX_KEY_BYTES) word.push(...part.subarray(0, MAX_KEY_BYTES))
  }

  function openContainer(byte: number) {
    depth += 1
    if (!isNext) return
    isNext = false
    matched += 1
    if (matched < path.length || byte !== OPEN_BRACKET) return
    arrayDepth = depth
    isFound = true
  }

  function closeContainer() {
    if (depth === arrayDepth) {
      arrayDepth = null
      isOver = true
    }
    depth -= 1
    matched = Math.min(matched, Math.max(0, depth - 1))
  }

  return {
    /** Whether the array was found, whether it came to its end, and the line that was read last. */
    state: () => ({ isFound, isOver, line }),
    push(bytes: Uint8Array) {
      let at = 0
      let elementFrom = 0
      countedTo = 0
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      while (at < bytes.length) {
        if (isInString) {
          const end = passString(bytes, at)
          keep(bytes.subarray(at, end))
          at = end
          continue
        }
        if (arrayDepth !== null && depth > arrayDepth) {
          at = passElement(bytes, at, arrayDepth)
          if (depth === arrayDepth) tell(bytes.subarray(elementFrom, at))
          continue
        }
        at = nextToken(bytes, at)
        if (at === bytes.length) break
        const byte = bytes[at]!
        at += 1
        switch (byte) {
          case QUOTE:
            isInString = true
            isNext = false
            word = []
            break
          case OPEN_BRACE:
          case OPEN_BRACKET:
            openContainer(byte)
            if (arrayDepth !== null && depth > arrayDepth) {
              elementFrom = at - 1
              at = readWhole(bytes, elementFrom) ?? at
            }
            break
          case CLOSE_BRACE:
          case CLOSE_BRACKET:
            closeContainer()
            break
          case COLON:
            isNext =
              isBesideKeys() && decoder.decode(Uint8Array.from(word.slice(0, -1))) === path[matched]
            break
          case COMMA:
            isNext = false
            break
          default:
        }
      }
      countLines(bytes, bytes.length)
      if (arrayDepth !== null && depth > arrayDepth) hold(bytes.slice(elementFrom))
    },
  }
}

/** The index of the next byte outside strings that means something, or the length. */
function nextToken(bytes: Uint8Array, from: number): number {
  const { length } = bytes
  let at = from
  while (at < length) {
    const byte = bytes[at]!
    // Digits, letters and white space lie between these.
    if (byte === QUOTE || byte === COMMA || byte === COLON || byte >= OPEN_BRACKET) {
      if (byte < FIRST_SMALL_LETTER || byte > LAST_SMALL_LETTER) break
    }
    at += 1
  }
  return at
}
