import type { Series } from './series.ts'

/**
 * The same samples oldest first, one per instant: of two for one instant the later one in the
 * column wins. Returns the series itself where it is in order already. O(n), O(n log n) where it
 * has to be sorted.
 */
export function inOrder(series: Series): Series {
  const { timeMs, value } = series
  if (isStrictlyRising(timeMs)) return series
  // The sort is stable, so samples of one instant keep the order in which they came.
  const order = Array.from(timeMs.keys()).sort((a, b) => timeMs[a]! - timeMs[b]!)
  const kept = order.filter((index, i) => {
    const next = order[i + 1]
    return next === undefined || timeMs[next] !== timeMs[index]
  })
  return {
    timeMs: Float64Array.from(kept, (index) => timeMs[index]!),
    value: Float64Array.from(kept, (index) => value[index]!),
  }
}

/** Both series as one, oldest first. Both must be in order; for an instant of both, `newer` wins. O(n + m). */
export function merged(older: Series, newer: Series): Series {
  const timeMs = new Float64Array(older.timeMs.length + newer.timeMs.length)
  const value = new Float64Array(timeMs.length)
  let size = 0
  let o = 0
  for (let n = 0; n < newer.timeMs.length; n++) {
    const at = newer.timeMs[n]!
    while (o < older.timeMs.length && older.timeMs[o]! < at) {
      timeMs[size] = older.timeMs[o]!
      value[size++] = older.value[o++]!
    }
    if (older.timeMs[o] === at) o++
    timeMs[size] = at
    value[size++] = newer.value[n]!
  }
  timeMs.set(older.timeMs.subarray(o), size)
  value.set(older.value.subarray(o), size)
  size += older.timeMs.length - o
  return { timeMs: timeMs.subarray(0, size), value: value.subarray(0, size) }
}

function isStrictlyRising(column: Float64Array): boolean {
  for (let i = 1; i < column.length; i++) if (!(column[i]! > column[i - 1]!)) return false
  return true
}
