import { type EpochMs, epochMs } from '../units.ts'
import { hasColumns } from './columnOf.ts'
import { lowerBound, upperBound } from './lowerBound.ts'
import { type Columns, m4FromBlocks } from './m4FromBlocks.ts'
import { inOrder, merged } from './merge.ts'
import { createMinMaxBlocks, grown, NONE } from './minMaxBlocks.ts'
import { EMPTY_SERIES, type Series } from './series.ts'

/** One growing series that answers windows of any length at the cost of their pixels. */
export type Pyramid = {
  /**
   * Takes a sample; O(1) amortised when it is the newest. One for the instant of the newest replaces
   * it; an older one is inserted. A value that is not finite is kept as a gap. Throws a RangeError
   * for an instant that is not finite: it could never be found again.
   */
  push: (at: EpochMs, value: number) => void
  /**
   * Merges a series in, in any order: where an instant has a sample already, the inserted one
   * replaces it. Costs the samples from its first instant on, theirs and ours.
   */
  insert: (series: Series) => void
  /**
   * Forgets the samples in [from, to), and the memory they took. In the place of the last of them a
   * gap stays, so that what lies on both sides is not joined; the same samples, inserted again, take
   * its place. Costs the samples from `from` on: call it for many at once.
   */
  drop: (from: EpochMs, to: EpochMs) => void
  /** The M4 points of a window, as `m4Of` gives them. O(columns · log n). */
  m4: (from: EpochMs, to: EpochMs, columns: number) => Series
  /** Lowest and highest value in [from, to], the first instant of the highest, and the number of samples that are no gaps; null where there are none. O(log n). */
  range: (
    from: EpochMs,
    to: EpochMs,
  ) => { min: number; max: number; maxAt: EpochMs; count: number } | null
  /** The newest sample at or before an instant; null where that is a gap or there is none. O(log n). */
  at: (at: EpochMs) => { at: EpochMs; value: number } | null
  /**
   * The instant of the sample `steps` away: 1 is the next one after `at`, −1 the one before it, 0
   * the newest at or before it. Gaps are stepped over; null past the ends. O(log n + steps).
   */
  neighbour: (at: EpochMs, steps: number) => EpochMs | null
  /** The newest sample that is no gap. */
  latest: () => { at: EpochMs; value: number } | null
  /** First and last instant held, gaps included. */
  extent: () => { from: EpochMs; to: EpochMs } | null
  /** How many samples are held, gaps included. */
  readonly size: number
  /** A copy of the samples in [from, to], gaps included. */
  slice: (from: EpochMs, to: EpochMs) => Series
}

const FIRST_CAPACITY = 64
/** Columns this many times larger than needed are replaced by smaller ones. */
const WASTE = 4

