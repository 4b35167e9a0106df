import { DAY_MS, durationMs, type EpochMs, epochMs } from './units.ts'

/** How long every sample and every error is kept as it came. */
const RAW_KEPT_MS = durationMs(14 * DAY_MS)
/** How long what happened in each minute, limits and markers are kept: thirteen months. */
export const SUMMARIES_KEPT_MS = durationMs(396 * DAY_MS)

/** Where the tiers of the history end: what ended before is in it no more. */
export type Horizons = {
  /** Of samples and single errors. */
  raw: EpochMs
  /** Of everything. */
  all: EpochMs
}

export const horizonsAt = (now: EpochMs): Horizons => ({
  raw: epochMs(now - RAW_KEPT_MS),
  all: epochMs(now - SUMMARIES_KEPT_MS),
})
