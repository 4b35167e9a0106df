import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { durationMs, epochMs } from '../units.ts'
import { atLimitCount, type Stretch, stretchesOf } from './atLimit.ts'

const STEP_MS = 2_000
const gapAfter = durationMs(5_000)

/** Samples two seconds apart from 0 on; `-` leaves one out, `x` is a known gap. */
function samples(text: string): Series {
  const cells = text.trim().split(/\s+/)
  const kept = cells.flatMap((cell, i) =>
    cell === '-' ? [] : [[i * STEP_MS, cell === 'x' ? NaN : Number(cell)] as const],
  )
  return {
    timeMs: Float64Array.from(kept, ([at]) => at),
    value: Float64Array.from(kept, ([, value]) => value),
  }
}

const limit = (value: number | null, from = 0): LimitSteps => [
  { from: epochMs(from), value, source: 'test' },
]

const stretches = (text: string, limits: LimitSteps, to = 20_000) =>
  stretchesOf(samples(text), limits, gapAfter, epochMs(0), epochMs(to))

const drawn = (list: readonly Stretch[]) =>
  list.map(({ state, from, to, seenAt }) => `${state} ${from}–${to} seen ${seenAt}`)

const seen = (list: readonly Stretch[]) =>
  list.filter(({ state }) => state === 'atLimit').map(({ seenAt, lastAt }) => `${seenAt}–${lastAt}`)

test('the limit is reached between the sample below it and the first one at it', () => {
  expect(drawn(stretches('40 45 50 50 50 30 20', limit(50), 12_000))).toEqual([
    'below 0–2000 seen 0',
    'atLimit 2000–10000 seen 4000',
    'below 10000–12000 seen 10000',
  ])
})

test('how long it was at the limit runs from the first sample there to the last', () => {
  expect(seen(stretches('40 50 50 50 30 30 50 30', limit(50), 16_000))).toEqual([
    '2000–6000',
    '12000–12000',
  ])
  expect(seen(stretches('40 50 50 - - - -', limit(50), 14_000))).toEqual(['2000–4000'])
})

test('a dip of a single sample does not part two stretches', () => {
  expect(seen(stretches('50 50 30 50 50', limit(50), 8_000))).toEqual(['0–8000'])
})

test('98 % of the limit is at the limit', () => {
  expect(drawn(stretches('97 98', limit(100), 4_000)).at(-1)).toBe('atLimit 0–4000 seen 2000')
  expect(drawn(stretches('97 97', limit(100), 4_000))).toEqual(['below 0–4000 seen 0'])
})

test('what lies between samples too far apart, and beyond the last, is unknown', () => {
  expect(drawn(stretches('50 50 - - - 50', limit(50), 20_000))).toEqual([
    'atLimit 0–7000 seen 0',
    'unknown 7000–10000 seen 7000',
    'atLimit 10000–15000 seen 10000',
    'unknown 15000–20000 seen 15000',
  ])
})

test('a known gap is not bridged', () => {
  expect(drawn(stretches('50 x 50', limit(50), 4_000))).toEqual(['unknown 0–4000 seen 2000'])
})

test('each sample is judged by the limit in force at its time', () => {
  const raised: LimitSteps = [...limit(50), ...limit(100, 5_000)]
  expect(drawn(stretches('50 50 50 50 50', raised, 10_000))).toEqual([
    'atLimit 0–6000 seen 0',
    'below 6000–10000 seen 6000',
  ])
})

test('with no limit known nothing is at it and nothing is below it', () => {
  expect(drawn(stretches('50 50 50', limit(null), 6_000))).toEqual(['unknown 0–6000 seen 0'])
  expect(drawn(stretches('50 50 50', [], 6_000))).toEqual(['unknown 0–6000 seen 0'])
})

test('no samples at all leave the whole window unknown', () => {
  expect(drawn(stretches('-', limit(50), 6_000))).toEqual(['unknown 0–6000 seen 0'])
})

test('refusals are counted at the limit, below it and where nothing is known', () => {
  const refusedAt = [1_000, 3_000, 5_000, 5_500, 19_000]
  const count = atLimitCount(
    stretches('40 45 50 50 50 30', limit(50)),
    (from, to, bins) =>
      Array.from({ length: bins }, (_, i) => {
        const width = (to - from) / bins
        return refusedAt.filter((at) => at >= from + i * width && at < from + (i + 1) * width)
          .length
      }),
    durationMs(STEP_MS),
  )
  expect(count).toMatchObject({
    refused: 5,
    refusedBelow: 1,
    refusedAtLimit: 3,
    refusedUnknown: 1,
    atLimitMs: 4_000,
    quietAtLimitMs: 2_000,
    coverage: 0.75,
  })
  expect(count.newest).toMatchObject({ seenAt: 4_000, lastAt: 8_000, to: 10_000 })
})

const anySeries = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 12_000 }),
      value: fc.oneof(fc.constant(NaN), fc.integer({ min: 0, max: 60 })),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let at = -5_000
    return {
      timeMs: Float64Array.from(steps, ({ step }) => (at += step)),
      value: Float64Array.from(steps, ({ value }) => value),
    }
  })

test('stretches cover the window without hole or overlap, and no two neighbours are alike', () => {
  fc.assert(
    fc.property(anySeries, (series) => {
      const list = stretchesOf(series, limit(50), gapAfter, epochMs(0), epochMs(60_000))
      expect(list[0]!.from).toBe(0)
      expect(list.at(-1)!.to).toBe(60_000)
      for (const [i, stretch] of list.entries()) {
        expect(stretch.to).toBeGreaterThan(stretch.from)
        const next = list[i + 1]
        if (!next) continue
        expect(next.from).toBe(stretch.to)
        expect(next.state).not.toBe(stretch.state)
      }
    }),
  )
})

test('every refusal of the window is counted exactly once', () => {
  fc.assert(
    fc.property(anySeries, fc.array(fc.integer({ min: 0, max: 59_999 })), (series, refusedAt) => {
      const list = stretchesOf(series, limit(50), gapAfter, epochMs(0), epochMs(60_000))
      const count = atLimitCount(
        list,
        (from, to, bins) => {
          const counts = new Float64Array(bins)
          for (const at of refusedAt)
            if (at >= from && at < to)
              counts[Math.min(bins - 1, Math.floor(((at - from) / (to - from)) * bins))]! += 1
          return counts
        },
        durationMs(STEP_MS),
      )
      expect(count.refused).toBe(refusedAt.length)
      expect(count.quietAtLimitMs).toBeLessThanOrEqual(count.atLimitMs + 1e-6)
    }),
  )
})
