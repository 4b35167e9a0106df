import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { someMetric } from '#testing/someMetric.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import type { LimitStep } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { oneSample } from '../series/series.ts'
import { durationMs, epochMs, metricId, MINUTE_MS } from '../units.ts'
import { advanceAlerts, SETTLE_MS } from './advanceAlerts.ts'
import type { AlertEvent } from './alert.ts'
import type { AlertNews } from './alertNews.ts'
import type { AlertRule } from './alertRule.ts'
import {
  acknowledged,
  activeAlerts,
  type AlertsState,
  listeningAgain,
  NO_ALERTS,
} from './alertsState.ts'
import { type AlertRecord, backtest } from './backtest.ts'
import type { Lapse } from './blindness.ts'

const seconds = (count: number) => durationMs(count * 1_000)
const OPEN = someMetric('open', { group: 'connections', intervalMs: seconds(10) })
const CALLS = someMetric('calls', { group: 'sessions', intervalMs: seconds(10) })
const ATTEMPTS = someMetric('attempts', { kind: 'count', intervalMs: seconds(10) })
const HUNDRED: LimitStep = { from: epochMs(0), value: 100, source: 'test' }
const limits = new Map([
  [OPEN.id, [HUNDRED]],
  [CALLS.id, [HUNDRED]],
])

const common = { severity: 'warn', isStop: false, isOn: true } as const
const LEVEL: AlertRule = {
  ...common,
  id: 'level',
  name: 'Near',
  holdMs: seconds(20),
  keepFiringMs: seconds(30),
  kind: 'level',
  metric: null,
  levels: { fireAt: 0.9, clearBelow: 0.85, clearSamples: 2 },
}
const FAILURES: AlertRule = {
  ...common,
  id: 'failures',
  name: 'Refusals',
  holdMs: seconds(0),
  keepFiringMs: seconds(60),
  kind: 'failures',
  classes: ['capacity'],
  basis: 'share',
  budget: 0.01,
  tiers: [
    { longMs: seconds(600), shortMs: MINUTE_MS, budgetUsed: 0.002, leastLong: 5, leastShort: 3 },
  ],
}
const BLIND: AlertRule = {
  ...common,
  id: 'blind',
  name: 'Blind',
  holdMs: seconds(120),
  keepFiringMs: seconds(60),
  kind: 'blind',
}
const RULES = [LEVEL, FAILURES, BLIND]

const NO_NEWS: AlertNews = {
  metrics: [OPEN, CALLS],
  limits,
  samples: [],
  errors: [],
  lapses: [],
  leaks: [],
}
const LISTENING = listeningAgain(NO_ALERTS, epochMs(0))

const sampled = (metric: Metric, text: string) => ({
  metric: metric.id,
  series: seriesFromText(text),
})
const at = (sec: number) => epochMs(sec * 1_000)
const told = (events: readonly AlertEvent[]) =>
  events
    .filter(({ kind }) => kind !== 'changed')
    .map(({ kind, at: when, alert }) => `${when / 1_000} ${kind} ${alert.metric ?? alert.cause}`)

/** The events of news that come all at once, up to an instant. */
function play(news: Partial<AlertNews>, toSec: number, rules: readonly AlertRule[] = RULES) {
  return advanceAlerts(LISTENING, rules, { ...NO_NEWS, ...news }, at(toSec))
}

test('every metric with a limit has an alert of its own, and one without is not judged', () => {
  const free = someMetric('free', { intervalMs: seconds(10) })
  const line = '0s 10s 20s \n 95 95 95'
  const samples = [sampled(OPEN, line), sampled(CALLS, line), sampled(free, line)]
  const { events } = play({ metrics: [OPEN, CALLS, free], samples }, 20)
  expect(told(events)).toEqual(['20 fired open', '20 fired calls'])
})

test('a rule on one metric leaves the others alone, and queues are left out of a rule on all', () => {
  const line = '0s 10s 20s \n 95 95 95'
  const samples = [sampled(OPEN, line), sampled(CALLS, line)]
  const one = { ...LEVEL, metric: CALLS.id }
  expect(told(play({ samples }, 20, [one]).events)).toEqual(['20 fired calls'])
  const queue = { ...CALLS, group: 'queue' } as const
  expect(told(play({ samples, metrics: [OPEN, queue] }, 20, [LEVEL]).events)).toEqual([
    '20 fired open',
  ])
})

