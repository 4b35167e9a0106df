import { SECOND_MS } from '#domain/units.ts'

/** Rows of a test are at most a few seconds out of order: so many are found without a search. */
const RECENT = 256

/**
 * Gives each second that occurs a small number, from 0 in the order in which they come, so that what
 * is counted per second lies in plain columns. Memory grows with seconds, not with rows.
 */
export function createSecondSlots() {
  const slots = new Map<number, number>()
  const seconds: number[] = []
  const order: number[] = []
  let isInOrder = true
  /** How far `walk` came in the order. */
  let walked = 0
  const recentSecond = new Float64Array(RECENT).fill(NaN)
  const recentSlot = new Int32Array(RECENT)

  function inOrder(): readonly number[] {
    if (!isInOrder) order.sort((a, b) => seconds[a]! - seconds[b]!)
    isInOrder = true
    return order
  }

  return {
    /** The number of the second in which an instant (ms) lies; `size()` before the call where it is new. */
    slotOf(ms: number): number {
      const second = Math.floor(ms / SECOND_MS)
      const place = second & (RECENT - 1)
      if (recentSecond[place] === second) return recentSlot[place]!
      let slot = slots.get(second)
      if (slot === undefined) {
        slot = seconds.length
        if (slot > 0 && second < seconds[order.at(-1)!]!) {
          isInOrder = false
          walked = 0
        }
        seconds.push(second)
        order.push(slot)
        slots.set(second, slot)
      }
      recentSecond[place] = second
      recentSlot[place] = slot
      return slot
    },
    second: (slot: number): number => seconds[slot]!,
    size: () => seconds.length,
    /** All numbers, earliest second first. */
    inOrder,
    /**
     * Calls with each two neighbouring seconds, both before `before`, that it was not called with
     * yet. Where an earlier second turned up late, or `isAnew`, it starts again from the first.
     */
    walk(before: number, isAnew: boolean, visit: (slot: number, next: number) => void) {
      if (isAnew) walked = 0
      inOrder()
      while (walked + 1 < order.length && seconds[order[walked + 1]!]! < before) {
        visit(order[walked]!, order[walked + 1]!)
        walked += 1
      }
    },
  }
}
