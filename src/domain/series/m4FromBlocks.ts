import { columnOf } from './columnOf.ts'
import type { GapRuns } from './gapRuns.ts'
import { type createMinMaxBlocks, NONE } from './minMaxBlocks.ts'
import { type PointBuffer, reservePoints, writtenPoints } from './pointBuffer.ts'
import { indexAfter, indexFrom, type SampleChunks, timeAt, valueAt } from './sampleChunks.ts'
import type { Series } from './series.ts'

/** A growing series as the pyramid holds it. */
export type BlockedSeries = {
  samples: SampleChunks
  blocks: ReturnType<typeof createMinMaxBlocks>
  gaps: GapRuns
}

/**
 * The points of `m4Of` (same rules, same results), from the blocks, as views of `buffer`:
 * O(columns · log n). The window must have columns.
 */
export function m4FromBlocks(
  { samples, blocks, gaps }: BlockedSeries,
  from: number,
  to: number,
  columns: number,
  buffer: PointBuffer,
): Series {
  const inside = indexFrom(samples, from)
  const outside = indexAfter(samples, to, inside)
  // At most five per column (one of them a gap), and both edges with theirs.
  reservePoints(buffer, 5 * Math.min(columns, outside - inside) + 8)
  const { timeMs, value } = buffer

  let count = 0
  /** The sample after the last one that was looked at; between it and the next finite one lie gaps. */
  let next = Math.max(0, inside - 1)
  const emit = (index: number, known: number) => {
    timeMs[count] = timeAt(samples, index)
    value[count++] = known
  }
  const emitGapBefore = (finite: number) => {
    if (finite > next) emit(next, NaN)
  }
  const emitAlone = (index: number) => {
    if (Number.isNaN(valueAt(samples, index))) return
    emitGapBefore(index)
    emit(index, valueAt(samples, index))
    next = index + 1
  }

  if (inside > 0) emitAlone(inside - 1)
  let start = inside
  let guess = Math.max(1, Math.round((outside - inside) / columns))
  while (start < outside) {
    const end = columnEnd(samples, start, outside, guess, from, to, columns)
    guess = end - start
    const { min, max, minIndex, maxIndex } = blocks.extremes(start, end)
    if (minIndex !== NONE) {
      const first = Number.isNaN(valueAt(samples, start)) ? gaps.endOfRun(start) : start
      const last = Number.isNaN(valueAt(samples, end - 1)) ? gaps.startOfRun(end - 1) - 1 : end - 1
      emitGapBefore(first)
      const isRising = minIndex < maxIndex
      const low = isRising ? minIndex : maxIndex
      const high = isRising ? maxIndex : minIndex
      emit(first, valueAt(samples, first))
      if (low > first) emit(low, isRising ? min : max)
      if (high > low && high > first) emit(high, isRising ? max : min)
      if (last > high) emit(last, valueAt(samples, last))
      next = last + 1
    }
    start = end
  }
  const end = outside < samples.size ? outside + 1 : samples.size
  if (outside < samples.size) emitAlone(outside)
  emitGapBefore(end)
  return writtenPoints(buffer, count)
}

/**
 * The first index in (start, end] whose sample lies in a later column than that of `start`, or
 * `end`. Columns hold about as many samples each, so the search starts a `guess` away and widens.
 */
function columnEnd(
  samples: SampleChunks,
  start: number,
  end: number,
  guess: number,
  from: number,
  to: number,
  columns: number,
): number {
  const column = columnOf(timeAt(samples, start), from, to, columns)
  let low = start + 1
  let high = Math.min(start + guess, end)
  let step = 1
  // Widens upwards until `high` is the end or in a later column, then downwards.
  while (high < end && columnOf(timeAt(samples, high), from, to, columns) <= column) {
    low = high + 1
    high = Math.min(high + step, end)
    step *= 2
  }
  step = 1
  while (low < high) {
    const probe = Math.max(low, high - step)
    if (columnOf(timeAt(samples, probe), from, to, columns) > column) {
      high = probe
      step *= 2
    } else {
      low = probe + 1
      break
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1
    if (columnOf(timeAt(samples, middle), from, to, columns) > column) high = middle
    else low = middle + 1
  }
  return low
}
