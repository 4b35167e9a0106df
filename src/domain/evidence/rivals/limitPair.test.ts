import { expect, test } from 'vitest'
import { newcombeDifference } from '../../stats/proportions.ts'
import { durationMs, epochMs } from '../../units.ts'
import type { EvidenceBins } from '../verdict/evidenceBins.ts'
import { limitPair } from './limitPair.ts'

/** Three stretches: only the first limit reached, only the second, neither. */
const LENGTHS = { one: 50, other: 40, neither: 300 }
const N = LENGTHS.one + LENGTHS.other + LENGTHS.neither
const isOne = Uint8Array.from({ length: N }, (_, i) => (i < LENGTHS.one ? 1 : 0))
const isOther = Uint8Array.from({ length: N }, (_, i) =>
  i >= LENGTHS.one && i < LENGTHS.one + LENGTHS.other ? 1 : 0,
)

const binsOf = (
  errorOf: (bin: number) => number,
  changed: Partial<EvidenceBins> = {},
): EvidenceBins => ({
  startMs: epochMs(0),
  binMs: durationMs(1_000),
  value: new Float64Array(N),
  limit: new Float64Array(N).fill(1),
  isObserved: new Uint8Array(N).fill(1),
  errors: Float64Array.from({ length: N }, (_, bin) => errorOf(bin)),
  attempts: new Float64Array(N).fill(2),
  errorsUncovered: 0,
  largestStep: 0,
  ...changed,
})
const atOne = (bin: number) => (bin < LENGTHS.one && bin % 2 === 0 ? 1 : 0)

test('errors in the bins of one limit alone speak for it, by Newcombe on the attempts there', () => {
  const bins = binsOf(atOne)
  const pair = limitPair(bins, isOne, bins, isOther)
  expect(pair).toEqual({
    binsOnlyOne: 50,
    binsOnlyOther: 40,
    difference: newcombeDifference(25, 100, 0, 80),
    better: 'one',
  })
  expect(limitPair(bins, isOther, bins, isOne).better).toBe('other')
})

test('errors that come in clusters where neither is reached widen the interval', () => {
  // One block in ten holds all errors of the quiet time.
  const clustered = binsOf((bin) => (bin >= 120 && bin < 150 ? 1 : atOne(bin)))
  const pair = limitPair(clustered, isOne, clustered, isOther)
  const alone = limitPair(binsOf(atOne), isOne, binsOf(atOne), isOther)
  expect(pair.difference!.value).toBeCloseTo(alone.difference!.value, 12)
  expect(pair.difference!.low).toBeLessThan(alone.difference!.low - 0.1)
  expect(pair.better).toBe('cannot-separate')
})

test('fewer than ten bins of its own cannot speak for a limit', () => {
  const bins = binsOf(atOne)
  const short = isOther.map((inBand, bin) => (bin < LENGTHS.one + 9 ? inBand : 0))
  expect(limitPair(bins, isOne, bins, short)).toEqual({
    binsOnlyOne: 50,
    binsOnlyOther: 9,
    difference: null,
    better: 'cannot-separate',
  })
})

test('bins that either did not observe, or without attempts, do not count', () => {
  const isObserved = new Uint8Array(N).fill(1).fill(0, 0, 10)
  const attempts = new Float64Array(N).fill(2).fill(0, 10, 20)
  const bins = binsOf(atOne, { attempts })
  const pair = limitPair(bins, isOne, binsOf(atOne, { isObserved, attempts }), isOther)
  expect(pair.binsOnlyOne).toBe(30)
})

test('where attempts are not known, each bin failed or did not', () => {
  const counts = binsOf((bin) => 3 * atOne(bin), { attempts: null })
  expect(limitPair(counts, isOne, counts, isOther).difference).toEqual(
    newcombeDifference(25, 50, 0, 40),
  )
})
