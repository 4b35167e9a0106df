import { type EpochMs, epochMs } from '../units.ts'
import type { Series } from '../series/series.ts'

/** A clock that is not only off but goes wrong: by how many parts per million it runs fast (negative: slow), from when on. */
export type Drift = { ppm: number; from: EpochMs }

/** How far the times of a source are moved. */
export type ClockMove = {
  /** Added to each instant; where the clock drifts, exactly so at the instant it is counted from. */
  movedMs: number
  drift: Drift | null
}

const MILLION = 1e6

/** An instant of a source, moved. `drift.from` is an instant of the source too, before it is moved. */
export function movedInstant(at: number, { movedMs, drift }: ClockMove): EpochMs {
  const driftedMs = drift ? ((at - drift.from) * drift.ppm) / MILLION : 0
  return epochMs(at + movedMs - driftedMs)
}

/** A series on the right clock: the same samples in the same order, their times moved. */
export function movedSeries(series: Series, movedMs: number, drift: Drift | null): Series {
  if (movedMs === 0 && !drift) return series
  return { ...series, timeMs: series.timeMs.map((at) => movedInstant(at, { movedMs, drift })) }
}
