import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { PointBuffer } from '#domain/series/pointBuffer.ts'
import type { Series } from '#domain/series/series.ts'
import type { DurationMs, EpochMs } from '#domain/units.ts'

/** What is on the screen: [from, to]. */
export type TimeWindow = { readonly from: EpochMs; readonly to: EpochMs }

/** Something that grows and tells so: charts read it when they draw, never through React. */
export type Watched = {
  subscribe: (listener: () => void) => () => void
  version: () => number
}

/** One series as charts read it: what a series store knows of one metric. */
export type WindowReader = Watched & {
  /** The M4 points of a window, as `m4Of` gives them; written to `into` and good until the next are. */
  window: (from: EpochMs, to: EpochMs, columns: number, into: PointBuffer) => Series
  /** The newest sample at or before an instant; null in a gap. */
  at: (at: EpochMs) => { at: EpochMs; value: number } | null
  /** The instant `steps` samples away; null past the ends. */
  neighbour: (at: EpochMs, steps: number) => EpochMs | null
  /** Lowest and highest value in [from, to]; null where there is none. */
  range: (from: EpochMs, to: EpochMs) => { min: number; max: number } | null
}

/**
 * How a series is drawn. `water`: usage, blue and filled to the axis. `line`: usage without the
 * fill. `second`: beside it, grey. `dotted`: from a second source.
 */
export type SeriesStyle = 'water' | 'line' | 'second' | 'dotted'

export type PanelSeries = {
  reader: WindowReader
  /** Written beside the line where a panel has several; there is no legend. */
  title: string
  style: SeriesStyle
  /** Samples further apart are not joined (`gapAfterMs` of the metric); Infinity for a file that comes as it comes. */
  gapAfterMs: number
  /** Without a sample for this long the tail says "nothing since"; Infinity: never. */
  staleAfterMs: number
  /** Whether what comes before its first sample was looked for: then the head says "no samples before". */
  hasWholePast?: boolean
}

export type PanelLimit = {
  /** What it is called here: `Limit`, `Capacity`. */
  noun: string
  steps: LimitSteps
  /** Why nothing is known where no step says: `no key published for this metric`. */
  unknownReason: string
  /** A value that was asked for and is not in force yet; null or missing: none. */
  requested?: number | null
}

/** What iterations left behind, oldest first, and how it rises: `floor +56 per iteration`. */
export type FloorLine = {
  floors: readonly { at: EpochMs; value: number }[]
  words: string
}

/** Failures per column of equal width over [from, to): what an error log knows. */
export type ErrorColumns = Watched & {
  columns: (errorClass: ErrorClass, from: EpochMs, to: EpochMs, columns: number) => Float64Array
}

/** One iteration of a load test; `to` is null while it runs. */
export type IterationSpan = {
  from: EpochMs
  to: EpochMs | null
  label: string
  /** Of a file laid beside what is being watched: an outline, under the others. */
  isBeside?: boolean
}

/** A stretch at the limit; `isBroken` where the value fell below in between, for less than can be drawn. */
export type LimitBand = TimeWindow & { isBroken: boolean; lengthMs: DurationMs }
