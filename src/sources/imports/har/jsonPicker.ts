import { quoteOrBackslash, stringEnd } from './jsonString.ts'

/**
 * What is wanted of a value: all of it; of a list only its last item, or the objects whose `name` is
 * one of these, in any case; only its place; or some fields of an object.
 */
export type Wanted =
  | 'whole'
  | 'lastItem'
  | 'aside'
  | { readonly itemsNamed: readonly string[] }
  | Fields
export type Fields = { readonly fields: Readonly<Record<string, Wanted>> }

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const LINE_FEED = 0x0a
const SPACE = 0x20
const CASE_BIT = 0x20

/** The bytes end before the value does, or the value is not written as usual: to be parsed as a whole. */
const NOT_PICKED = -1

const FIRST_ROOM_BYTES = 4_096
/** Up to here bytes are copied faster one by one. */
const SHORT_BYTES = 48

type Key = {
  bytes: Uint8Array
  /** As it is written: with quotes and colon. */
  written: Uint8Array
  /** Tells it from the other keys of its object. */
  bit: number
  wanted: Wanted
  object: Keys | null
  names: readonly Uint8Array[]
}
/** The keys of one object by their length. */
type Keys = readonly (readonly Key[] | undefined)[]

/**
 * Copies what is wanted of a JSON object out of its bytes: a small document that parses to the same as
 * the whole with the rest left out. The rest is passed over without being decoded; only its
 * brackets and quotes are looked at.
 */
export function createJsonPicker({ fields }: Fields) {
  const root = keysOf(fields)
  const decoder = new TextDecoder()
  let picked = new Uint8Array(FIRST_ROOM_BYTES)
  let size = 0
  let seenBytes: Uint8Array | null = null
  let view: DataView = new DataView(new ArrayBuffer(0))
  let lineFeeds = 0
  let asideFrom = 0
  let asideEnd = 0

  function makeRoom(more: number) {
    if (size + more <= picked.length) return
    const larger = new Uint8Array(2 * (size + more))
    larger.set(picked.subarray(0, size))
    picked = larger
  }

  function put(byte: number) {
    makeRoom(1)
    picked[size] = byte
    size += 1
  }

  function copy(bytes: Uint8Array, from: number, end: number) {
    const length = end - from
    makeRoom(length)
    if (length > SHORT_BYTES) picked.set(bytes.subarray(from, end), size)
    else for (let i = 0; i < length; i += 1) picked[size + i] = bytes[from + i]!
    size += length
  }

  /** The index of the next byte that is not white space. Line feeds stand nowhere else. */
  function blanksEnd(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && bytes[at]! <= SPACE) {
      if (bytes[at] === LINE_FEED) lineFeeds += 1
      at += 1
    }
    return at
  }

  function containerEnd(bytes: Uint8Array, from: number): number {
    const { length } = bytes
    let level = 0
    let at = from
    while (at < length) {
      const byte = bytes[at]!
      at += 1
      // Brackets differ from braces in one bit, and mean the same here.
      const kind = byte | CASE_BIT
      if (byte === QUOTE) {
        at = stringEnd(bytes, view, at)
        if (at < 0) return NOT_PICKED
      } else if (kind === OPEN_BRACE) level += 1
      else if (kind === CLOSE_BRACE) {
        level -= 1
        if (level === 0) return at
      } else if (byte === LINE_FEED) lineFeeds += 1
    }
    return NOT_PICKED
  }

  function valueEnd(bytes: Uint8Array, from: number): number {
    const first = bytes[from]
    if (first === QUOTE) return stringEnd(bytes, view, from + 1)
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return containerEnd(bytes, from)
    let at = from
    while (at < bytes.length && isOfWord(bytes[at]!)) at += 1
    return at === from ? NOT_PICKED : at
  }

  /** The index behind the key's colon and blanks, whose own bytes end before `keyEnd`; below zero where there is none. */
  function behindColon(bytes: Uint8Array, keyEnd: number): number {
    const colon = blanksEnd(bytes, keyEnd)
    return bytes[colon] === COLON ? blanksEnd(bytes, colon + 1) : NOT_PICKED
  }

  function object(keys: Keys, bytes: Uint8Array, from: number): number {
    let at = blanksEnd(bytes, from + 1)
    let seen = 0
    let isFirst = true
    put(OPEN_BRACE)
    while (bytes[at] === QUOTE) {
      const keyFrom = at + 1
      const keyEnd = stringEnd(bytes, view, keyFrom)
      if (keyEnd < 0) return NOT_PICKED
      const valueFrom = behindColon(bytes, keyEnd)
      if (valueFrom < 0) return NOT_PICKED
      const key = keyIn(keys, bytes, keyFrom, keyEnd - 1)
      if (key) {
        // Of two equal keys the last one counts, which the parser of the whole knows best.
        if ((seen & key.bit) !== 0) return NOT_PICKED
        seen |= key.bit
        if (key.wanted !== 'aside') {
          if (!isFirst) put(COMMA)
          isFirst = false
          copy(key.written, 0, key.written.length)
        }
        at = member(key, bytes, valueFrom)
      } else if (hasBackslash(bytes, keyFrom, keyEnd)) return NOT_PICKED
      else at = valueEnd(bytes, valueFrom)
      if (at < 0) return NOT_PICKED
      at = blanksEnd(bytes, at)
      if (bytes[at] !== COMMA) break
      at = blanksEnd(bytes, at + 1)
      if (bytes[at] !== QUOTE) return NOT_PICKED
    }
    if (bytes[at] !== CLOSE_BRACE) return NOT_PICKED
    put(CLOSE_BRACE)
    return at + 1
  }

  function member({ wanted, object: keys, names }: Key, bytes: Uint8Array, from: number): number {
    const first = bytes[from]
    if (keys && first === OPEN_BRACE) return object(keys, bytes, from)
    if (wanted === 'lastItem' && first === OPEN_BRACKET) return lastItem(bytes, from)
    if (names.length > 0 && first === OPEN_BRACKET) return namedItems(names, bytes, from)
    const end = valueEnd(bytes, from)
    if (end < 0) return NOT_PICKED
    if (wanted === 'aside') {
      asideFrom = from
      asideEnd = end
    } else copy(bytes, from, end)
    return end
  }

  function lastItem(bytes: Uint8Array, from: number): number {
    let at = blanksEnd(bytes, from + 1)
    let itemFrom = at
    let itemEnd = at
    while (bytes[at] !== CLOSE_BRACKET) {
      itemFrom = at
      itemEnd = valueEnd(bytes, at)
      if (itemEnd < 0) return NOT_PICKED
      at = blanksEnd(bytes, itemEnd)
      if (bytes[at] === COMMA) at = blanksEnd(bytes, at + 1)
    }
    put(OPEN_BRACKET)
    copy(bytes, itemFrom, itemEnd)
    put(CLOSE_BRACKET)
    return at + 1
  }

  /** Copies the objects that hold one of the names, or a text whose escapes may spell one. */
  function namedItems(names: readonly Uint8Array[], bytes: Uint8Array, from: number): number {
    const { length } = bytes
    let at = from
    let level = 0
    let itemFrom = 0
    let isNamed = false
    let isFirst = true
    while (at < length) {
      const byte = bytes[at]!
      at += 1
      const kind = byte | CASE_BIT
      if (byte === QUOTE) {
        const end = quoteOrBackslash(bytes, view, at)
        if (bytes[end] !== QUOTE) isNamed = true
        else if (isOneOf(names, bytes, at, end)) isNamed = true
        at = bytes[end] === QUOTE ? end + 1 : stringEnd(bytes, view, end)
        if (at < 0) return NOT_PICKED
      } else if (kind === OPEN_BRACE) {
        level += 1
        if (level === 2) {
          itemFrom = at - 1
          isNamed = false
        }
      } else if (kind === CLOSE_BRACE) {
        level -= 1
        if (level === 0) {
          if (isFirst) put(OPEN_BRACKET)
          put(CLOSE_BRACKET)
          return at
        }
        if (level === 1 && isNamed) {
          put(isFirst ? OPEN_BRACKET : COMMA)
          isFirst = false
          copy(bytes, itemFrom, at)
        }
      } else if (byte === LINE_FEED) lineFeeds += 1
    }
    return NOT_PICKED
  }

  return {
    /**
     * Picks from the object whose first byte stands at `from`: the index behind it. Below zero where
     * it does not end in these bytes, or has a wanted key twice or written with escapes: then it is to
     * be parsed as a whole, as is what turns out to be broken.
     */
    pick(bytes: Uint8Array, from: number): number {
      if (bytes !== seenBytes) view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      seenBytes = bytes
      size = 0
      lineFeeds = 0
      asideFrom = 0
      asideEnd = 0
      return bytes[from] === OPEN_BRACE ? object(root, bytes, from) : NOT_PICKED
    },
    /** What was picked last, as JSON. */
    text: () => decoder.decode(picked.subarray(0, size)),
    /** The value that was only looked for, as JSON; null where there is none. Its bytes must still be there. */
    asideText: () =>
      asideEnd > 0 && seenBytes ? decoder.decode(seenBytes.subarray(asideFrom, asideEnd)) : null,
    /** Line feeds in the object that was passed last. */
    lineFeeds: () => lineFeeds,
  }
}