test('a rule that is switched off ends what it had firing, and says so', () => {
  const { state } = play({ samples: [sampled(OPEN, '0s 10s 20s \n 95 95 95')] }, 20)
  const off = RULES.map((rule) => ({ ...rule, isOn: false }))
  const next = advanceAlerts(state, off, NO_NEWS, at(25))
  expect(next.events).toMatchObject([{ kind: 'ended', reason: 'ruleOff', at: 25_000 }])
  expect(activeAlerts(next.state)).toEqual([])
})

test('an acknowledged alert goes on, and the next one is a new one', () => {
  const firing = play({ samples: [sampled(OPEN, '0s 10s 20s \n 95 95 95')] }, 20).state
  const [alert] = activeAlerts(firing)
  const seen = acknowledged(firing, alert!.id, 'Ada', at(22))
  expect(activeAlerts(seen)).toMatchObject([{ acknowledged: { by: 'Ada', at: 22_000 } }])
  expect(acknowledged(firing, 'another', 'Ada', at(22))).toBe(firing)
  const samples = [
    sampled(OPEN, '30s 40s 50s 60s 70s 80s 90s 100s 110s 120s \n 10 10 10 10 10 10 10 95 95 95'),
  ]
  const next = advanceAlerts(seen, RULES, { ...NO_NEWS, samples }, at(120))
  expect(told(next.events)).toEqual(['70 ended open', '120 fired open'])
  expect(activeAlerts(next.state)).toMatchObject([{ acknowledged: null }])
})

test('what is dated far ahead is not believed', () => {
  const ahead = { metric: OPEN.id, series: oneSample(at(9_000), 10) }
  const { state } = play({ samples: [ahead] }, 20)
  const samples = [sampled(OPEN, '30s 40s 50s \n 95 95 95')]
  const next = advanceAlerts(state, RULES, { ...NO_NEWS, samples }, at(50))
  expect(told(next.events)).toEqual(['50 fired open'])
})

/** A value every ten seconds of (fromSec, toSec]. */
function steady(metric: Metric, fromSec: number, toSec: number, value = 10) {
  const count = (toSec - fromSec) / 10
  const timeMs = Float64Array.from({ length: count }, (_, i) => at(fromSec + 10 * (i + 1)))
  return { metric: metric.id, series: { timeMs, value: timeMs.map(() => value) } }
}

test('silence is blindness after its time, one alert for all of one cause', () => {
  const lapses: Lapse[] = [
    { at: at(110), metric: OPEN.id, cause: 'network' },
    { at: at(112), metric: CALLS.id, cause: 'network' },
  ]
  const samples = [steady(OPEN, 0, 100), steady(CALLS, 0, 110)]
  const before = play({ samples, lapses }, 224)
  expect(before.events).toEqual([])
  const next = advanceAlerts(before.state, RULES, NO_NEWS, at(300))
  expect(told(next.events)).toEqual(['220 fired network'])
  expect(activeAlerts(next.state)).toMatchObject([
    { severity: 'critical', newest: { silent: 2, expected: 2, heardAt: 110_000 } },
  ])
  const back = { ...NO_NEWS, samples: [steady(OPEN, 300, 400), steady(CALLS, 300, 400)] }
  expect(told(advanceAlerts(next.state, RULES, back, at(405)).events)).toEqual([
    '370 ended network',
  ])
})

test('two causes are two alerts, and a cause that changes makes no second one', () => {
  const lapses: Lapse[] = [
    { at: at(110), metric: OPEN.id, cause: 'rate' },
    { at: at(110), metric: CALLS.id, cause: 'token' },
    { at: at(400), metric: OPEN.id, cause: 'network' },
  ]
  const { events } = play({ samples: [steady(OPEN, 0, 100), steady(CALLS, 0, 100)], lapses }, 900)
  expect(told(events)).toEqual(['220 fired rate', '220 fired token'])
})

test('a metric that has never answered is blind, too, and a level goes on firing through it', () => {
  expect(told(play({}, 130).events)).toEqual(['120 fired silent'])
  const level = play({ samples: [sampled(OPEN, '0s 10s 20s \n 95 95 95')] }, 20)
  const later = advanceAlerts(level.state, RULES, NO_NEWS, at(3_600))
  expect(activeAlerts(later.state).map(({ kind }) => kind)).toEqual(['level', 'blind'])
})

