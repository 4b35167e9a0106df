import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, durationMs, HOUR_MS, MINUTE_MS } from '../units.ts'
import { type BurnTier, burnFactor, burnRate, tierProblem, tierSays } from './burnRate.ts'

const hours = (count: number) => durationMs(count * HOUR_MS)
const TIER: BurnTier = {
  longMs: HOUR_MS,
  shortMs: durationMs(5 * MINUTE_MS),
  budgetUsed: 0.02,
  leastLong: 10,
  leastShort: 5,
}

test.each([
  [hours(1), 0.02, 14.4],
  [hours(6), 0.05, 6],
  [durationMs(3 * DAY_MS), 0.1, 1],
])('over %s ms, %s of the budget is gone at a pace of %s', (longMs, budgetUsed, factor) => {
  expect(burnFactor({ longMs, budgetUsed })).toBe(factor)
})

test('at 99.9 %, an hour with 1.44 % errors burns exactly 14.4 times as fast as allowed', () => {
  expect(burnRate({ errors: 144, attempts: 10_000 }, 0.001)).toBe(14.4)
})

test('exactly the pace does not exceed it, one failure more does', () => {
  const at = { errors: 144, attempts: 10_000 }
  const above = { errors: 145, attempts: 10_000 }
  expect(tierSays(TIER, 0.001, at, at)).toBe('between')
  expect(tierSays(TIER, 0.001, above, above)).toBe('fire')
})

test('both windows must exceed', () => {
  const calm = { errors: 0, attempts: 1_000 }
  const bad = { errors: 300, attempts: 1_000 }
  expect(tierSays(TIER, 0.001, bad, calm)).toBe('clear')
  expect(tierSays(TIER, 0.001, calm, bad)).toBe('between')
  expect(tierSays(TIER, 0.001, bad, bad)).toBe('fire')
})

test('a tiny denominator is no share: one of two is not half of all', () => {
  const tiny = { errors: 1, attempts: 2 }
  expect(burnRate(tiny, 0.001)).toBe(500)
  expect(tierSays(TIER, 0.001, tiny, tiny)).toBe('between')
})

test('without attempts, or with fewer than failed, counts have to do', () => {
  expect(burnRate({ errors: 3, attempts: null }, 0.001)).toBeNull()
  expect(burnRate({ errors: 3, attempts: 0 }, 0.001)).toBeNull()
  expect(burnRate({ errors: 3, attempts: 2 }, 0.001)).toBeNull()
  const count = (errors: number) => ({ errors, attempts: null })
  expect(tierSays(TIER, 0.001, count(10), count(5))).toBe('fire')
  expect(tierSays(TIER, 0.001, count(10), count(4))).toBe('between')
  expect(tierSays(TIER, 0.001, count(9), count(9))).toBe('between')
  expect(tierSays(TIER, 0.001, count(10), count(2))).toBe('clear')
})

test('more failures never make it quieter', () => {
  const rank = { clear: 0, between: 1, fire: 2 }
  const any = fc.nat(500)
  fc.assert(
    fc.property(
      any,
      any,
      fc.integer({ min: 1_000, max: 5_000 }),
      any,
      (long, short, attempts, more) => {
        const says = (extra: number) =>
          rank[
            tierSays(
              TIER,
              0.001,
              { errors: long + extra, attempts },
              { errors: short + extra, attempts },
            )
          ]
        expect(says(more)).toBeGreaterThanOrEqual(says(0))
      },
    ),
  )
})

test.each<[Partial<BurnTier>, RegExp]>([
  [{ shortMs: durationMs(1_000) }, /20 s/],
  [{ longMs: durationMs(1_000) }, /as long as the short one/],
  [{ longMs: durationMs(31 * DAY_MS), shortMs: durationMs(DAY_MS) }, /30 days/],
  [{ budgetUsed: 0 }, /share/],
  [{ leastLong: 0 }, /At least one/],
])('%o is told as a mistake', (wrong, words) => {
  expect(tierProblem({ ...TIER, ...wrong })).toMatch(words)
  expect(tierProblem(TIER)).toBeNull()
})
