import { joinedBytes } from '../joinedBytes.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
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

/**
 * Finds the array at a path of keys (`log`, `entries`) in a JSON document that arrives in pieces, and
 * cuts out its elements that are objects, without parsing anything else: memory is that of the
 * largest element. Strings are passed over to their closing quote: bodies are most of a
 * recording.
 */
export function createArraySlicer(path: readonly string[], onElement: (element: Element) => void) {
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
  let feedAt = 0
  /** The piece, to be read four bytes at a time. */
  let words: DataView = new DataView(new ArrayBuffer(0))
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
    if (heldBytes === 0) onElement({ bytes: last, line: elementLine })
    else {
      hold(last)
      onElement({ bytes: isTooLarge ? null : joinedBytes(held), line: elementLine })
    }
    held = []
    heldBytes = 0
    isTooLarge = false
  }

  /** Counts the lines that begin before `to`; `feedAt` is the next line feed of the piece, or its length. */
  function countLines(bytes: Uint8Array, to: number) {
    while (feedAt < to) {
      line += 1
      feedAt = nextFeed(bytes, feedAt + 1)
    }
  }

  /** The index behind the string's closing quote, or the length where it goes on in the next piece. */
  function passString(bytes: Uint8Array, from: number): number {
    const { length } = bytes
    const view = words
    let at = isEscaped ? from + 1 : from
    isEscaped = false
    for (;;) {
      // Four bytes at a time, as in `createCsvScanner`: quotes and backslashes become zero.
      for (const lastWord = length - 4; at <= lastWord; at += 4) {
        const word = view.getInt32(at, true)
        const one = word ^ 0x22222222
        const other = word ^ 0x5c5c5c5c
        const found = (((one - 0x01010101) & ~one) | ((other - 0x01010101) & ~other)) & 0x80808080
        if (found === 0) continue
        at += (31 - Math.clz32(found & -found)) >> 3
        break
      }
      if (at >= length) break
      const byte = bytes[at]!
      at += 1
      if (byte === QUOTE) {
        isInString = false
        return at
      }
      if (byte === BACKSLASH) at += 1
    }
    isEscaped = at > length
    return length
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
      feedAt = nextFeed(bytes, 0)
      words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
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
              countLines(bytes, at)
              elementLine = line
              elementFrom = at - 1
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

/** The index of the next line feed, or the length. */
function nextFeed(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LINE_FEED, from)
  return at < 0 ? bytes.length : at
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