test('a metric that comes later has not been silent before, and is blind once it has been for as long', () => {
  const alone = { ...NO_NEWS, metrics: [OPEN], samples: [steady(OPEN, 0, 600)] }
  const { state } = advanceAlerts(LISTENING, RULES, alone, at(600))
  const first = { ...NO_NEWS, samples: [steady(OPEN, 600, 610), steady(CALLS, 600, 610)] }
  expect(advanceAlerts(state, RULES, first, at(611)).events).toEqual([])
  const never = { ...NO_NEWS, samples: [steady(OPEN, 600, 900)] }
  expect(told(advanceAlerts(state, RULES, never, at(905)).events)).toEqual(['715 fired silent'])
})

test('time in which Tidemark itself was away is no blindness', () => {
  const { state } = play({ samples: [steady(OPEN, 0, 100), steady(CALLS, 0, 100)] }, 105)
  const away = listeningAgain(state, at(3_600))
  expect(advanceAlerts(away, RULES, NO_NEWS, at(3_700)).events).toEqual([])
  expect(told(advanceAlerts(away, RULES, NO_NEWS, at(3_730)).events)).toEqual(['3720 fired silent'])
})

test('refusals burn where both windows say so, and not where the record is too short', () => {
  const metrics = [OPEN, CALLS, ATTEMPTS]
  const errors = Array.from({ length: 60 }, (_, i) =>
    errorEvent({ at: at(900 + i), class: 'capacity', source: 'feed' }),
  )
  const own = errors.map((event) => ({ ...event, source: 'monitor' as const }))
  const long = [steady(OPEN, 0, 1_200), steady(CALLS, 0, 1_200), steady(ATTEMPTS, 0, 1_200)]
  const [fired, ended] = play({ metrics, samples: long, errors }, 1_210).events.filter(
    ({ kind }) => kind !== 'changed',
  )
  expect(fired).toMatchObject({ kind: 'fired', alert: { hasCapacity: true, rule: 'failures' } })
  expect(fired!.at).toBeLessThanOrEqual(at(990))
  expect(ended).toMatchObject({ kind: 'ended', alert: { peak: { attempts: 600 } } })
  expect(play({ metrics, samples: long, errors: own }, 1_210).events).toEqual([])
  const short = [steady(OPEN, 600, 1_190), steady(CALLS, 600, 1_190), steady(ATTEMPTS, 600, 1_190)]
  const late = advanceAlerts(
    listeningAgain(NO_ALERTS, at(600)),
    RULES,
    { ...NO_NEWS, metrics, samples: short, errors },
    at(1_190),
  )
  expect(late.events).toEqual([])
})

const END_SEC = 2_400
const anyPiece = fc.record({
  lengthSec: fc.constantFrom(30, 60, 150, 300),
  value: fc.constantFrom(40, 84, 86, 90, 95, null),
})
const anyColumn = fc.array(anyPiece, { minLength: 8, maxLength: 20 })
type Pieces = readonly { lengthSec: number; value: number | null }[]

function columnOf(metric: Metric, pieces: Pieces) {
  const timeMs: number[] = []
  const value: number[] = []
  let sec = 0
  for (const piece of pieces)
    for (let end = sec + piece.lengthSec; sec < end; sec += 10)
      if (piece.value !== null && sec < END_SEC) {
        timeMs.push(at(sec))
        value.push(piece.value)
      }
  return {
    metric: metric.id,
    series: { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) },
  }
}

