import type { EpochMs } from '../units.ts'

/** Two columns of equal length, oldest first. A `NaN` value marks a gap: it is known that nothing is known. */
export type Series = { readonly timeMs: Float64Array; readonly value: Float64Array }

export const EMPTY_SERIES: Series = { timeMs: new Float64Array(0), value: new Float64Array(0) }

/** A series of one sample: what a poll brings. */
export const oneSample = (at: EpochMs, value: number): Series => ({
  timeMs: Float64Array.of(at),
  value: Float64Array.of(value),
})
