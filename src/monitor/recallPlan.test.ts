import { expect, test } from 'vitest'
import { DAY_MS, epochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { recallPlan } from './recallPlan.ts'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 20))
const ago = (ms: number) => epochMs(NOW - ms)

test('two days of the last fortnight are read as samples', () => {
  const from = ago(10 * DAY_MS)
  expect(recallPlan(from, ago(8 * DAY_MS), NOW)).toEqual({ summaries: null, samplesFrom: from })
})

test('an hour of last month is read in minutes, and has no samples', () => {
  const { summaries, samplesFrom } = recallPlan(ago(30 * DAY_MS), ago(30 * DAY_MS - HOUR_MS), NOW)
  expect(summaries).toEqual({
    from: epochMs(Date.UTC(2026, 7, 18, 12, 30)),
    to: epochMs(Date.UTC(2026, 7, 18, 13, 31)),
    stepMs: MINUTE_MS,
    isPruned: true,
  })
  expect(samplesFrom).toBe(summaries!.to)
})

test('a short window over the edge of the samples is read as samples where they are kept', () => {
  const { summaries, samplesFrom } = recallPlan(ago(15 * DAY_MS), ago(13.5 * DAY_MS), NOW)
  const edge = epochMs(Date.UTC(2026, 8, 3, 12, 31))
  expect(summaries).toMatchObject({ to: edge, stepMs: MINUTE_MS, isPruned: true })
  expect(samplesFrom).toBe(edge)
})

test('a long window is read in steps up to the last day, which is at hand', () => {
  expect(recallPlan(ago(3 * DAY_MS), NOW, NOW)).toEqual({
    summaries: {
      from: epochMs(Date.UTC(2026, 8, 14, 12, 30)),
      to: epochMs(Date.UTC(2026, 8, 16, 12, 31)),
      stepMs: MINUTE_MS,
      isPruned: false,
    },
    samplesFrom: Infinity,
  })
})

test('thirteen months are read in steps of two hours', () => {
  const { summaries } = recallPlan(ago(396 * DAY_MS), NOW, NOW)
  expect(summaries).toMatchObject({
    from: epochMs(Date.UTC(2025, 7, 17, 12, 0)),
    to: epochMs(Date.UTC(2026, 8, 16, 14, 0)),
    stepMs: 2 * HOUR_MS,
  })
})
