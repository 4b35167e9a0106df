/**
 * What is still to come, by its time: the earliest first, of equal times the one that was put in
 * first. A binary heap: O(log n) per step.
 */
export type TimeQueue = {
  push: (at: number, id: number) => void
  /** Takes out the earliest one; null where nothing is left. */
  pop: () => { at: number; id: number } | null
  /** When the earliest one is due; Infinity where nothing is left. */
  nextAt: () => number
}

type Entry = { at: number; id: number; turn: number }

const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.turn < b.turn)

/** An empty queue. A time that is no number has no place in it. */
export function createTimeQueue(): TimeQueue {
  const heap: Entry[] = []
  let turns = 0

  function rise(entry: Entry) {
    let place = heap.push(entry) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!isBefore(entry, heap[parent]!)) break
      heap[place] = heap[parent]!
      place = parent
    }
    heap[place] = entry
  }

  /** Puts an entry at the top and lets it sink to its place. */
  function sink(entry: Entry) {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1
      if (!isBefore(heap[child]!, entry)) break
      heap[place] = heap[child]!
      place = child
    }
    heap[place] = entry
  }

  return {
    push: (at, id) => rise({ at, id, turn: turns++ }),
    pop() {
      const first = heap[0]
      const last = heap.pop()
      if (!first || !last) return null
      if (heap.length > 0) sink(last)
      return first
    },
    nextAt: () => heap[0]?.at ?? Infinity,
  }
}
