import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { EMPTY_SERIES } from '../series/series.ts'
import type { Marker } from '../timeline/marker.ts'
import { epochMs, later, type MetricId, SECOND_MS } from '../units.ts'
import { errorEvent, type ErrorEvent } from './errorEvent.ts'
import { gradeContext } from './gradeContext.ts'
import { gradeCounts, gradeOf, gradeReason } from './grades.ts'

const START = epochMs(Date.UTC(2026, 8, 17, 12))
const at = (seconds: number) => later(START, seconds * SECOND_MS)

const open = someMetric('connections.open', { title: 'WebSocket connections' })
const channels = someMetric('limits.pressure:notifications/channels.max')
const requests = someMetric('limits.pressure:platform.api/token.rate.per.minute')

const samples = (...points: [seconds: number, value: number][]): Series => ({
  timeMs: Float64Array.from(points, ([seconds]) => at(seconds)),
  value: Float64Array.from(points, ([, value]) => value),
})
const limit = (value: number | null, from = -3600): LimitSteps => [
  { from: at(from), value, source: 'test' },
]

const reached = (seconds: number, label: string): Marker => ({
  id: `event:${label}`,
  at: at(seconds),
  kind: 'limitReached',
  label,
  origin: 'genesys',
})

type Signs = {
  markers?: Marker[]
  series?: [typeof open, Series, LimitSteps][]
  judged?: typeof open | null
}

function context({ markers = [], series = [], judged = open }: Signs = {}) {
  const known = new Map(series.map(([{ id }, values]) => [id, values]))
  return gradeContext(
    {
      metrics: [open, channels, requests],
      limits: new Map(series.map(([{ id }, , steps]) => [id, steps])),
      markers,
      slice: (metric: MetricId, from, to) => {
        const { timeMs, value } = known.get(metric) ?? EMPTY_SERIES
        const isWithin = (_: number, i: number) => timeMs[i]! >= from && timeMs[i]! <= to
        return { timeMs: timeMs.filter(isWithin), value: value.filter(isWithin) }
      },
      judged,
    },
    START,
    at(3600),
  )
}

const refused = (seconds: number, known: Partial<ErrorEvent> = {}) =>
  errorEvent({
    at: at(seconds),
    class: 'capacity',
    place: 'upgrade',
    status: 503,
    route: 'WS /channels/{id}',
    source: 'feed',
    ...known,
  })

test('a limit that the server names, or its code for rates, is grade A', () => {
  const named = refused(10, { limit: { namespace: 'notifications', key: null, value: 50 } })
  const rate = refused(10, { class: 'rate', status: 429, code: 'too.many.requests.retry.after' })
  expect(gradeReason(named, context())).toEqual({
    grade: 'A',
    because: 'limitNamed',
    limit: named.limit,
  })
  expect(gradeReason(rate, context())).toMatchObject({ grade: 'A', because: 'rateCode' })
  const empty = { namespace: null, key: null, value: null }
  expect(gradeOf(refused(10, { limit: empty }), context())).toBe('D')
})

test('an operational event within a minute names the limit for errors of its kind alone', () => {
  const markers = [reached(100, 'Connection limit reached: alder')]
  const near = context({ markers })
  expect(gradeReason(refused(160), near)).toEqual({
    grade: 'A',
    because: 'limitEvent',
    label: 'Connection limit reached: alder',
    at: at(100),
  })
  expect([39, 40, 160, 161].map((s) => gradeOf(refused(s), near))).toEqual(['D', 'A', 'A', 'D'])
  expect(gradeOf(refused(100, { class: 'rate', status: 429 }), near)).toBe('D')
})

test.each([
  ['Connection limit reached', 'A'],
  ['WebSocket limit exceeded: Flow A', 'A'],
  ['Concurrent sessions exceeded: Flow A', 'D'],
  ['Rate limit reached', 'D'],
  ['Connection rate limit exceeded', 'D'],
  ['Limit exceeded', 'D'],
  ['Limit exceeded: Connection of Smith', 'D'],
])('of a refused connection, the event "%s" makes %s', (label, grade) => {
  expect(gradeOf(refused(0), context({ markers: [reached(0, label)] }))).toBe(grade)
})

