import type { Series } from './series.ts'

/** Pieces that follow each other as one. O(n). */
export function joinedSeries(pieces: readonly Series[]): Series {
  const size = pieces.reduce((sum, { timeMs }) => sum + timeMs.length, 0)
  const joined = { timeMs: new Float64Array(size), value: new Float64Array(size) }
  let end = 0
  for (const { timeMs, value } of pieces) {
    joined.timeMs.set(timeMs, end)
    joined.value.set(value, end)
    end += timeMs.length
  }
  return joined
}
