import fc from 'fast-check'
import { expect, test } from 'vitest'
import { horizonsAt } from '../retention.ts'
import { DAY_MS, epochMs, HOUR_MS, later, MINUTE_MS } from '../units.ts'
import { historyPageOf, historySpan, OLDEST_PAGE, stepAt, stepsOf } from './historySpan.ts'

const NOW = epochMs(Date.UTC(2026, 10, 29, 18, 20))
const anyNow = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((at) => epochMs(at))
const anyPage = fc.integer({ min: 0, max: OLDEST_PAGE })

test('the newest page is the last 336 hours, up to the end of the one that runs', () => {
  const span = historySpan(NOW, 0)
  expect(span.to).toBe(Date.UTC(2026, 10, 29, 19))
  expect(span.from).toBe(Date.UTC(2026, 10, 15, 19))
  expect(stepsOf(span)).toBe(336)
})

test('a full hour begins a new one', () => {
  const onTheHour = epochMs(Date.UTC(2026, 10, 29, 19))
  expect(historySpan(onTheHour, 0).to).toBe(Date.UTC(2026, 10, 29, 20))
})

test('pages before it are in steps of six hours of UTC', () => {
  const span = historySpan(NOW, 1)
  expect(span.to).toBe(Date.UTC(2026, 10, 16, 0))
  expect(stepsOf(span)).toBe(56)
})

test('pages leave no time out, begin on a step, and reach to where the history ends', () => {
  fc.assert(
    fc.property(anyNow, anyPage, (now, page) => {
      const span = historySpan(now, page)
      expect(span.from % span.stepMs).toBe(0)
      expect(span.to % span.stepMs).toBe(0)
      expect(span.to - span.from).toBe(14 * DAY_MS)
      if (page > 0) expect(span.to).toBeGreaterThanOrEqual(historySpan(now, page - 1).from)
      expect(historySpan(now, OLDEST_PAGE).from).toBeLessThanOrEqual(horizonsAt(now).all)
    }),
  )
})

test('an instant is on the page that is found for it', () => {
  const age = fc.integer({ min: 0, max: 396 * DAY_MS })
  fc.assert(
    fc.property(anyNow, age, (now, ageMs) => {
      const at = later(now, -ageMs)
      const span = historySpan(now, historyPageOf(at, now))
      const step = stepAt(span, at)
      expect(step).toBeGreaterThanOrEqual(0)
      expect(step).toBeLessThan(stepsOf(span))
    }),
  )
  expect(historyPageOf(later(NOW, -400 * DAY_MS), NOW)).toBe(OLDEST_PAGE)
  expect(historyPageOf(later(NOW, HOUR_MS), NOW)).toBe(0)
  expect(historyPageOf(later(NOW, -20 * DAY_MS + MINUTE_MS), NOW)).toBe(1)
})
