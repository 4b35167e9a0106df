import { fft } from './fft.ts'

/** Up to here one pass per run is cheaper than two transforms (evidence-methods §1.2). */
const MOST_RUNS = 64

/**
 * T[s] = Σ_i mask[i] · y[(i + s) mod n] for every shift s = 0 … n − 1: how well y, moved back by s
 * bins, falls on the mask. The mask may hold weights of either sign.
 *
 * The shorter of the two columns sets n; what is not finite counts as 0. Cost O(n · runs) for a
 * mask of at most 64 runs of equal value, else O(n log n) by Fourier transform. Both are exact to
 * about 1e−10 at n = 86 400 and shares of 0–1, so compare with a tolerance.
 */
export function circularSums(mask: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = Math.min(mask.length, y.length)
  const weights = new Float64Array(n)
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    weights[i] = Number.isFinite(mask[i]) ? mask[i]! : 0
    values[i] = Number.isFinite(y[i]) ? y[i]! : 0
  }
  const runs = runsOf(weights)
  return runs.length <= MOST_RUNS ? sumsByRuns(runs, values) : sumsByTransform(weights, values)
}

/** Equal neighbours [from, to) of a mask, those of weight 0 left out. */
type Run = { readonly from: number; readonly to: number; readonly weight: number }

function runsOf(weights: Float64Array): Run[] {
  const runs: Run[] = []
  let from = 0
  for (let to = 1; to <= weights.length; to++) {
    if (to < weights.length && weights[to] === weights[from]) continue
    if (weights[from] !== 0) runs.push({ from, to, weight: weights[from]! })
    from = to
  }
  return runs
}

function sumsByRuns(runs: readonly Run[], values: Float64Array): Float64Array {
  const n = values.length
  // Twice around, so that a run moved past the end is still one difference of prefix sums.
  const prefix = new Float64Array(2 * n + 1)
  for (let i = 0; i < 2 * n; i++) prefix[i + 1] = prefix[i]! + values[i % n]!
  const sums = new Float64Array(n)
  for (const { from, to, weight } of runs) {
    for (let s = 0; s < n; s++) sums[s]! += weight * (prefix[to + s]! - prefix[from + s]!)
  }
  return sums
}

function sumsByTransform(weights: Float64Array, values: Float64Array): Float64Array {
  const n = weights.length
  const size = 2 ** Math.ceil(Math.log2(2 * n))
  // Two real columns travel as one complex one: mask + i·y.
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  re.set(weights)
  im.set(values)
  fft(re, im)
  const productRe = new Float64Array(size)
  const productIm = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const mirror = (size - k) % size
    const maskRe = (re[k]! + re[mirror]!) / 2
    const maskIm = (im[k]! - im[mirror]!) / 2
    const yRe = (im[k]! + im[mirror]!) / 2
    const yIm = (re[mirror]! - re[k]!) / 2
    productRe[k] = maskRe * yRe + maskIm * yIm
    productIm[k] = maskRe * yIm - maskIm * yRe
  }
  fft(productIm, productRe)
  // Zero padding keeps the two ends apart: a shift of s is the linear lag s plus the one of s − n.
  const sums = new Float64Array(n)
  for (let s = 0; s < n; s++) {
    const wrapped = s === 0 ? 0 : productRe[size + s - n]!
    sums[s] = (productRe[s]! + wrapped) / size
  }
  return sums
}

/**
 * M[s] = the largest of sums[(s + l) mod n] over the lags from ≤ l ≤ to: the best a shift can do
 * when the lag is free. Lags may be negative; `to` below `from` means the one lag `from`. Cost O(n
 * · lags).
 */
export function slidingMax(sums: ArrayLike<number>, from: number, to: number): Float64Array {
  const n = sums.length
  const lags = Math.min(n, Math.max(0, to - from) + 1)
  const largest = new Float64Array(n).fill(-Infinity)
  const first = ((from % n) + n) % n
  for (let l = 0; l < lags; l++) {
    let index = (first + l) % n
    for (let s = 0; s < n; s++) {
      if (sums[index]! > largest[s]!) largest[s] = sums[index]!
      index = index + 1 === n ? 0 : index + 1
    }
  }
  return largest
}

/**
 * Sums of shares differ by rounding alone below this: such shifts are ties, and ties count against
 * us.
 */
const TIE = 1e-9

/**
 * The share of all n shifts, the identity included, that do at least as well as the identity: the
 * exact p of a circular shift test. Never 0; 1 where there is nothing to shift.
 * Source: Phipson & Smyth 2010, doi:10.2202/1544-6115.1585.
 */
export function shiftP(largest: ArrayLike<number>): number {
  if (largest.length === 0) return 1
  let asGood = 0
  for (let s = 0; s < largest.length; s++) if (largest[s]! >= largest[0]! - TIE) asGood += 1
  return asGood / largest.length
}
