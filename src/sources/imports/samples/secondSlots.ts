import { SECOND_MS } from '#domain/units.ts'

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
  /** Most rows are of the second that was asked for before. */
  let lastFrom = NaN
  let lastSlot = 0

  function added(second: number): number {
    const slot = seconds.length
    if (slot > 0 && second < seconds[order.at(-1)!]!) {
      isInOrder = false
      walked = 0
    }
    seconds.push(second)
    order.push(slot)
    slots.set(second, slot)
    return slot
  }

  function inOrder(): readonly number[] {
    if (!isInOrder) order.sort((a, b) => seconds[a]! - seconds[b]!)
    isInOrder = true
    return order
  }

  return {
    /** The number of the second in which an instant (ms) lies; `size()` before the call where it is new. */
    slotOf(ms: number): number {
      if (ms >= lastFrom && ms < lastFrom + SECOND_MS) return lastSlot
      const second = Math.floor(ms / SECOND_MS)
      lastFrom = second * SECOND_MS
      lastSlot = slots.get(second) ?? added(second)
      return lastSlot
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
