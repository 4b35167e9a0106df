import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { durationMs, MINUTE_MS } from '../units.ts'
import { gapAfterMs } from './freshness.ts'
import { atKeptPace } from './keptPace.ts'

const metric = someMetric('connections.open', { intervalMs: MINUTE_MS })
const paceIn = (text: string) => atKeptPace(metric, seriesFromText(text)).intervalMs! / MINUTE_MS

test('samples that were kept at a slower pace say so, also beside faster ones', () => {
  expect(paceIn(`0m 5m 10m 15m 20m\n 1 2 3 4 5`)).toBe(5)
  expect(paceIn(`0m 5m 10m 15m 16m 17m 18m\n 1 2 3 4 5 6 7`)).toBe(5)
})

test('single gaps, marked or not, are none of it', () => {
  expect(paceIn(`0m 1m 2m 9m 10m 11m\n 1 2 3 4 5 6`)).toBe(1)
  expect(paceIn(`0m 5m 10m 15m 20m\n 1 - 3 - 5`)).toBe(1)
  expect(paceIn(`0m 5m 10m\n 1 2 3`)).toBe(1)
})

test('a metric that is watched at its own pace stays the same, as does what comes as it comes', () => {
  const watched = seriesFromText(`0m 1m 2m 3m 4m\n 1 2 3 4 5`)
  expect(atKeptPace(metric, watched)).toBe(metric)
  const file = { ...metric, intervalMs: null }
  expect(atKeptPace(file, seriesFromText(`0m 5m 10m 15m\n 1 2 3 4`))).toBe(file)
})

test('the pace is never slower than the longest distance, nor told where it would be a gap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_000, max: 900_000 }), { maxLength: 40 }),
      (distances) => {
        let at = 0
        const timeMs = Float64Array.from([0, ...distances].map((distance) => (at += distance)))
        const { intervalMs } = atKeptPace(metric, { timeMs, value: timeMs.map(() => 1) })
        expect(intervalMs!).toBeLessThanOrEqual(Math.max(MINUTE_MS, ...distances))
        if (intervalMs !== metric.intervalMs)
          expect(intervalMs!).toBeGreaterThan(gapAfterMs(durationMs(MINUTE_MS)))
      },
    ),
  )
})
