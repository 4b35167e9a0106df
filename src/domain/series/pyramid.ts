import { type EpochMs, epochMs } from '../units.ts'
import { hasColumns } from './columnOf.ts'
import { createGapRuns } from './gapRuns.ts'
import { m4FromBlocks } from './m4FromBlocks.ts'
import { inOrder, merged } from './merge.ts'
import { createMinMaxBlocks, NONE } from './minMaxBlocks.ts'
import { createPointBuffer, type PointBuffer } from './pointBuffer.ts'
import {
  bytesOfChunks,
  copyOf,
  emptyChunks,
  indexAfter,
  indexFrom,
  timeAt,
  trimChunks,
  valueAt,
  writeSample,
} from './sampleChunks.ts'
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
  /**
   * The M4 points of a window, as `m4Of` gives them. O(columns · log n). With `into` they are written
   * there and hold until the next points are.
   */
  m4: (from: EpochMs, to: EpochMs, columns: number, into?: PointBuffer) => Series
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
  /** Bytes of the columns and of what makes them quick to read; a sample itself is 16. */
  bytes: () => number
  /** A copy of the samples in [from, to], gaps included. */
  slice: (from: EpochMs, to: EpochMs) => Series
}

/** Where points are written that are copied then: their number is not known before. */
const scratch = createPointBuffer()

/** An empty pyramid. */
export function createPyramid(): Pyramid {
  const samples = emptyChunks()
  const gaps = createGapRuns()
  const blocks = createMinMaxBlocks(samples)
  const data = { samples, gaps, blocks }

  function write(index: number, at: number, value: number) {
    if (index < samples.size) gaps.cutFrom(index)
    const isGap = !Number.isFinite(value)
    if (isGap) gaps.add(index)
    writeSample(samples, index, at, isGap ? NaN : value)
    blocks.wrote(index)
  }

  /** Writes a series from an index on; what was held there is gone. */
  function writeFrom(index: number, { timeMs, value }: Series) {
    gaps.cutFrom(index)
    samples.size = index
    for (let i = 0; i < timeMs.length; i++) write(index + i, timeMs[i]!, value[i]!)
  }

  function insert(series: Series) {
    const added = inOrder(checked(series))
    if (added.timeMs.length === 0) return
    const start = indexFrom(samples, added.timeMs[0]!)
    if (start === samples.size) return writeFrom(start, added)
    writeFrom(start, merged(copyOf(samples, start, samples.size), added))
  }

  function drop(from: EpochMs, to: EpochMs) {
    const start = indexFrom(samples, from)
    const end = indexFrom(samples, to, start)
    if (end === start || (end - start === 1 && isGapAt(start))) return
    const kept = copyOf(samples, end - 1, samples.size)
    kept.value[0] = NaN
    writeFrom(start, kept)
    trimChunks(samples)
    blocks.trim()
  }

  const isGapAt = (index: number) => Number.isNaN(valueAt(samples, index))
  const sampleAt = (index: number) => ({
    at: epochMs(timeAt(samples, index)),
    value: valueAt(samples, index),
  })

  return {
    push(at, value) {
      const { size } = samples
      const newest = size > 0 ? timeAt(samples, size - 1) : -Infinity
      if (at > newest && at < Infinity) write(size, at, value)
      else if (at === newest && size > 0) write(size - 1, at, value)
      else insert({ timeMs: Float64Array.of(at), value: Float64Array.of(value) })
    },

    insert,
    drop,

    m4(from, to, columns, into) {
      if (!hasColumns(from, to, columns)) return EMPTY_SERIES
      const found = m4FromBlocks(data, from, to, columns, into ?? scratch)
      return into ? found : { timeMs: found.timeMs.slice(), value: found.value.slice() }
    },

    range(from, to) {
      const start = indexFrom(samples, from)
      const end = indexAfter(samples, to, start)
      const { min, max, maxIndex } = blocks.extremes(start, end)
      if (maxIndex === NONE) return null
      const maxAt = epochMs(timeAt(samples, maxIndex))
      const count = end - start - (gaps.countBefore(end) - gaps.countBefore(start))
      return { min, max, maxAt, count }
    },

    at(at) {
      const index = indexAfter(samples, at) - 1
      return index < 0 || isGapAt(index) ? null : sampleAt(index)
    },

    neighbour(at, steps) {
      const direction = steps > 0 ? 1 : -1
      let index =
        steps > 0
          ? indexAfter(samples, at)
          : (steps < 0 ? indexFrom(samples, at) : indexAfter(samples, at)) - 1
      let left = Math.max(1, Math.abs(steps))
      for (; index >= 0 && index < samples.size; index += direction) {
        if (isGapAt(index)) continue
        left -= 1
        if (left === 0) return epochMs(timeAt(samples, index))
      }
      return null
    },

    latest() {
      let index = samples.size - 1
      if (index >= 0 && isGapAt(index)) index = gaps.startOfRun(index) - 1
      return index < 0 ? null : sampleAt(index)
    },

    extent: () =>
      samples.size === 0 ? null : { from: sampleAt(0).at, to: sampleAt(samples.size - 1).at },

    get size() {
      return samples.size
    },

    bytes: () => bytesOfChunks(samples) + blocks.bytes() + gaps.bytes(),

    slice(from, to) {
      const start = indexFrom(samples, from)
      return copyOf(samples, start, indexAfter(samples, to, start))
    },
  }
}

function checked(series: Series): Series {
  const strange = series.timeMs.find((at) => !Number.isFinite(at))
  if (strange === undefined) return series
  throw new RangeError(`A sample needs a finite instant, not ${strange}`)
}
