import type { EvidenceBins } from './evidenceBins.ts'
import { wallMask } from './wallBand.ts'

/**
 * The bins that say something: observed and, where attempts are known, with attempts. Idle time is no evidence, so the rest is
 * dropped and the columns closed up. Oldest first, all of one length.
 */
export type ActiveBins = {
  value: Float64Array
  limit: Float64Array
  /** 1 in the wall band. */
  atLimit: Uint8Array
  errors: Float64Array
  /** Null where attempts are not known. */
  attempts: Float64Array | null
  /** Errors per attempt (0–1), one vote per bin; without attempts, 1 where there was an error. */
  share: Float64Array
}

/** Closes up the active bins of a window. The wall band is read before: a pause does not end an episode, a gap does. O(n). */
export function activeBins(bins: EvidenceBins): ActiveBins {
  const { value, limit, errors, attempts, isObserved } = bins
  const mask = wallMask(value, limit)
  const kept: number[] = []
  for (let i = 0; i < value.length; i++) {
    if (isObserved[i] && (!attempts || attempts[i]! > 0)) kept.push(i)
  }
  const pick = (column: Float64Array) => Float64Array.from(kept, (i) => column[i]!)
  return {
    value: pick(value),
    limit: pick(limit),
    atLimit: Uint8Array.from(kept, (i) => mask[i]!),
    errors: pick(errors),
    attempts: attempts && pick(attempts),
    share: Float64Array.from(kept, (i) =>
      attempts ? errors[i]! / attempts[i]! : errors[i]! > 0 ? 1 : 0,
    ),
  }
}
