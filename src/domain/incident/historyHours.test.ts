import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { anySamples } from '#testing/anySummaries.ts'
import { someMetric } from '#testing/someMetric.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { coarsened } from '../series/minuteCoarsened.ts'
import { type Summaries, summarised } from '../series/minuteSummaries.ts'
import type { Series } from '../series/series.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS } from '../units.ts'
import { historyHours, historySubject, hoursTogether, stepsOfChange } from './historyHours.ts'
import { windowOfHours } from './windowOfHours.ts'

const START = epochMs(0)
const hoursOf = (count: number) => ({
  from: START,
  to: later(START, count * HOUR_MS),
  stepMs: HOUR_MS,
})
const limit = (value: number | null, fromMs = -1 * DAY_MS) => ({
  from: epochMs(fromMs),
  value,
  source: 'test',
})

/** Hours of a drawn series, minutes read again wherever a limit changed. */
function read(
  series: Series,
  limits: LimitSteps,
  count: number,
  known: { keptFrom?: EpochMs | null; refused?: (number | null)[]; isRefined?: boolean } = {},
) {
  const minutes = summarised(series)
  const steps = coarsened(minutes, HOUR_MS)
  const { keptFrom = START, refused = Array(count).fill(0) as number[], isRefined = true } = known
  const changes = isRefined ? stepsOfChange(steps, limits) : []
  const finer = new Map<EpochMs, Summaries>(changes.map((start) => [start, minutes]))
  return historyHours(hoursOf(count), { steps, finer, limits, refused, keptFrom })
}

test('each hour has its highest value against the limit of then', () => {
  const series = seriesFromText(`
    0m   30m   60m   70m   120m
    10    49    25     3      0
  `)
  const hours = read(series, [limit(50), limit(100, 2 * HOUR_MS)], 3)
  expect(hours.map(({ highest, limit: of, used }) => [highest, of, used])).toEqual([
    [49, 50, 0.98],
    [25, 50, 0.5],
    [0, 100, 0],
  ])
  expect(hours.every(({ kind, isAtLeast }) => kind === 'measured' && !isAtLeast)).toBe(true)
})

test('in an hour in which the limit was raised, each minute is judged by its own', () => {
  const series = seriesFromText(`
    10m   20m   40m
     72    30   80
  `)
  const limits = [limit(72), limit(100, 30 * MINUTE_MS)]
  expect(read(series, limits, 1)[0]).toMatchObject({
    highest: 72,
    limit: 72,
    used: 1,
    isAtLeast: false,
  })
})

test('where those minutes are not known, it is said how much was used at least', () => {
  const series = seriesFromText(`
    10m   40m
     72    80
  `)
  const limits = [limit(72), limit(100, 30 * MINUTE_MS)]
  const [hour] = read(series, limits, 1, { isRefined: false })
  expect(hour).toMatchObject({ highest: 80, limit: 100, used: 0.8, isAtLeast: true })
})

test('a limit that was not known yet judges nothing before it', () => {
  const series = seriesFromText(`
    10m   70m
     72    30
  `)
  const hours = read(series, [limit(100, HOUR_MS)], 2)
  expect(hours.map(({ highest, limit: of, used }) => [highest, of, used])).toEqual([
    [72, null, null],
    [30, 100, 0.3],
  ])
})

test('missing, zero and not kept are three things', () => {
  const series = seriesFromText(`
    70m   130m
      0      -
  `)
  const hours = read(series, [limit(10)], 4, { keptFrom: epochMs(HOUR_MS) })
  expect(hours.map(({ kind, used }) => [kind, used])).toEqual([
    ['notKept', null],
    ['measured', 0],
    ['missing', null],
    ['missing', null],
  ])
  const nothing = historyHours(hoursOf(2), {
    steps: null,
    finer: new Map(),
    limits: [],
    refused: [0, 3],
    keptFrom: null,
  })
  expect(nothing.map(({ kind, refused }) => [kind, refused])).toEqual([
    ['notKept', 0],
    ['notKept', 3],
  ])
})

test('a page is about the best count of connections with a limit, else of sessions, else the best there is', () => {
  const open = someMetric('connections.open', { group: 'connections' })
  const calls = someMetric('calls.concurrent', { group: 'sessions' })
  const limited = (metric: typeof open) => new Map([[metric.id, [limit(5)]]])
  expect(historySubject([calls, open], limited(open))).toBe(open)
  expect(historySubject([calls, open], limited(calls))).toBe(calls)
  expect(historySubject([calls, open], new Map())).toBe(open)
  expect(historySubject([], new Map())).toBeNull()
})

test('hours together are as full as the fullest, and refuse what all refused', () => {
  const series = seriesFromText(`
    0m   60m   120m
    10    40     20
  `)
  const hours = read(series, [limit(50)], 3, { refused: [1, 300, 6] })
  expect(hoursTogether(hours)).toMatchObject({
    from: START,
    to: 3 * HOUR_MS,
    highest: 40,
    used: 0.8,
    refused: 307,
  })
  const unread = hours.map((hour, i) => (i === 1 ? { ...hour, refused: null } : hour))
  expect(hoursTogether(unread).refused).toBeNull()
})

test('one hour is reviewed with some air, several as they are, and nothing that is to come', () => {
  const hours = read(seriesFromText('0m 60m\n1 1'), [limit(5)], 3)
  const now = later(START, 1.5 * HOUR_MS)
  expect(windowOfHours(hours.slice(0, 1), now)).toEqual({
    from: -15 * MINUTE_MS,
    to: 75 * MINUTE_MS,
  })
  expect(windowOfHours(hours.slice(0, 2), now)).toEqual({ from: START, to: now })
  expect(windowOfHours(hours.slice(2), now)).toBeNull()
  const refusing = hours.map((hour) => ({ ...hour, refused: 2 }))
  expect(windowOfHours(refusing.slice(2), epochMs(DAY_MS))?.to).toBe(195 * MINUTE_MS)
})

test('no hour is fuller than its fullest sample, and none is less full where its limits are told apart', () => {
  const anyLimits = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 5_000 })), {
      maxLength: 4,
    })
    .map((steps) => steps.toSorted(([a], [b]) => a - b))
  fc.assert(
    fc.property(anySamples, anyLimits, (series, drawn) => {
      const day = Date.UTC(2026, 2, 2)
      const limits = [
        limit(1_000, 0),
        ...drawn.map(([minute, value]) => limit(value, day + minute * MINUTE_MS)),
      ]
      const span = { from: epochMs(day), to: epochMs(day + 4 * HOUR_MS), stepMs: HOUR_MS }
      const minutes = summarised(series)
      const steps = coarsened(minutes, HOUR_MS)
      const finer = new Map(stepsOfChange(steps, limits).map((start) => [start, minutes]))
      const hours = historyHours(span, { steps, finer, limits, refused: [], keptFrom: span.from })
      for (const { from, to, used, isAtLeast, kind } of hours) {
        const ratios = [...series.timeMs].flatMap((at, i) => {
          const value = series.value[i]!
          if (at < from || at >= to || Number.isNaN(value)) return []
          return [value / limitAt(limits, epochMs(at))!]
        })
        expect(kind).toBe(ratios.length > 0 ? 'measured' : 'missing')
        if (ratios.length === 0) continue
        const most = Math.max(...ratios)
        if (most >= 0) expect(used!).toBeLessThanOrEqual(most + 1e-9)
        if (!finer.has(from)) expect([isAtLeast, used]).toEqual([false, most])
      }
    }),
  )
})
