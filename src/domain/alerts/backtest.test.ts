import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { someMetric } from '#testing/someMetric.ts'
import { timesAsLong } from '#testing/timesAsLong.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { DAY_MS, durationMs, epochMs, MINUTE_MS } from '../units.ts'
import { type AlertRecord, backtest } from './backtest.ts'
import { DEFAULT_RULES } from './defaultRules.ts'
import { unjudgedOf } from './unjudged.ts'

const OPEN = someMetric('open', { group: 'connections', intervalMs: durationMs(10_000) })
const EVERY_MS = 30_000

/** Days of a level that goes up to its limit for twenty minutes every six hours, with refusals there. */
function daysOf(days: number): AlertRecord {
  const count = (days * DAY_MS) / EVERY_MS
  const timeMs = Float64Array.from({ length: count }, (_, i) => i * EVERY_MS)
  const isFull = (at: number) => at % (DAY_MS / 4) < 20 * MINUTE_MS
  return {
    from: epochMs(0),
    to: epochMs(days * DAY_MS),
    metrics: [{ ...OPEN, intervalMs: durationMs(EVERY_MS) }],
    limits: new Map([[OPEN.id, [{ from: epochMs(0), value: 100, source: 'test' }]]]),
    samples: [
      { metric: OPEN.id, series: { timeMs, value: timeMs.map((at) => (isFull(at) ? 100 : 30)) } },
    ],
    errors: [...timeMs]
      .filter(isFull)
      .map((at) => errorEvent({ at: epochMs(at), class: 'capacity', source: 'feed', count: 2 })),
    markers: [],
    lapses: [],
    leaksOf: OPEN.id,
  }
}

test('it tells how often, how long in all and how long at most', () => {
  const { rules, messages } = backtest(daysOf(2), DEFAULT_RULES)
  const wall = rules.find(({ rule }) => rule === 'atLimit')!
  expect(wall.firings).toHaveLength(8)
  // Twenty minutes, the samples that clear, and a quarter of an hour that it is kept.
  expect(wall.longestMs).toBeGreaterThanOrEqual(35 * MINUTE_MS)
  expect(wall.longestMs).toBeLessThanOrEqual(37 * MINUTE_MS)
  expect(wall.totalMs).toBe(8 * wall.longestMs)
  expect(messages.filter(({ lines }) => lines.some(({ kind }) => kind === 'fired'))).toHaveLength(8)
})

test('one that still fires at the end of the record has no end, and counts until then', () => {
  const record = daysOf(1)
  const to = epochMs(DAY_MS / 4 + 5 * MINUTE_MS)
  const [wall] = backtest({ ...record, to }, DEFAULT_RULES).rules
  expect(wall!.firings.map(({ endedAt }) => endedAt === null)).toEqual([false, true])
  expect(wall!.totalMs).toBe(wall!.longestMs + 5 * MINUTE_MS)
})

test('a rule on three days is not judged before the third is over', () => {
  const slow = (days: number) =>
    backtest(daysOf(days), DEFAULT_RULES).rules.find(({ rule }) => rule === 'slowRefusals')!
  expect(slow(2.9).firings).toEqual([])
  expect(slow(4).firings).toHaveLength(1)
})

test('it says for how long a metric was not measured, or had no limit', () => {
  const series = seriesFromText('0s 10s 20s 60s 70s \n 5 5 - 5 5')
  const limits = [{ from: epochMs(65_000), value: 100, source: 'test' }]
  const window = { from: 0, to: 100_000 }
  // 0 to 20, and 60 to 95, since a sample reaches 25 s; the limit is known at the last one alone.
  expect(unjudgedOf(OPEN, series, limits, window)).toEqual({
    metric: OPEN.id,
    gapMs: 45_000,
    noLimitMs: 30_000,
  })
})

test('an empty record gives nothing and no exception', () => {
  const empty: AlertRecord = { ...daysOf(1), to: epochMs(0), samples: [], errors: [] }
  const { rules, messages } = backtest(empty, DEFAULT_RULES)
  expect(rules.flatMap(({ firings }) => firings)).toEqual([])
  expect(messages).toEqual([])
})

test('twice the record takes at most three times as long', () => {
  const [one, two] = [daysOf(0.5), daysOf(1)]
  const ratio = timesAsLong(
    () => backtest(one, DEFAULT_RULES),
    () => backtest(two, DEFAULT_RULES),
    20,
  )
  expect(ratio).toBeLessThan(3)
})
