import type { Series } from '../../series/series.ts'

/**
 * How many requests were in flight, from their starts and ends: the mean over time of each bin, at
 * the bin's start. Exact in time, unlike a sampled gauge, so bins may be finer than a second; the
 * mean and not the peak, because an answer that a client reads late overlaps with the next request
 * for a moment in which the server had room already.
 *
 * Bins are multiples of `binMs` and reach from the first start to the last end; a request without
 * length counts nothing. Empty without requests. O(n log n).
 */
export function meanInFlight(
  startMs: ArrayLike<number>,
  endMs: ArrayLike<number>,
  binMs: number,
): Series {
  const starts = finite(startMs)
  const ends = finite(endMs)
  if (starts.length === 0 || ends.length === 0 || !(binMs > 0)) {
    return { timeMs: new Float64Array(0), value: new Float64Array(0) }
  }
  const first = Math.floor(starts[0]! / binMs)
  const bins = Math.max(1, Math.ceil(ends.at(-1)! / binMs) - first)
  const sum = new Float64Array(bins)
  for (let i = 0; i < startMs.length; i++)
    addSpan(sum, first * binMs, binMs, startMs[i]!, endMs[i]!)
  return {
    timeMs: Float64Array.from(sum, (_, bin) => (first + bin) * binMs),
    value: sum.map((occupied) => occupied / binMs),
  }
}

const finite = (values: ArrayLike<number>) =>
  Float64Array.from(values as ArrayLike<number>)
    .filter((value) => Number.isFinite(value))
    .sort()

/** Adds the time that one request was in flight to every bin it touches. */
function addSpan(sum: Float64Array, originMs: number, binMs: number, from: number, to: number) {
  if (!(to > from) || !Number.isFinite(from + to)) return
  const last = Math.min(sum.length, Math.ceil((to - originMs) / binMs)) - 1
  for (let bin = Math.max(0, Math.floor((from - originMs) / binMs)); bin <= last; bin++) {
    const begin = Math.max(from, originMs + bin * binMs)
    const end = Math.min(to, originMs + (bin + 1) * binMs)
    sum[bin]! += end - begin
  }
}
