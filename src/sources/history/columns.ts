import { lowerBound, upperBound } from '#domain/series/lowerBound.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import type { EpochMs } from '#domain/units.ts'

/**
 * Pieces of one metric as one series: ascending, one sample per instant; where two pieces know the
 * same instant the later piece wins. Explicit gaps (NaN) are samples like any other. Pieces that
 * follow each other are copied in O(n); only overlapping ones are sorted.
 */
export function mergedColumns(pieces: readonly Series[]): Series {
  const only = pieces.length === 1 ? pieces[0]! : null
  if (only && isAscending(only.timeMs)) return only
  const size = pieces.reduce((sum, { timeMs }) => sum + timeMs.length, 0)
  const timeMs = new Float64Array(size)
  const value = new Float64Array(size)
  let end = 0
  for (const piece of pieces) {
    timeMs.set(piece.timeMs, end)
    value.set(piece.value, end)
    end += piece.timeMs.length
  }
  return isAscending(timeMs) ? { timeMs, value } : sortedColumns(timeMs, value)
}

/**
 * The samples of pieces within [from, to] as one series, as `mergedColumns` gives it, in memory of its
 * own: nothing pins the larger buffers, and what is read of many chunks is copied once.
 */
export function clippedColumns(pieces: readonly Series[], from: number, to: number): Series {
  const areInOrder = pieces.every(({ timeMs }) => isAscending(timeMs))
  const within = (areInOrder ? pieces : [mergedColumns(pieces)])
    .map((piece) => viewWithin(piece, from, to))
    .filter(({ timeMs }) => timeMs.length > 0)
  const [only, ...others] = within
  if (!only) return EMPTY_SERIES
  if (others.length > 0) return mergedColumns(within)
  return { timeMs: only.timeMs.slice(), value: only.value.slice() }
}

/** The samples of an ascending series within [from, to], not copied. */
function viewWithin({ timeMs, value }: Series, from: number, to: number): Series {
  const start = lowerBound(timeMs, from)
  const end = upperBound(timeMs, to)
  return { timeMs: timeMs.subarray(start, end), value: value.subarray(start, end) }
}

/** A series cut where a new stretch of time begins; `start` is the beginning of each. */
export function cutAt({ timeMs, value }: Series, startOf: (at: number) => EpochMs) {
  const parts: { start: EpochMs; series: Series }[] = []
  let first = 0
  for (let end = 1; end <= timeMs.length; end += 1) {
    const start = startOf(timeMs[first]!)
    if (end < timeMs.length && startOf(timeMs[end]!) === start) continue
    const series = { timeMs: timeMs.slice(first, end), value: value.slice(first, end) }
    parts.push({ start, series })
    first = end
  }
  return parts
}

function isAscending(timeMs: Float64Array): boolean {
  for (let i = 1; i < timeMs.length; i += 1) if (timeMs[i]! <= timeMs[i - 1]!) return false
  return true
}

/** Sorts by time, the original order deciding among equals, and keeps the last of them. */
function sortedColumns(timeMs: Float64Array, value: Float64Array): Series {
  const order = Uint32Array.from(timeMs, (_, i) => i)
  order.sort((a, b) => timeMs[a]! - timeMs[b]! || a - b)
  const times = new Float64Array(order.length)
  const values = new Float64Array(order.length)
  let end = 0
  for (const index of order) {
    if (end > 0 && times[end - 1] === timeMs[index]) end -= 1
    times[end] = timeMs[index]!
    values[end] = value[index]!
    end += 1
  }
  return { timeMs: times.slice(0, end), value: values.slice(0, end) }
}
