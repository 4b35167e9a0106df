import { columnOf } from './columnOf.ts'
import { lowerBound, upperBound } from './lowerBound.ts'
import { type createMinMaxBlocks, NONE } from './minMaxBlocks.ts'
import type { Series } from './series.ts'

/** A growing series as the pyramid holds it: `size` of the columns is in use. */
export type Columns = {
  timeMs: Float64Array
  value: Float64Array
  size: number
  blocks: ReturnType<typeof createMinMaxBlocks>
  /** Indices of the gap samples, rising. */
  gaps: readonly number[]
}

/** Where points are written before their number is known: at most five per column, and two edges with theirs. */
let scratch = new Uint32Array(4096)

/** The points of `m4Of` (same rules, same results), from the blocks: O(columns · log n). The window must have columns. */
export function m4FromBlocks(data: Columns, from: number, to: number, columns: number): Series {
  const { timeMs, size } = data
  const inside = lowerBound(timeMs, from, 0, size)
  const outside = upperBound(timeMs, to, inside, size)
  const needed = 5 * Math.min(columns, outside - inside) + 8
  if (needed > scratch.length) scratch = new Uint32Array(needed)

  let count = 0
  /** The sample after the last one that was looked at; between it and the next finite one lie gaps. */
  let next = Math.max(0, inside - 1)
  const emitGap = (finite: number) => {
    if (finite > next) scratch[count++] = next
  }
  const emitAlone = (index: number) => {
    if (Number.isNaN(data.value[index])) return
    emitGap(index)
    scratch[count++] = index
    next = index + 1
  }

  if (inside > 0) emitAlone(inside - 1)
  let start = inside
  let guess = Math.max(1, Math.round((outside - inside) / columns))
  while (start < outside) {
    const column = columnOf(timeMs[start]!, from, to, columns)
    const end = columnEnd(timeMs, start, outside, guess, column, from, to, columns)
    guess = end - start
    const { minIndex, maxIndex } = data.blocks.extremes(data.value, start, end)
    if (minIndex !== NONE) {
      const first = finiteFrom(data, start)
      const last = finiteUntil(data, end - 1)
      emitGap(first)
      const low = Math.min(minIndex, maxIndex)
      const high = Math.max(minIndex, maxIndex)
      scratch[count++] = first
      if (low > first) scratch[count++] = low
      if (high > low && high > first) scratch[count++] = high
      if (last > high) scratch[count++] = last
      next = last + 1
    }
    start = end
  }
  const end = outside < size ? outside + 1 : size
  if (outside < size) emitAlone(outside)
  emitGap(end)
  return pointsAt(data, count)
}

/**
 * The first index in (start, end] whose sample lies in a later column than `column`, or `end`.
 * Columns hold about as many samples each, so the search starts a `guess` away and widens.
 */
function columnEnd(
  timeMs: Float64Array,
  start: number,
  end: number,
  guess: number,
  column: number,
  from: number,
  to: number,
  columns: number,
): number {
  let low = start + 1
  let high = Math.min(start + guess, end)
  let step = 1
  // Widens upwards until `high` is the end or in a later column, then downwards.
  while (high < end && columnOf(timeMs[high]!, from, to, columns) <= column) {
    low = high + 1
    high = Math.min(high + step, end)
    step *= 2
  }
  step = 1
  while (low < high) {
    const probe = Math.max(low, high - step)
    if (columnOf(timeMs[probe]!, from, to, columns) > column) {
      high = probe
      step *= 2
    } else {
      low = probe + 1
      break
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1
    if (columnOf(timeMs[middle]!, from, to, columns) > column) high = middle
    else low = middle + 1
  }
  return low
}

/** The first sample from `index` on that is no gap; there must be one. */
function finiteFrom({ value, gaps }: Columns, index: number): number {
  if (!Number.isNaN(value[index])) return index
  // Within a stretch of gaps, index and place in the list rise alike.
  const place = lowerBound(gaps, index)
  let low = place + 1
  let high = gaps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (gaps[middle]! - middle > index - place) high = middle
    else low = middle + 1
  }
  return gaps[low - 1]! + 1
}

/** The last sample up to `index` that is no gap; there must be one. */
function finiteUntil({ value, gaps }: Columns, index: number): number {
  if (!Number.isNaN(value[index])) return index
  const place = lowerBound(gaps, index)
  let low = 0
  let high = place
  while (low < high) {
    const middle = (low + high) >>> 1
    if (gaps[middle]! - middle < index - place) low = middle + 1
    else high = middle
  }
  return gaps[low]! - 1
}

function pointsAt({ timeMs, value }: Columns, count: number): Series {
  const points = { timeMs: new Float64Array(count), value: new Float64Array(count) }
  for (let i = 0; i < count; i++) {
    points.timeMs[i] = timeMs[scratch[i]!]!
    points.value[i] = value[scratch[i]!]!
  }
  return points
}
