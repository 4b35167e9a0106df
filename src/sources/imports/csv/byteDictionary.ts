const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()
const REPLACEMENT = '\ufffd'

/** So many texts are remembered by their last bytes and length alone, before any hashing. */
const RECENT_BITS = 8

/** The number of a text that a full dictionary does not hold. */
export const NOT_HELD = -1

/**
 * Gives every distinct text a number, from 0 in the order in which they come, and knows a text again
 * by its UTF-8 bytes: a column that says `200` a million times makes one string. Bytes that are no
 * UTF-8 count as the text they decode to. At most `most` texts are held.
 *
 * Only what is whole may be asked for: half a cell would be a text of its own.
 *
 * Of 2 to the power of `recentBits` places each remembers the text that was asked for at it last.
 */
export function createByteDictionary(most = Number.MAX_SAFE_INTEGER, recentBits = RECENT_BITS) {
  const texts: string[] = []
  let arena = new DataView(new ArrayBuffer(1_024))
  /** Where the bytes of each text begin, and behind the last one where the next will. */
  let starts = new Int32Array(65)
  let hashes = new Int32Array(64)
  /** Open addressing: number + 1 of a text, 0 where nothing is. */
  let slots = new Int32Array(256)
  let size = 0
  const recent = new Int32Array(2 ** recentBits).fill(NOT_HELD)
  const lastPlace = recent.length - 1

  function isSame(id: number, bytes: DataView, start: number, end: number): boolean {
    let own = starts[id]!
    if (starts[id + 1]! - own !== end - start) return false
    const held = arena
    let at = start
    for (const lastWord = end - 4; at <= lastWord; at += 4, own += 4)
      if (held.getInt32(own, true) !== bytes.getInt32(at, true)) return false
    for (; at < end; at += 1, own += 1) if (held.getUint8(own) !== bytes.getUint8(at)) return false
    return true
  }

  /** The place of a text in the slots, or the free one where it belongs. */
  function slotOf(hash: number, bytes: DataView, start: number, end: number): number {
    const mask = slots.length - 1
    let slot = hash & mask
    for (;;) {
      const id = slots[slot]! - 1
      if (id < 0 || (hashes[id] === hash && isSame(id, bytes, start, end))) return slot
      slot = (slot + 1) & mask
    }
  }

  function add(hash: number, bytes: DataView, start: number, end: number): number {
    const own = new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
    const text = decoder.decode(own)
    if (text.includes(REPLACEMENT)) {
      const clean = encoder.encode(text)
      // Two broken spellings of one text are one text.
      if (!isEqual(clean, own)) return idOf(viewOf(clean), 0, clean.length)
    }
    if (size >= most) return NOT_HELD
    const id = size
    makeRoom(own.length)
    new Uint8Array(arena.buffer).set(own, starts[id])
    starts[id + 1] = starts[id]! + own.length
    hashes[id] = hash
    texts.push(text)
    size += 1
    slots[slotOf(hash, bytes, start, end)] = id + 1
    return id
  }

  function makeRoom(more: number) {
    const used = starts[size]!
    if (used + more > arena.byteLength) {
      const larger = new Uint8Array(2 * (used + more))
      larger.set(new Uint8Array(arena.buffer, 0, used))
      arena = viewOf(larger)
    }
    if (size === hashes.length) {
      starts = doubled(starts)
      hashes = doubled(hashes)
    }
    if (2 * (size + 1) <= slots.length) return
    slots = new Int32Array(2 * slots.length)
    const mask = slots.length - 1
    for (let id = 0; id < size; id += 1) {
      let slot = hashes[id]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
  }

  /** The number of the text in [start, end), or `NOT_HELD` where it is new and there is no room. */
  function idOf(bytes: DataView, start: number, end: number): number {
    // Most texts stood in one of the rows just before: they are known by their end, and compared.
    return idAt(recentPlace(bytes, start, end) & lastPlace, bytes, start, end)
  }

  /** The same; `place` tells texts apart that are asked for by turns. */
  function idAt(place: number, bytes: DataView, start: number, end: number): number {
    const before = recent[place]!
    if (before !== NOT_HELD && isSame(before, bytes, start, end)) return before
    const hash = hashOf(bytes, start, end)
    const known = slots[slotOf(hash, bytes, start, end)]! - 1
    const id = known >= 0 ? known : add(hash, bytes, start, end)
    recent[place] = id
    return id
  }

  return {
    idOf,
    /** The same for one who knows by which bits its texts differ: `mixed` is made of them. */
    idByBits: (mixed: number, bytes: DataView, start: number, end: number): number =>
      idAt(mixed & lastPlace, bytes, start, end),
    /** The same for a text. */
    idOfText: (text: string): number => {
      const bytes = encoder.encode(text)
      return idOf(viewOf(bytes), 0, bytes.length)
    },
    text: (id: number): string => texts[id]!,
    size: () => size,
  }
}

const viewOf = (bytes: Uint8Array<ArrayBuffer>) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function recentPlace(bytes: DataView, start: number, end: number): number {
  const length = end - start
  if (length === 0) return 0
  const tail = length < 4 ? bytes.getUint8(end - 1) : bytes.getInt32(end - 4, true)
  return (Math.imul(tail, 0x9e3779b1) >>> 24) ^ length
}

/** Four bytes at a time, mixed so that a difference in any of them reaches the low bits. */
function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = end - start
  let at = start
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  for (; at < end; at += 1) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193)
  return hash ^ (hash >>> 13)
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * column.length)
  longer.set(column)
  return longer
}
