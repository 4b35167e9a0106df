const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COLON = 0x3a
const COMMA = 0x2c
const LINE_FEED = 0x0a

/** No entry that a browser records is larger; what is, is told and left out. */
const MAX_ELEMENT_BYTES = 134_217_728
/** Keys on the way to the array are short. */
const MAX_KEY_BYTES = 256

/** One element of the array; `bytes` is null where it is larger than an element may be. */
export type Element = { bytes: Uint8Array | null; line: number }

/**
 * Finds the array at a path of keys (`log`, `entries`) in a JSON document that arrives in pieces, and
 * cuts out its elements that are objects, without parsing anything else: memory is that of the
 * largest element. Strings are passed over by their closing quote, so that the bodies in them cost
 * next to nothing.
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
      onElement({ bytes: isTooLarge ? null : joined(held), line: elementLine })
    }
    held = []
    heldBytes = 0
    isTooLarge = false
  }

  function countLines(bytes: Uint8Array, from: number, to: number) {
    for (let at = bytes.indexOf(LINE_FEED, from); at >= 0 && at < to; ) {
      line += 1
      at = bytes.indexOf(LINE_FEED, at + 1)
    }
  }

  /** The index behind the string's closing quote, or the length where it goes on in the next piece. */
  function passString(bytes: Uint8Array, from: number): number {
    let at = isEscaped ? from + 1 : from
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at)
      const end = quote < 0 ? bytes.length : quote
      let slashes = 0
      while (end - 1 - slashes >= at && bytes[end - 1 - slashes] === BACKSLASH) slashes += 1
      isEscaped = slashes % 2 === 1
      if (quote < 0) return bytes.length
      at = quote + 1
      if (!isEscaped) {
        isInString = false
        return at
      }
      // It was the quote that was escaped.
      isEscaped = false
    }
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
      let countedTo = 0
      let elementFrom = 0
      while (at < bytes.length) {
        if (isInString) {
          const end = passString(bytes, at)
          keep(bytes.subarray(at, end))
          at = end
          continue
        }
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
            if (arrayDepth !== null && depth === arrayDepth + 1) {
              countLines(bytes, countedTo, at)
              countedTo = at
              elementLine = line
              elementFrom = at - 1
            }
            break
          case CLOSE_BRACE:
          case CLOSE_BRACKET:
            if (arrayDepth !== null && depth === arrayDepth + 1)
              tell(bytes.subarray(elementFrom, at))
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
      countLines(bytes, countedTo, bytes.length)
      if (arrayDepth !== null && depth > arrayDepth) hold(bytes.slice(elementFrom))
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
