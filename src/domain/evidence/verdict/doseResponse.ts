import { usedRatio } from '../../metrics/headroom.ts'
import type { ActiveBins } from './activeBins.ts'
import type { DoseBand } from './verdict.ts'

/** Shares of the limit at which a band begins. */
const EDGES = [0, 0.6, 0.8, 0.9] as const
/** Where the wall band of most limits begins: a name for the last edge, which the mask decides. */
const WALL_RATIO = 0.99

/**
 * Active bins by level of use: below 60 %, 60–80, 80–90, 90 % to the wall, and at it. Each bin is
 * in one band: those at the limit (moved by the lag, as everywhere in a verdict) are in the last
 * one whatever their ratio, the others by their own ratio. O(n).
 */
export function doseResponse(bins: ActiveBins, atLimit: Uint8Array): DoseBand[] {
  const starts = [...EDGES, WALL_RATIO]
  const bands: DoseBand[] = starts.map((from, i) => ({
    from,
    to: starts[i + 1] ?? Infinity,
    bins: 0,
    withErrors: 0,
    errors: 0,
    attempts: bins.attempts && 0,
  }))
  for (let i = 0; i < atLimit.length; i++) {
    const ratio = usedRatio(bins.value[i]!, bins.limit[i]!) ?? 0
    const level = Math.max(
      0,
      EDGES.findLastIndex((edge) => ratio >= edge),
    )
    const band = bands[atLimit[i] ? EDGES.length : level]!
    band.bins += 1
    band.withErrors += bins.errors[i]! > 0 ? 1 : 0
    band.errors += bins.errors[i]!
    if (band.attempts !== null) band.attempts += bins.attempts![i]!
  }
  return bands
}
