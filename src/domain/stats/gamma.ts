/** Coefficients B₂ₖ / (2k·(2k−1)) of Stirling's series, k = 1 … 7. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]
/** From here seven terms of the series are exact to a double's last digits. */
const STIRLING_FROM = 12

/** Stirling's remainder: ln Γ(x) less (x − ½)·ln x − x + ½·ln 2π. Meant for x from 12 on. */
function stirlingRest(x: number): number {
  const inverse = 1 / (x * x)
  return STIRLING.reduceRight((sum, term) => sum * inverse + term, 0) / x
}

/**
 * ln Γ(x), which is ln (x − 1)! for whole x. ∞ for x ≤ 0 and whatever is no number.
 * Stirling's series, below 12 after moving x up by Γ(x + 1) = x·Γ(x). About 14 digits.
 */
export function logGamma(x: number): number {
  if (!(x > 0) || x === Infinity) return Infinity
  let product = 1
  let moved = x
  for (; moved < STIRLING_FROM; moved += 1) product *= moved
  const series = (moved - 0.5) * Math.log(moved) - moved + 0.5 * Math.log(2 * Math.PI)
  return series + stirlingRest(moved) - Math.log(product)
}

/**
 * ln of "n choose k"; −∞ where there is no such choice (k below 0 or above n). Fractions are read
 * through Γ.
 */
export function logChoose(n: number, k: number): number {
  if (!(k >= 0 && k <= n) || n === Infinity) return -Infinity
  if (k === 0 || k === n) return 0
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

/** No double changes any more when a factor differs from 1 by less. */
const EPSILON = 2 ** -52
/** Stands for 0 in Lentz's method, where a denominator may vanish. */
const TINY = 1e-300

/**
 * The regularised incomplete beta function I_x(a, b), 0–1: the distribution function of a beta
 * variable, and through it of Student's t and of the binomial. a and b above 0 (else the limit: all
 * weight at 0 for a ≤ 0, at 1 for b ≤ 0); x is kept within 0–1. Cost grows like √max(a, b).
 * Source: continued fraction DLMF 8.17.22, evaluated by the modified method of Lentz.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0)) return 1
  if (!(b > 0) || !(x > 0)) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side of the mean only; the other side is its mirror.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const logFront =
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)
  return Math.min(1, (Math.exp(logFront) / a) * betaFraction(x, a, b))
}

/** The reciprocal of 1 + d₁/(1 + d₂/(1 + …)), with the coefficients of DLMF 8.17.23. */
function betaFraction(x: number, a: number, b: number): number {
  const most = 200 + 20 * Math.ceil(Math.sqrt(Math.max(a, b)))
  const orTiny = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let fraction = 1
  let upper = 1
  let lower = 0
  for (let step = 1; step <= most; step++) {
    const m = Math.floor(step / 2)
    const term =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    lower = 1 / orTiny(1 + term * lower)
    upper = orTiny(1 + term / upper)
    fraction *= upper * lower
    if (Math.abs(upper * lower - 1) < EPSILON) break
  }
  return 1 / fraction
}