function keysOf(fields: Readonly<Record<string, Wanted>>): Keys {
  const encoder = new TextEncoder()
  const byLength: Key[][] = []
  for (const [i, [name, wanted]] of Object.entries(fields).entries()) {
    const bytes = encoder.encode(name)
    const isObject = typeof wanted === 'object' && 'fields' in wanted
    const isNamed = typeof wanted === 'object' && 'itemsNamed' in wanted
    const key: Key = {
      bytes,
      written: encoder.encode(`"${name}":`),
      bit: 1 << i,
      wanted,
      object: isObject ? keysOf(wanted.fields) : null,
      names: isNamed ? wanted.itemsNamed.map((one) => encoder.encode(one)) : [],
    }
    byLength[bytes.length] = [...(byLength[bytes.length] ?? []), key]
  }
  // Without holes: they are slower to look into.
  return Array.from(byLength, (keys) => keys ?? [])
}

/** The key in [from, end). */
function keyIn(keys: Keys, bytes: Uint8Array, from: number, end: number): Key | null {
  const ofLength = end - from < keys.length ? keys[end - from]! : []
  for (const key of ofLength) if (isEqual(key.bytes, bytes, from)) return key
  return null
}

function isEqual(one: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < one.length; i += 1) if (one[i] !== bytes[from + i]) return false
  return true
}

function hasBackslash(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (bytes[at] === BACKSLASH) return true
  return false
}

/** Whether the text in [from, end) is one of the names, in any case. */
function isOneOf(names: readonly Uint8Array[], bytes: Uint8Array, from: number, end: number) {
  for (const name of names) {
    if (name.length !== end - from) continue
    let i = 0
    while (i < name.length && (bytes[from + i]! | CASE_BIT) === name[i]) i += 1
    if (i === name.length) return true
  }
  return false
}

/** Of a number, `true`, `false` or `null`. */
const isOfWord = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) ||
  ((byte | CASE_BIT) >= 0x61 && (byte | CASE_BIT) <= 0x7a) ||
  byte === 0x2d ||
  byte === 0x2b ||
  byte === 0x2e
