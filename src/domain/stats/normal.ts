import { incompleteBeta } from './gamma.ts'

/** Beyond this many standard deviations the tail is computed as such, not as the rest of 1. */
const TAIL_FROM = 3
/** Steps of the tail's continued fraction: at 3 standard deviations these leave nothing to add. */
const TAIL_STEPS = 150

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/**
 * P(Z ≤ x) of a standard normal Z, with a dozen significant digits also far out in the lower tail.
 * For the upper tail ask for `normalCdf(-x)` instead of subtracting from 1. ½ for what is no
 * number.
 * Source: within 3 the series x + x³/3 + x⁵/15 + …, beyond it Laplace's continued fraction
 * (Marsaglia 2004, J. Stat. Softw. 11(4)).
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return 0.5
  if (x > TAIL_FROM) return 1 - normalCdf(-x)
  if (x < -TAIL_FROM) {
    let fraction = -x
    for (let k = TAIL_STEPS; k > 0; k--) fraction = -x + k / fraction
    return density(x) / fraction
  }
  let sum = 0
  let term = x
  for (let k = 3; sum + term !== sum; k += 2) {
    sum += term
    term *= (x * x) / k
  }
  return 0.5 + density(x) * sum
}

/**
 * The x below which a standard normal variable lies with probability p. −∞ for p ≤ 0 (or no
 * number), ∞ for p ≥ 1.
 * Source: start from Abramowitz & Stegun 26.2.23, then Halley's steps on `normalCdf`.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0)) return -Infinity
  if (p >= 1) return Infinity
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  const top = 2.515517 + t * (0.802853 + t * 0.010328)
  let x = top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let step = 0; step < 4; step++) {
    const newton = (normalCdf(x) - p) / density(x)
    if (!Number.isFinite(newton)) break
    x -= newton / (1 + (x * newton) / 2)
  }
  return x
}

/** From here on Student's t differs from the normal in the seventh digit only. */
const NORMAL_FROM_DEGREES = 1e7

/**
 * The t below which Student's variable with `degrees` of freedom lies with probability p; t(0.975,
 * 9) = 2.262157. Infinite, with the sign of p − ½, for p outside (0, 1) and for degrees not above
 * 0: without repetition nothing is bounded. By bisection, to the last digits.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  if (p === 0.5) return 0
  if (!(p < 1) || !(degrees > 0)) return Infinity
  if (degrees > NORMAL_FROM_DEGREES) return normalQuantile(p)
  const upperTail = (t: number) => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
  let high = 1
  while (upperTail(high) > 1 - p && high < 1e150) high *= 2
  let low = 0
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (upperTail(middle) > 1 - p) low = middle
    else high = middle
  }
  return high
}
