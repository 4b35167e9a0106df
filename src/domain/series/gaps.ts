import { type EpochMs, epochMs } from '../units.ts'
import type { Series } from './series.ts'

/** A length of time with its ends. */
export type Stretch = { from: EpochMs; to: EpochMs }

/** Points [start, end) of a series that one line may join; none of them is a gap. */
export type Segment = { start: number; end: number }

/**
 * The parts of a line through these points: broken at gap samples and between samples more than
 * `gapAfterMs` apart, since what lies between is not known. A segment may be a single point.
 *
 * For downsampled points pass at least the length of a column: inside one, samples were left out.
 */
export function segmentsOf({ timeMs, value }: Series, gapAfterMs: number): Segment[] {
  const segments: Segment[] = []
  let start = -1
  for (let i = 0; i < timeMs.length; i++) {
    if (Number.isNaN(value[i])) {
      if (start >= 0) segments.push({ start, end: i })
      start = -1
    } else if (start < 0) start = i
    else if (timeMs[i]! - timeMs[i - 1]! > gapAfterMs) {
      segments.push({ start, end: i })
      start = i
    }
  }
  if (start >= 0) segments.push({ start, end: timeMs.length })
  return segments
}

/**
 * The stretches between these points of which nothing is known: from the last sample before to the
 * first one after. Gap samples before the first value open one too; after the last value nothing
 * says how long the silence lasts, so that is left to whoever knows the time.
 *
 * `gapAfterMs` as for `segmentsOf`.
 */
export function gapsOf(points: Series, gapAfterMs: number): Stretch[] {
  const { timeMs } = points
  const segments = segmentsOf(points, gapAfterMs)
  const first = segments[0]
  const leading =
    first && first.start > 0
      ? [{ from: epochMs(timeMs[0]!), to: epochMs(timeMs[first.start]!) }]
      : []
  const between = segments.slice(1).map((segment, i) => ({
    from: epochMs(timeMs[segments[i]!.end - 1]!),
    to: epochMs(timeMs[segment.start]!),
  }))
  return [...leading, ...between]
}
