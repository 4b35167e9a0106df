import type { EvidenceBins } from './evidenceBins.ts'
import { wallMask } from './wallBand.ts'

/**
 * The bins that say something: observed and, where attempts are known, with attempts. Idle time is
 * no evidence, so the rest is dropped and the columns closed up. Oldest first, all of one length.
 */
export type ActiveBins = {
  value: Float64Array
  limit: Float64Array
  lowest: Float64Array
  /** 1 in the wall band. */
  atLimit: Uint8Array
  errors: Float64Array
  /** Null where attempts are not known. */
  attempts: Float64Array | null
  /** Errors per attempt (0–1), one vote per bin; without attempts, 1 where there was an error. */
  share: Float64Array
}

/**
 * Closes up the active bins of a window. The wall band is read before: a pause does not end an
 * episode, a gap does. O(n).
 */
export function activeBins(bins: EvidenceBins): ActiveBins {
  const { value, limit, lowest = value, errors, attempts, isObserved } = bins
  const mask = wallMask(value, limit)
  const kept = new Int32Array(value.length)
  let n = 0
  for (let i = 0; i < value.length; i++) {
    if (isObserved[i] === 1 && (!attempts || attempts[i]! > 0)) kept[n++] = i
  }
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(n)
    for (let i = 0; i < n; i++) picked[i] = column[kept[i]!]!
    return picked
  }
  const columns = {
    value: pick(value),
    limit: pick(limit),
    lowest: pick(lowest),
    errors: pick(errors),
    attempts: attempts && pick(attempts),
  }
  const atLimit = new Uint8Array(n)
  const share = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const failed = columns.errors[i]!
    atLimit[i] = mask[kept[i]!]!
    share[i] = columns.attempts ? failed / columns.attempts[i]! : failed > 0 ? 1 : 0
  }
  return { ...columns, atLimit, share }
}