test('a note explains nothing, whatever it says', () => {
  const markers: Marker[] = [{ ...reached(0, 'Connection limit reached'), kind: 'note' }]
  expect(gradeOf(refused(0), context({ markers }))).toBe('D')
})

test('a rate-limit record of the route’s namespace near its limit is grade B', () => {
  const record = context({ series: [[channels, samples([60, 45]), limit(50)]] })
  expect(gradeReason(refused(90), record)).toEqual({
    grade: 'B',
    because: 'limitNear',
    title: channels.title,
    ratio: 0.9,
  })
  const away = context({ series: [[channels, samples([60, 44]), limit(50)]] })
  expect(gradeOf(refused(90), away)).toBe('D')
  expect(gradeOf(refused(90, { route: 'GET /api/v2/stations' }), record)).toBe('D')
  expect(gradeOf(refused(90, { route: null }), record)).toBe('D')
})

test('a record holds for its minute, and a minute around it', () => {
  const record = context({ series: [[channels, samples([600, 50]), limit(50)]] })
  const grades = [539, 540, 720, 721].map((seconds) => gradeOf(refused(seconds), record))
  expect(grades).toEqual(['D', 'B', 'B', 'D'])
})

test('the rate of requests is near every request, and no opening of a WebSocket', () => {
  const record = context({ series: [[requests, samples([0, 300]), limit(300)]] })
  const request = refused(0, { place: 'rest', route: 'GET /api/v2/stations' })
  expect(gradeOf(request, record)).toBe('B')
  expect(gradeOf(refused(0), record)).toBe('D')
})

test('an error within a minute of a critical sample of the judged metric is grade C', () => {
  const full = context({ series: [[open, samples([0, 10], [100, 45], [101, 49]), limit(50)]] })
  expect(gradeReason(refused(110), full)).toEqual({
    grade: 'C',
    because: 'limitNear',
    title: 'WebSocket connections',
    ratio: 0.98,
  })
  const grades = [39, 40, 161, 162].map((seconds) => gradeOf(refused(seconds), full))
  expect(grades).toEqual(['D', 'C', 'C', 'D'])
})

test('each sample is judged by the limit in force at its time, an unknown one says nothing', () => {
  const raised: LimitSteps = [...limit(50), { from: at(100), value: 500, source: 'raised' }]
  const both = context({ series: [[open, samples([20, 50], [300, 50]), raised]] })
  expect([gradeOf(refused(20), both), gradeOf(refused(300), both)]).toEqual(['C', 'D'])
  const unknown = context({ series: [[open, samples([20, 50]), limit(null)]] })
  expect(gradeOf(refused(20), unknown)).toBe('D')
  const noneJudged = context({ series: [[open, samples([20, 50]), limit(50)]], judged: null })
  expect(gradeOf(refused(20), noneJudged)).toBe('D')
})

test('the better grade counts, and errors are counted by what they stand for', () => {
  const signs = context({
    markers: [reached(0, 'Connection limit reached')],
    series: [
      [open, samples([0, 50], [300, 50]), limit(50)],
      [channels, samples([0, 50], [600, 50]), limit(50)],
    ],
  })
  const errors = [refused(0, { count: 3 }), refused(300), refused(600, { count: 2 }), refused(1200)]
  const auth = refused(0, { class: 'auth', status: 401, count: 9 })
  expect(gradeCounts([...errors, auth], signs)).toEqual({ A: 3, B: 2, C: 1, D: 1 })
})

test('grades of any events and samples add up, without an exception', () => {
  const anyPoints = fc.array(
    fc.tuple(fc.integer({ min: -100, max: 3700 }), fc.oneof(fc.nat(100), fc.constant(NaN))),
  )
  const anyErrors = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 1, max: 9 })),
  )
  fc.assert(
    fc.property(anyPoints, anyErrors, fc.option(fc.nat(60)), (points, errors, value) => {
      const sorted = points.toSorted(([a], [b]) => a - b)
      const signs = context({ series: [[open, samples(...sorted), limit(value)]] })
      const events = errors.map(([seconds, count]) => refused(seconds, { count }))
      const counts = gradeCounts(events, signs)
      const total = events.reduce((sum, { count }) => sum + count, 0)
      expect(counts.A + counts.B + counts.C + counts.D).toBe(total)
      for (const event of events)
        expect(gradeReason(event, signs).grade).toBe(gradeOf(event, signs))
    }),
  )
})
