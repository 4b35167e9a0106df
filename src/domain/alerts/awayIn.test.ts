import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { someMetric } from '#testing/someMetric.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { durationMs, epochMs, HOUR_MS, MINUTE_MS } from '../units.ts'
import { awayIn } from './awayIn.ts'
import { type AlertRecord, backtest } from './backtest.ts'
import { DEFAULT_RULES } from './defaultRules.ts'

const OPEN = someMetric('open', { group: 'connections', intervalMs: durationMs(60_000) })
const CALLS = someMetric('calls', { group: 'sessions', intervalMs: durationMs(60_000) })
const minute = (count: number) => epochMs(count * MINUTE_MS)

/** Ten minutes of a level that is asked every minute. */
const recordOf = (drawing: string, known: Partial<AlertRecord> = {}): AlertRecord => ({
  from: minute(0),
  to: minute(10),
  metrics: [OPEN],
  limits: new Map(),
  samples: [{ metric: OPEN.id, series: seriesFromText(drawing) }],
  errors: [],
  markers: [],
  lapses: null,
  leaksOf: null,
  ...known,
})

test('a silence in which nothing failed either is one of Tidemark’s own', () => {
  const record = recordOf('0m 1m 2m 8m 9m \n 1 1 1 1 1')
  expect(awayIn(record)).toEqual([{ from: minute(2), to: minute(8) }])
})

test('gap samples say that it ran and got nothing', () => {
  expect(awayIn(recordOf('0m 1m 2m 3m 4m 5m 6m 7m 8m 9m \n 1 1 1 - - - - - 1 1'))).toEqual([])
})

test('what comes after a failure may be a token that is gone: no stretch without Tidemark', () => {
  expect(awayIn(recordOf('0m 1m 2m 8m 9m \n 1 1 - 1 1'))).toEqual([])
  const refused = errorEvent({ at: epochMs(130_000), class: 'auth', source: 'monitor' })
  const drawing = '0m 1m 2m 8m 9m \n 1 1 1 1 1'
  expect(awayIn(recordOf(drawing, { errors: [refused] }))).toEqual([])
})

test('what another metric tells meanwhile is a sign of life', () => {
  const heard = seriesFromText('3m 4m 5m 6m 7m \n 1 1 1 1 1')
  const record = recordOf('0m 1m 2m 8m 9m \n 1 1 1 1 1', { metrics: [OPEN, CALLS] })
  const samples = [...record.samples, { metric: CALLS.id, series: heard }]
  expect(awayIn({ ...record, samples })).toEqual([])
})

test('it is away from the beginning, and to the end, where nothing stands there', () => {
  expect(awayIn(recordOf('4m 5m \n 1 1'))).toEqual([
    { from: minute(0), to: minute(4) },
    { from: minute(5), to: minute(10) },
  ])
  expect(awayIn(recordOf('0m \n -', { metrics: [] }))).toEqual([])
})

/** Two levels over three hours; `heard` says at which minutes they answer. */
function longRecord(heard: (metric: string, minute: number) => boolean): AlertRecord {
  const minutes = Array.from({ length: 180 }, (_, i) => i)
  return {
    ...recordOf('0m \n 1'),
    to: epochMs(3 * HOUR_MS),
    metrics: [OPEN, CALLS],
    samples: [OPEN.id, CALLS.id].map((metric) => {
      const at = minutes.filter((i) => heard(metric, i))
      const timeMs = Float64Array.from(at, (i) => minute(i))
      return { metric, series: { timeMs, value: timeMs.map(() => 1) } }
    }),
  }
}

const blindIn = (record: AlertRecord) =>
  backtest(record, DEFAULT_RULES).rules.find(({ rule }) => rule === 'blind')!.firings.length

test('a night without Tidemark is no blindness in a backtest, a silence that it heard is', () => {
  const record = longRecord((_, i) => i < 30 || i > 150)
  expect(blindIn(record)).toBe(1)
  expect(blindIn({ ...record, away: awayIn(record) })).toBe(0)
})

test('an alert that fires when Tidemark goes away fires on when it comes back', () => {
  const record = longRecord((_, i) => i < 30 || i > 150)
  const limits = new Map([[OPEN.id, [{ from: minute(0), value: 1, source: 'test' }]]])
  const { rules } = backtest({ ...record, limits, away: awayIn(record) }, DEFAULT_RULES)
  expect(rules.find(({ rule }) => rule === 'atLimit')!.firings).toMatchObject([{ endedAt: null }])
})

test('a metric that came later was not missed before, one that fell silent is', () => {
  const record = longRecord((metric, i) => metric === OPEN.id || i > 90)
  expect(blindIn(record)).toBe(1)
  expect(blindIn({ ...record, askedFrom: new Map([[CALLS.id, minute(91)]]) })).toBe(0)
  expect(blindIn(longRecord((metric, i) => metric === OPEN.id || i < 90))).toBe(1)
})

test('how far a backtest has come grows to the whole', () => {
  const shares: number[] = []
  backtest(
    longRecord(() => true),
    DEFAULT_RULES,
    (share) => shares.push(share),
  )
  expect(shares).toEqual([1 / 3, 2 / 3, 1])
})