const anyRecord = fc
  .record({
    open: anyColumn,
    calls: anyColumn,
    attempts: anyColumn,
    errors: fc.array(
      fc.record({ sec: fc.nat(END_SEC - 1), count: fc.integer({ min: 1, max: 20 }) }),
      { maxLength: 40 },
    ),
    lapses: fc.array(
      fc.record({
        sec: fc.nat(END_SEC - 1),
        cause: fc.constantFrom('token' as const, 'network' as const, 'rate' as const),
        metric: fc.constantFrom(OPEN.id, CALLS.id, null),
      }),
      { maxLength: 20 },
    ),
    lowersSec: fc.nat(END_SEC),
  })
  .map(
    ({ open, calls, attempts, errors, lapses, lowersSec }): AlertRecord => ({
      from: at(0),
      to: at(END_SEC),
      metrics: [OPEN, CALLS, ATTEMPTS],
      limits: new Map([
        [OPEN.id, [HUNDRED, { from: at(lowersSec), value: 95, source: 'test' }]],
        [CALLS.id, [HUNDRED]],
      ]),
      samples: [columnOf(OPEN, open), columnOf(CALLS, calls), columnOf(ATTEMPTS, attempts)],
      errors: errors.map(({ sec, count }) =>
        errorEvent({ at: at(sec), class: 'capacity', source: 'feed', count }),
      ),
      markers: [],
      lapses: lapses.map(({ sec, ...lapse }) => ({ at: at(sec), ...lapse })),
      leaksOf: null,
    }),
  )

/** Looks once at every tick; what is dated `at` is there `delayMs` later at the latest. */
function live(record: AlertRecord, ticksSec: readonly number[], delaysMs: readonly number[]) {
  const ticks = [...new Set(ticksSec)].sort((a, b) => a - b).map(at)
  ticks.push(epochMs(record.to + SETTLE_MS))
  const delayAt = (when: number) => delaysMs[Math.floor(when / 10_000) % delaysMs.length]!
  let state: AlertsState = listeningAgain(NO_ALERTS, record.from)
  let before = -Infinity
  const events: AlertEvent[] = []
  for (const now of ticks) {
    const isNew = (when: number) => when + delayAt(when) > before && when + delayAt(when) <= now
    const news: AlertNews = {
      ...record,
      samples: record.samples.map(({ metric, series: { timeMs, value } }) => ({
        metric,
        series: {
          timeMs: timeMs.filter(isNew),
          value: value.filter((_, i) => isNew(timeMs[i]!)),
        },
      })),
      errors: record.errors.filter((event) => isNew(event.at)),
      lapses: record.lapses!.filter((lapse) => isNew(lapse.at)),
      leaks: [],
    }
    // As a page that is reloaded at every tick.
    const next = advanceAlerts(JSON.parse(JSON.stringify(state)) as AlertsState, RULES, news, now)
    state = next.state
    events.push(...next.events)
    before = now
  }
  return { state, events }
}

const anyTicks = fc.array(fc.nat(END_SEC), { maxLength: 60 })
const anyDelays = fc.array(fc.integer({ min: 0, max: SETTLE_MS }), { minLength: 1, maxLength: 7 })

test('a backtest gives the very alerts that a live run gave, however often it looked and was reloaded', () => {
  let firings = 0
  fc.assert(
    fc.property(anyRecord, anyTicks, anyDelays, (record, ticks, delays) => {
      const played = live(record, ticks, delays)
      const ended = played.events.flatMap(({ kind, alert }) => (kind === 'ended' ? [alert] : []))
      const all = [...ended, ...activeAlerts(played.state)]
      const tested = backtest(record, RULES).rules.flatMap((rule) => rule.firings)
      firings += tested.length
      const sorted = (alerts: typeof all) => alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect(sorted(all)).toEqual(sorted([...tested]))
    }),
    { numRuns: 150 },
  )
  expect(firings).toBeGreaterThan(100)
})

test('silence never fires nor ends an alert on a level or on refusals', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const { state } = live(record, [], [0])
      const next = advanceAlerts(state, RULES, { ...record, ...NOTHING_NEW }, at(9 * END_SEC))
      const measured = next.events.filter(({ alert }) => alert.kind !== 'blind')
      expect(measured.filter(({ alert }) => alert.kind === 'level')).toEqual([])
      // The last windows that are known well enough, a fifth of a short one at most.
      for (const { at: when } of measured) expect(when).toBeLessThanOrEqual(at(END_SEC + 12))
    }),
    { numRuns: 100 },
  )
})

const NOTHING_NEW = { samples: [], errors: [], lapses: [], leaks: [] }

test('the metric a rule names may be one that nobody knows', () => {
  const rule = { ...LEVEL, metric: metricId('gone') }
  expect(play({ samples: [sampled(OPEN, '0s 10s 20s \n 95 95 95')] }, 20, [rule]).events).toEqual(
    [],
  )
})