/** An empty pyramid. */
export function createPyramid(): Pyramid {
  const gaps: number[] = []
  const data: Columns = {
    timeMs: new Float64Array(FIRST_CAPACITY),
    value: new Float64Array(FIRST_CAPACITY),
    size: 0,
    blocks: createMinMaxBlocks(),
    gaps,
  }

  function write(index: number, at: number, value: number) {
    if (gaps.at(-1) === index) gaps.pop()
    const isGap = !Number.isFinite(value)
    if (isGap) gaps.push(index)
    data.timeMs[index] = at
    data.value[index] = isGap ? NaN : value
    data.size = index + 1
    data.blocks.wrote(data.value, index)
  }

  function reserve(needed: number) {
    if (needed <= data.timeMs.length) return
    const capacity = Math.max(needed, data.timeMs.length * 2)
    data.timeMs = grown(data.timeMs, new Float64Array(capacity))
    data.value = grown(data.value, new Float64Array(capacity))
  }

  /** Writes a series from an index on; what was held there is gone. */
  function writeFrom(index: number, series: Series) {
    reserve(index + series.timeMs.length)
    gaps.length = lowerBound(gaps, index)
    for (let i = 0; i < series.timeMs.length; i++) {
      write(index + i, series.timeMs[i]!, series.value[i]!)
    }
  }

  function insert(series: Series) {
    const added = inOrder(checked(series))
    if (added.timeMs.length === 0) return
    const start = lowerBound(data.timeMs, added.timeMs[0]!, 0, data.size)
    if (start === data.size) return writeFrom(start, added)
    writeFrom(start, merged(raw(start, data.size), added))
  }

  function drop(from: EpochMs, to: EpochMs) {
    const start = lowerBound(data.timeMs, from, 0, data.size)
    const end = lowerBound(data.timeMs, to, start, data.size)
    if (end === start || (end - start === 1 && isGapAt(start))) return
    const kept = raw(end - 1, data.size)
    kept.value[0] = NaN
    writeFrom(start, kept)
    shrink()
  }

  function shrink() {
    const capacity = Math.max(FIRST_CAPACITY, data.size * 2)
    if (data.timeMs.length < capacity * WASTE) return
    data.timeMs = grown(data.timeMs.subarray(0, data.size), new Float64Array(capacity))
    data.value = grown(data.value.subarray(0, data.size), new Float64Array(capacity))
  }

  const raw = (start: number, end: number): Series => ({
    timeMs: data.timeMs.slice(start, end),
    value: data.value.slice(start, end),
  })
  const isGapAt = (index: number) => Number.isNaN(data.value[index])
  const sampleAt = (index: number) => ({
    at: epochMs(data.timeMs[index]!),
    value: data.value[index]!,
  })

  return {
    push(at, value) {
      const { size } = data
      const newest = size > 0 ? data.timeMs[size - 1]! : -Infinity
      if (at > newest && at < Infinity) {
        reserve(size + 1)
        write(size, at, value)
      } else if (at === newest && size > 0) write(size - 1, at, value)
      else insert({ timeMs: Float64Array.of(at), value: Float64Array.of(value) })
    },

    insert,
    drop,

    m4: (from, to, columns) =>
      hasColumns(from, to, columns) ? m4FromBlocks(data, from, to, columns) : EMPTY_SERIES,

    range(from, to) {
      const start = lowerBound(data.timeMs, from, 0, data.size)
      const end = upperBound(data.timeMs, to, start, data.size)
      const { minIndex, maxIndex } = data.blocks.extremes(data.value, start, end)
      if (minIndex === NONE) return null
      return {
        min: data.value[minIndex]!,
        max: data.value[maxIndex]!,
        maxAt: epochMs(data.timeMs[maxIndex]!),
        count: end - start - (lowerBound(gaps, end) - lowerBound(gaps, start)),
      }
    },

    at(at) {
      const index = upperBound(data.timeMs, at, 0, data.size) - 1
      return index < 0 || isGapAt(index) ? null : sampleAt(index)
    },

    neighbour(at, steps) {
      const direction = steps > 0 ? 1 : -1
      const isForward = steps > 0
      let index = isForward
        ? upperBound(data.timeMs, at, 0, data.size)
        : (steps < 0 ? lowerBound : upperBound)(data.timeMs, at, 0, data.size) - 1
      let left = Math.max(1, Math.abs(steps))
      for (; index >= 0 && index < data.size; index += direction) {
        if (isGapAt(index)) continue
        left -= 1
        if (left === 0) return epochMs(data.timeMs[index]!)
      }
      return null
    },

    latest() {
      let index = data.size - 1
      while (index >= 0 && isGapAt(index)) index -= 1
      return index < 0 ? null : sampleAt(index)
    },

    extent: () =>
      data.size === 0
        ? null
        : { from: epochMs(data.timeMs[0]!), to: epochMs(data.timeMs[data.size - 1]!) },

    get size() {
      return data.size
    },

    slice: (from, to) =>
      raw(lowerBound(data.timeMs, from, 0, data.size), upperBound(data.timeMs, to, 0, data.size)),
  }
}

function checked(series: Series): Series {
  const strange = series.timeMs.find((at) => !Number.isFinite(at))
  if (strange === undefined) return series
  throw new RangeError(`A sample needs a finite instant, not ${strange}`)
}
