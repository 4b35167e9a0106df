import { joinedBytes } from './joinedBytes.ts'

/** No line of a log is longer: what is, is told and left out. */
export const MAX_LINE_BYTES = 1_048_576

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export type Line = {
  text: string
  /** From 1. */
  number: number
  /** Only the beginning of a line that is longer than `MAX_LINE_BYTES`. */
  isTooLong: boolean
}

/**
 * Splits UTF-8 bytes that arrive in pieces into lines. Empty lines are counted and left out. Memory
 * is that of the longest line, at most `MAX_LINE_BYTES`.
 */
export function createLines(onLine: (line: Line) => void) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let held: Uint8Array[] = []
  let heldBytes = 0
  let isTooLong = false
  let number = 1

  function hold(part: Uint8Array) {
    const room = MAX_LINE_BYTES - heldBytes
    if (part.length > room) isTooLong = true
    if (room <= 0 || part.length === 0) return
    held.push(part.slice(0, room))
    heldBytes += Math.min(room, part.length)
  }

  function tell(last: Uint8Array) {
    if (heldBytes > 0) hold(last)
    else if (last.length > MAX_LINE_BYTES) isTooLong = true
    const bytes = heldBytes > 0 ? joinedBytes(held) : last.subarray(0, MAX_LINE_BYTES)
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
    if (end > 0) onLine({ text: decoder.decode(bytes.subarray(0, end)), number, isTooLong })
    held = []
    heldBytes = 0
    isTooLong = false
    number += 1
  }

  function push(bytes: Uint8Array) {
    let start = 0
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start)
      if (end < 0) break
      tell(bytes.subarray(start, end))
      start = end + 1
    }
    hold(bytes.subarray(start))
  }

  return {
    push,
    /** What stands behind the last line break is a line too. */
    end() {
      if (heldBytes > 0) tell(new Uint8Array(0))
    },
  }
}
