import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { summarised } from '#domain/series/minuteSummaries.ts'
import { type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { anySamples, rowsOf } from '#testing/anySummaries.ts'
import { someMetric } from '#testing/someMetric.ts'
import type { History } from '../history.ts'
import { createMemoryHistory } from '../memoryHistory.ts'
import { fullerSteps } from './fullerSteps.ts'
import { createPastBoard } from './pastBoard.ts'
import type { PrometheusProblem } from './problem.ts'
import type { PrometheusReader } from './prometheusReader.ts'
import { withPrometheus } from './withPrometheus.ts'

const ORG = orgId('alder')
const START = epochMs(Date.UTC(2026, 8, 17, 12))
const minute = (count: number) => later(START, count * MINUTE_MS)
const OPEN = someMetric('connections.open', { title: 'As watched here' })
const RECORDED = { ...OPEN, title: 'As recorded' }

/** A value every 10 s of the minutes [from, to), and one refusal in each. */
function watched(from: number, to: number, value: number, metric = OPEN): Observation {
  const timeMs = Float64Array.from({ length: (to - from) * 6 }, (_, i) => minute(from) + i * 10_000)
  return observation({
    metrics: [metric],
    samples: [{ metric: metric.id, series: { timeMs, value: timeMs.map(() => value) } }],
    errors: Array.from({ length: to - from }, (_, i) =>
      errorEvent({ at: minute(from + i), class: 'capacity', status: 503, source: 'feed' }),
    ),
    limits: [{ metric: OPEN.id, step: { from: minute(from), value: 100, source: metric.title } }],
  })
}

/** A recorder that ran for four hours, and a page that was open in the second and in the fourth. */
function setup() {
  const here = createMemoryHistory('for a test', START)
  here.write(ORG, watched(60, 120, 7))
  here.write(ORG, watched(180, 240, 7))
  const there: History = createMemoryHistory('for a test', START)
  there.write(ORG, watched(0, 240, 5, RECORDED))
  const reader: PrometheusReader = {
    read: vi.fn<History['read']>(there.read),
    readSummaries: vi.fn<History['readSummaries']>(there.readSummaries),
    problems: () => [],
    again: () => undefined,
    answers: () => Promise.resolve(true),
  }
  const board = createPastBoard(() => () => undefined)
  return { here, there, reader, board, history: withPrometheus({ history: here, reader, board }) }
}

test('samples come from here, and from Prometheus where nothing was watched here', async () => {
  const { history, reader } = setup()
  const past = await history.read(ORG, START, later(minute(240), -1))
  const { timeMs, value } = past.samples[0]!.series
  expect(past.samples).toHaveLength(1)
  expect(timeMs).toHaveLength(240 * 6)
  const isHere = (at: number) => Math.floor((at - START) / HOUR_MS) % 2 === 1
  expect([...value]).toEqual([...timeMs].map((at) => (isHere(at) ? 7 : 5)))
  expect(past.metrics).toEqual([OPEN])
  expect(reader.read).toHaveBeenCalledTimes(2)
})

test('an error is told once, whoever else saw it', async () => {
  const { history } = setup()
  const past = await history.read(ORG, START, later(minute(240), -1), epochMs(Infinity))
  expect(past.samples).toEqual([])
  expect(past.errors.map(({ at }) => at)).toEqual(Array.from({ length: 240 }, (_, i) => minute(i)))
})

test('steps come from whoever saw more of them, the peaks of both intact', async () => {
  const { history, here } = setup()
  here.write(ORG, observation({ samples: [{ metric: OPEN.id, series: one(minute(59.5), 93) }] }))
  const { metrics, summaries } = await history.readSummaries(ORG, START, minute(240), MINUTE_MS)
  const { steps } = summaries[0]!
  expect(summaries).toHaveLength(1)
  expect([...steps.startMs]).toEqual(Array.from({ length: 240 }, (_, i) => minute(i)))
  expect(steps.max[59]).toBe(93)
  expect(steps.count[59]).toBe(6)
  expect(steps.sum[59]).toBe(30)
  expect(steps.max[60]).toBe(7)
  expect(metrics.at(-1)).toEqual(OPEN)
})

const one = (at: number, value: number) => ({
  timeMs: Float64Array.of(at),
  value: Float64Array.of(value),
})

test('Prometheus is not asked about what was watched here', async () => {
  const { history, reader } = setup()
  await history.readSummaries(ORG, minute(60), minute(120), MINUTE_MS)
  await history.read(ORG, minute(61), minute(119))
  expect(reader.readSummaries).not.toHaveBeenCalled()
  expect(reader.read).not.toHaveBeenCalled()
})

test('holes that others fill are left alone', async () => {
  const { here, reader, board } = setup()
  const history = withPrometheus({ history: here, reader, board, until: () => minute(30) })
  await history.readSummaries(ORG, minute(40), minute(240), MINUTE_MS)
  await history.read(ORG, minute(40), minute(239))
  expect(reader.readSummaries).not.toHaveBeenCalled()
  expect(reader.read).not.toHaveBeenCalled()
  await history.read(ORG, START, minute(239))
  expect(vi.mocked(reader.read).mock.calls.map(([, from, to]) => [from, to])).toEqual([
    [START, minute(30)],
  ])
})

test('that one of several holes is older than all recording is not worth a word', async () => {
  const { here, reader, board } = setup()
  const nothing = (from: EpochMs, to: EpochMs): PrometheusProblem => ({
    kind: 'empty',
    message: 'Nothing.',
    from,
    to,
  })
  const isEmpty = { first: true, second: false }
  const telling: PrometheusReader = {
    ...reader,
    read: (org, from, to, since, problems) => {
      if (from < minute(60) ? isEmpty.first : isEmpty.second) problems?.add(nothing(from, to))
      return reader.read(org, from, to, since)
    },
  }
  const history = withPrometheus({ history: here, reader: telling, board })
  await history.read(ORG, START, minute(240))
  expect(board.state(ORG).problems).toEqual([])
  isEmpty.second = true
  await history.read(ORG, START, minute(240))
  expect(board.state(ORG).problems.map(({ from }) => from)).toEqual([START, minute(120)])
})

test('what is written stays here', async () => {
  const { history, here, there } = setup()
  history.write(ORG, watched(240, 250, 9))
  await history.flushed()
  const window = [minute(240), minute(250)] as const
  expect((await here.read(ORG, ...window)).samples).toHaveLength(1)
  expect((await there.read(ORG, ...window)).samples).toHaveLength(0)
})

test('steps of two watchers hold the extremes of both and no sample twice', () => {
  fc.assert(
    fc.property(anySamples, anySamples, (a, b) => {
      const [one, other] = [summarised(a), summarised(b)]
      const merged = fullerSteps(one, other)
      const starts = [...new Set([...one.startMs, ...other.startMs])].toSorted((x, y) => x - y)
      expect([...merged.startMs]).toEqual(starts)
      const known = (...columns: Float64Array[]) =>
        columns.flatMap((column) => [...column]).filter((value) => !Number.isNaN(value))
      expect(Math.max(...known(merged.max))).toBe(Math.max(...known(one.max, other.max)))
      expect(Math.min(...known(merged.min))).toBe(Math.min(...known(one.min, other.min)))
      expect(rowsOf(fullerSteps(one, one))).toEqual(rowsOf(one))
    }),
  )
})
