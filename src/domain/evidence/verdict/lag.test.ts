import { expect, test } from 'vitest'
import { seededRandom } from '../../stats/random.ts'
import type { ActiveBins } from './activeBins.ts'
import { lagOf, lagProfile } from './lag.ts'

/** Bins at the limit where `isAtLimit` says so, two attempts each. */
function binsWith(n: number, isAtLimit: (i: number) => boolean, errorsIn: (i: number) => number) {
  const errors = Float64Array.from({ length: n }, (_, i) => errorsIn(i))
  return {
    value: Float64Array.from({ length: n }, (_, i) => (isAtLimit(i) ? 100 : 50)),
    limit: new Float64Array(n).fill(100),
    lowest: new Float64Array(n).fill(50),
    atLimit: Uint8Array.from({ length: n }, (_, i) => (isAtLimit(i) ? 1 : 0)),
    errors,
    attempts: new Float64Array(n).fill(2),
    share: errors.map((count) => count / 2),
  } satisfies ActiveBins
}

const isPulse = (i: number) => (i >= 30 && i < 50) || (i >= 80 && i < 95)
const STRAY = (i: number) => (i === 10 ? 1 : 0)

const logLikelihoodAt = (bins: ActiveBins, lag: number) => {
  const { first, logLikelihood } = lagProfile(bins, bins.atLimit)!
  return logLikelihood[lag - first]!
}

test('errors that move with the limit have no lag, errors four bins later have four', () => {
  const at = (d: number) => binsWith(120, isPulse, (i) => (isPulse(i - d) ? 2 : STRAY(i)))
  // The set holds one lag; the interval is a bin wider on either side.
  expect(lagOf(at(0))).toEqual({ value: 0, low: -1, high: 1, isRough: false })
  expect(lagOf(at(4))).toEqual({ value: 4, low: 3, high: 5, isRough: false })
  expect(logLikelihoodAt(at(4), 3)).toBeCloseTo(-31.2135, 4)
  expect(logLikelihoodAt(at(4), 4)).toBe(0)
})

test('errors in every second bin, four bins late, are found four bins late', () => {
  const bins = binsWith(120, isPulse, (i) => {
    const isLate = (i >= 34 && i <= 52) || (i >= 84 && i <= 98)
    return isLate && i % 2 === 0 ? 1 : STRAY(i)
  })
  expect(lagOf(bins)?.value).toBe(4)
  expect(logLikelihoodAt(bins, 4)).toBeCloseTo(-39.9033, 4)
})

test('a slow ramp gives a rough lag that covers band entry and wall', () => {
  const n = 600
  const bins = binsWith(
    n,
    (i) => i >= 300,
    () => 0,
  )
  for (let i = 0; i < n; i++) bins.value[i] = Math.min(1_000, 990 + (i - 300) / 3)
  bins.limit.fill(1_000)
  const random = seededRandom(3)
  for (let i = 330; i < n; i++) bins.errors[i] = Number(random() < 0.6) + Number(random() < 0.6)
  const lag = lagOf(bins)!
  expect(lag.isRough).toBe(true)
  expect(lag.low).toBeLessThanOrEqual(0)
  expect(lag.high).toBeGreaterThanOrEqual(30)
})

test('no errors, no limit reached, or too short a window give no lag', () => {
  expect(lagOf(binsWith(120, isPulse, () => 0))).toBeNull()
  expect(
    lagOf(
      binsWith(
        120,
        () => false,
        () => 1,
      ),
    ),
  ).toBeNull()
  expect(
    lagOf(
      binsWith(
        120,
        () => true,
        () => 1,
      ),
    ),
  ).toBeNull()
  expect(lagOf(binsWith(40, isPulse, () => 1))).toBeNull()
  expect(lagOf(binsWith(0, isPulse, () => 1))).toBeNull()
})

test('by simulation the interval holds the true lag on pulses', () => {
  const random = seededRandom(4_711)
  const isAtLimit = (i: number) => i % 120 >= 60 && i % 120 < 100
  const failures = (share: number) => Number(random() < share) + Number(random() < share)
  let held = 0
  for (let run = 0; run < 100; run++) {
    const truth = [0, 3, 10][run % 3]!
    const bins = binsWith(600, isAtLimit, (i) => failures(isAtLimit(i - truth) ? 0.3 : 0.01))
    const lag = lagOf(bins)
    if (lag && lag.low <= truth && truth <= lag.high) held += 1
  }
  expect(held).toBeGreaterThanOrEqual(93)
})
