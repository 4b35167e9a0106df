import { countsPerBin } from '../evidence/countsPerBin.ts'
import { typicalIntervalMs } from '../evidence/sampling.ts'
import type { FailureColumns } from '../evidence/watchedSeries.ts'
import type { Series } from '../series/series.ts'
import { type EpochMs, SECOND_MS } from '../units.ts'

/** A window in equal bins: what was open, and what was asked for. */
export type WhatIfBins = {
  binMs: number
  /** Highest value in the bin; NaN where none was measured. */
  open: Float64Array
  /** Attempts that were let in; NaN where nobody counted. */
  accepted: Float64Array
  refused: Float64Array
}

const MOST_BINS = 43_200

/** Bins as long as the coarser of both series is sampled, at least a second. O(n). */
export function whatIfBins(
  open: Series,
  attempts: Series,
  refusals: FailureColumns,
  { from, to }: { from: EpochMs; to: EpochMs },
): WhatIfBins {
  const binMs = Math.max(
    SECOND_MS,
    typicalIntervalMs(open.timeMs) ?? 0,
    typicalIntervalMs(attempts.timeMs) ?? 0,
    Math.ceil((to - from) / MOST_BINS / SECOND_MS) * SECOND_MS,
  )
  const bins = Math.max(1, Math.ceil((to - from) / binMs))
  const grid = { startMs: from, binMs, bins }
  const refused = new Float64Array(bins)
  refusals.timeMs.forEach((at, i) => {
    const bin = Math.floor((at - from) / binMs)
    if (bin >= 0 && bin < bins) refused[bin]! += refusals.count[i]!
  })
  const highest = new Float64Array(bins).fill(Number.NaN)
  open.timeMs.forEach((at, i) => {
    const bin = Math.floor((at - from) / binMs)
    const value = open.value[i]!
    if (bin < 0 || bin >= bins || !Number.isFinite(value)) return
    if (!(highest[bin]! >= value)) highest[bin] = value
  })
  const accepted = countsPerBin(attempts, grid).map((count, bin) =>
    Number.isNaN(count) ? count : Math.max(0, count - refused[bin]!),
  )
  return { binMs, open: highest, accepted, refused }
}
