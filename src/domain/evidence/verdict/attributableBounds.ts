import { quantile } from '../../stats/quantile.ts'
import type { Random } from '../../stats/random.ts'
import type { ActiveBins } from './activeBins.ts'
import { attributableShare, type Effect } from './effect.ts'

const RESAMPLES = 400
/**
 * Shorter blocks would cut bursts apart: coverage fell to 88 % at ten bins (evidence-methods §1.3).
 */
const SHORTEST_BLOCK = 10
/** With fewer resamples that have both sides there is no interval to speak of. */
const LEAST_RESAMPLES = RESAMPLES / 2

/**
 * 95 % bounds of the attributable share by a circular block bootstrap over the active bins: blocks
 * of √n bins keep bursts and episodes whole. Pooled form: errors over attempts on each side (one
 * vote per bin where attempts are unknown).
 *
 * `allErrors` as in `effectOf`. Null where too few resamples have bins both at the limit and below
 * it. Prefix sums make a resample cost as much as it has blocks: O(n + 400 √n).
 * Source: Politis & Romano 1992.
 */
export function attributableBounds(
  bins: ActiveBins,
  effect: Effect,
  allErrors: number,
  random: Random,
): { low: number; high: number } | null {
  const n = bins.share.length
  if (n === 0) return null
  const block = Math.min(n, Math.max(SHORTEST_BLOCK, Math.round(Math.sqrt(n))))
  const observed = bins.errors.reduce((sum, count) => sum + count, 0)
  const uncovered = Math.max(0, allErrors - observed)
  const within = sidesOf(bins, effect)
  const found: number[] = []
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const sums = { wall: nothing(), below: nothing(), near: nothing() }
    for (let filled = 0; filled < n; filled += block) {
      const from = Math.floor(random() * n)
      const to = from + Math.min(block, n - filled)
      for (const side of SIDES) addBetween(sums[side], within[side], from, to)
    }
    const { wall, below, near } = sums
    const errors = wall.errors + below.errors + uncovered
    if (wall.tried <= 0 || below.tried <= 0 || errors <= 0) continue
    const pNear = effect.pNear === null || near.tried <= 0 ? 0 : near.failed / near.tried
    const pElse = Math.max(below.failed / below.tried, pNear)
    found.push(attributableShare(wall.errors, errors, wall.failed / wall.tried, pElse))
  }
  if (found.length < LEAST_RESAMPLES) return null
  return { low: quantile(found, 0.025)!, high: quantile(found, 0.975)! }
}

const SIDES = ['wall', 'below', 'near'] as const

type Sums = { errors: number; failed: number; tried: number }
type Prefix = { errors: Float64Array; failed: Float64Array; tried: Float64Array }

const nothing = (): Sums => ({ errors: 0, failed: 0, tried: 0 })

function addBetween(sums: Sums, { errors, failed, tried }: Prefix, from: number, to: number) {
  sums.errors += errors[to]! - errors[from]!
  sums.failed += failed[to]! - failed[from]!
  sums.tried += tried[to]! - tried[from]!
}

/** Prefix sums of each side over twice the window, so that a block may run past its end. */
function sidesOf(bins: ActiveBins, effect: Effect): Record<(typeof SIDES)[number], Prefix> {
  const below = effect.atLimit.map((isAtLimit) => 1 - isAtLimit)
  return {
    wall: prefixOf(bins, effect.atLimit),
    below: prefixOf(bins, below),
    near: prefixOf(bins, effect.near),
  }
}

function prefixOf({ errors, attempts, share }: ActiveBins, side: Uint8Array): Prefix {
  const n = share.length
  const prefix = {
    errors: new Float64Array(2 * n + 1),
    failed: new Float64Array(2 * n + 1),
    tried: new Float64Array(2 * n + 1),
  }
  for (let k = 0; k < 2 * n; k++) {
    const i = k < n ? k : k - n
    const weight = side[i]!
    prefix.errors[k + 1] = prefix.errors[k]! + weight * errors[i]!
    prefix.failed[k + 1] = prefix.failed[k]! + weight * (attempts ? errors[i]! : share[i]!)
    prefix.tried[k + 1] = prefix.tried[k]! + weight * (attempts ? attempts[i]! : 1)
  }
  return prefix
}
