import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorEvent } from '../errors/errorEvent.ts'
import { durationMs, epochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units.ts'
import { burstGapMs, errorBursts } from './errorBursts.ts'
import { fullestStretch, roundPartMs } from './fullestStretch.ts'

const events = (...secs: readonly (readonly [sec: number, count: number])[]) =>
  secs.map(([sec, count]) =>
    errorEvent({ at: epochMs(1_000 * sec), class: 'capacity', source: 'feed', count }),
  )
const span = (lengthMs: number) => ({ from: epochMs(0), to: epochMs(lengthMs) })

test('a longer pause parts two bursts', () => {
  expect(errorBursts(events([1, 2], [11, 1], [22, 5]), durationMs(10_000))).toEqual([
    { from: 1_000, lastAt: 11_000, count: 3 },
    { from: 22_000, lastAt: 22_000, count: 5 },
  ])
})

test('the pause and the round length follow the window', () => {
  expect(burstGapMs(span(HOUR_MS))).toBe(MINUTE_MS)
  expect(burstGapMs(span(SECOND_MS))).toBe(10_000)
  expect(burstGapMs(span(100 * HOUR_MS))).toBe(10 * MINUTE_MS)
  expect(roundPartMs(span(105 * MINUTE_MS))).toBe(50_000)
  expect(roundPartMs(span(3 * HOUR_MS))).toBe(MINUTE_MS)
  expect(roundPartMs(span(0))).toBe(1_000)
})

test('the fullest stretch may begin at any failure', () => {
  expect(fullestStretch(events([9, 1], [12, 2], [18, 2], [23, 1]), durationMs(10_000))).toEqual({
    from: 9_000,
    count: 5,
  })
  expect(fullestStretch([], durationMs(10_000))).toBeNull()
})

test('no stretch of that length holds more, and bursts add up', () => {
  const sorted = fc
    .array(fc.tuple(fc.nat(120), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 30 })
    .map((all) => all.toSorted(([one], [other]) => one - other))
  fc.assert(
    fc.property(sorted, fc.integer({ min: 1, max: 40 }), (all, sec) => {
      const lengthMs = durationMs(1_000 * sec)
      const found = fullestStretch(events(...all), lengthMs)!
      const from = (start: number) =>
        all
          .filter(([at]) => at >= start && at < start + sec)
          .reduce((sum, [, count]) => sum + count, 0)
      expect(found.count).toBe(Math.max(...all.map(([at]) => from(at))))
      expect(from(found.from / 1_000)).toBe(found.count)
      const bursts = errorBursts(events(...all), lengthMs)
      expect(bursts.reduce((sum, { count }) => sum + count, 0)).toBe(
        all.reduce((sum, [, count]) => sum + count, 0),
      )
    }),
  )
})
