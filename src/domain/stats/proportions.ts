import type { Interval } from './interval.ts'

/** The normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959963984540054

/**
 * A share k of n with Wilson's score interval; `z` sets the confidence (95 % when left out).
 *
 * Counts may be fractional: effective counts after a design effect. k is kept within 0 … n. Null
 * where n is not above 0, or where a count or z is not a finite number: nothing was tried, nothing
 * can be said.
 * Source: Wilson 1927, JASA 22:209–212.
 */
export function wilson(successes: number, total: number, z = Z_95): Interval | null {
  if (!(total > 0) || ![successes, total, z].every(Number.isFinite)) return null
  const value = Math.min(1, Math.max(0, successes / total))
  const spread = (z * z) / total
  const centre = (value + spread / 2) / (1 + spread)
  const half = Math.sqrt(spread * (value * (1 - value) + spread / 4)) / (1 + spread)
  // Where none or all succeeded the near bound is 0 or 1 exactly; rounding must not say otherwise.
  return {
    value,
    low: value === 0 ? 0 : Math.max(0, Math.min(value, centre - half)),
    high: value === 1 ? 1 : Math.min(1, Math.max(value, centre + half)),
  }
}

/**
 * The difference of two independent shares, k1/n1 − k2/n2, with Newcombe's interval (his method 10:
 * square and add on Wilson's bounds).
 *
 * Never leaves −1 … 1. Counts and z as in `wilson`; null where either side has nothing.
 * Source: Newcombe 1998, Stat. Med. 17:873–890.
 */
export function newcombeDifference(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
  z = Z_95,
): Interval | null {
  const one = wilson(k1, n1, z)
  const two = wilson(k2, n2, z)
  if (one === null || two === null) return null
  const value = one.value - two.value
  return {
    value,
    low: Math.max(-1, value - Math.hypot(one.value - one.low, two.high - two.value)),
    high: Math.min(1, value + Math.hypot(one.high - one.value, two.value - two.low)),
  }
}
