import { expect, test } from 'vitest'
import { observation } from '#domain/observation.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { type Asked, json } from '#testing/answering.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createMemoryHistory } from '../memoryHistory.ts'
import { createHistoryPerOrganisation, type PastPlace } from './historyPerOrganisation.ts'

const ORG = orgId('alder')
const OTHER = orgId('birch')
const OPEN = someMetric('connections.open')
const PLACE: PastPlace = { url: 'http://prometheus.test', organisation: null, hasFeed: false }
const FROM = later(STEERED_START, -1 * DAY_MS)
const WINDOW = [ORG, FROM, STEERED_START] as const
/** What was watched here: the first hour of the day. */
const HERE = Array.from({ length: 60 }, (_, minute) => later(FROM, minute * MINUTE_MS))

type Answer = (asked: Pick<Asked, 'url'>) => Response | Error | 'never'

function setup(answer: Answer, place: PastPlace | null = PLACE) {
  const steered = createSteeredClock()
  const memory = createMemoryHistory('for a test', STEERED_START)
  memory.write(
    ORG,
    observation({
      metrics: [OPEN],
      samples: [
        {
          metric: OPEN.id,
          series: { timeMs: Float64Array.from(HERE), value: Float64Array.from(HERE, () => 7) },
        },
      ],
    }),
  )
  const state = { place, answer, asked: [] as URL[] }
  const { history, past } = createHistoryPerOrganisation({
    history: memory,
    placeOf: (org) => (org === ORG ? state.place : null),
    fetch: async (address, init) => {
      const url = new URL(address)
      state.asked.push(url)
      const reply = state.answer({ url })
      if (reply === 'never')
        return new Promise((_, fail) => {
          init?.signal?.addEventListener('abort', () => fail(init.signal!.reason as Error))
        })
      if (reply instanceof Error) throw reply
      return reply
    },
    now: steered.now,
    after: steered.timer.after,
  })
  const valuesOf = async (...window: readonly [typeof ORG, EpochMs, EpochMs]) =>
    (await history.read(...window)).samples.flatMap(({ series }) => [...series.value])
  return { ...steered, state, history, past, valuesOf }
}

const matrix = (result: unknown[]) =>
  json({ status: 'success', data: { resultType: 'matrix', result } })

/** A level of 5 every minute of whatever is asked about. */
const recorded: Answer = ({ url }) => {
  const query = url.searchParams.get('query') ?? ''
  const range = /^tidemark_usage\{.*\}\[(\d+)(ms|s)\]$/.exec(query)
  if (!range) return matrix([])
  const to = Number(url.searchParams.get('time'))
  const from = to - Number(range[1]) / (range[2] === 'ms' ? 1000 : 1)
  const values: [number, string][] = []
  for (let at = Math.ceil(from / 60) * 60; at <= to; at += 60) values.push([at, '5'])
  return matrix([{ metric: { organisation: 'alder', metric: OPEN.id }, values }])
}

const countOf = (values: readonly number[], wanted: number) =>
  values.filter((value) => value === wanted).length

test('an organisation is read through its Prometheus, as its recorder calls it; others are not', async () => {
  const { history, past, state, valuesOf } = setup(recorded, { ...PLACE, organisation: 'alder-eu' })
  const values = await valuesOf(...WINDOW)
  expect(countOf(values, 7)).toBe(60)
  expect(countOf(values, 5)).toBeGreaterThanOrEqual(23 * 60 - 1)
  expect(state.asked.every(({ search }) => search.includes('alder-eu'))).toBe(true)
  expect(past.state(ORG)).toEqual({ isSlow: false, problems: [] })
  state.asked.length = 0
  expect((await history.read(OTHER, FROM, STEERED_START)).samples).toEqual([])
  expect(state.asked).toEqual([])
  expect([history.here!(ORG) === null, history.here!(OTHER) === null]).toEqual([false, true])
})

test('settings that change hold from the next reading on, and take what was told along', async () => {
  const { past, state, valuesOf } = setup(() => new TypeError('down'))
  await valuesOf(...WINDOW)
  expect(past.state(ORG).problems).not.toEqual([])
  state.place = null
  state.asked.length = 0
  expect(countOf(await valuesOf(...WINDOW), 7)).toBe(60)
  expect(state.asked).toEqual([])
  expect(past.state(ORG).problems).toEqual([])
  state.place = { ...PLACE, url: 'http://other.test' }
  await valuesOf(...WINDOW)
  expect(state.asked[0]!.host).toBe('other.test')
})

const FAILURES: [string, Answer, string][] = [
  ['is down', () => new TypeError('fetch failed'), 'network'],
  ['wants other credentials', () => new Response('no', { status: 401 }), 'forbidden'],
  [
    'cannot run the query',
    () => json({ error: 'too many samples' }, { status: 422 }),
    'badRequest',
  ],
  ['is overloaded', () => json({ error: 'busy' }, { status: 503 }), 'unavailable'],
  ['has nothing', () => matrix([]), 'empty'],
]

test.each(FAILURES)(
  'where Prometheus %s, what is kept here is there, and what is lacking is said',
  async (_name, answer, kind) => {
    const { past, valuesOf, history } = setup(answer)
    expect(countOf(await valuesOf(...WINDOW), 7)).toBe(60)
    const { problems } = past.state(ORG)
    expect(problems.map((problem) => problem.kind)).toContain(kind)
    for (const problem of problems) {
      expect(problem.from).toBeGreaterThanOrEqual(later(FROM, HOUR_MS - MINUTE_MS))
      expect(problem.to).toBeLessThanOrEqual(later(STEERED_START, MINUTE_MS))
    }
    const { summaries } = await history.readSummaries(ORG, FROM, STEERED_START, MINUTE_MS)
    expect(summaries[0]!.steps.startMs).toHaveLength(60)
    expect(past.state(ORG).problems.map((problem) => problem.kind)).toContain(kind)
  },
)

test('one that cannot be reached is asked once, then left alone for a while, or until told to', async () => {
  const { history, past, state, valuesOf, advance } = setup(() => new TypeError('down'))
  await valuesOf(...WINDOW)
  const first = state.asked.length
  // As many as go out side by side.
  expect(first).toBeLessThanOrEqual(12)
  await history.readSummaries(ORG, FROM, STEERED_START, MINUTE_MS)
  await valuesOf(...WINDOW)
  expect(state.asked).toHaveLength(first)
  expect(past.state(ORG).problems[0]!.kind).toBe('network')
  past.again(ORG)
  state.answer = recorded
  expect(countOf(await valuesOf(...WINDOW), 5)).toBeGreaterThan(60)
  state.answer = () => new TypeError('down')
  await valuesOf(...WINDOW)
  await advance(30_000)
  state.answer = recorded
  expect(countOf(await valuesOf(...WINDOW), 5)).toBeGreaterThan(60)
})

test('one that failed is asked one small question until it answers, and told of then', async () => {
  const { past, state, valuesOf, advance } = setup(() => new TypeError('down'))
  await valuesOf(...WINDOW)
  let backs = 0
  const stop = past.whenBack(ORG, () => {
    backs += 1
    past.again(ORG)
    void valuesOf(...WINDOW)
    stop()
  })
  state.asked.length = 0
  await advance(30_000)
  expect(state.asked.map(({ searchParams }) => searchParams.get('query'))).toEqual(['vector(1)'])
  for (const status of [401, 503]) {
    state.answer = () => new Response('', { status })
    await advance(10 * MINUTE_MS)
    expect([status, backs]).toEqual([status, 0])
  }
  state.answer = recorded
  await advance(10 * MINUTE_MS)
  expect(backs).toBe(1)
  expect(past.state(ORG).problems).toEqual([])
})

test('what a feed brings of the last hour by itself is not asked about', async () => {
  const { state, valuesOf } = setup(recorded, { ...PLACE, hasFeed: true })
  const values = await valuesOf(...WINDOW)
  expect(countOf(values, 5)).toBeGreaterThan(21 * 60)
  expect(countOf(values, 5)).toBeLessThanOrEqual(22 * 60 + 1)
  const last = later(STEERED_START, -1 * HOUR_MS)
  const ends = state.asked.flatMap(({ searchParams }) => searchParams.get('time') ?? [])
  expect(Math.max(...ends.map(Number)) * 1000).toBeLessThanOrEqual(last + MINUTE_MS)
})

test('an answer that never comes is told as a wait, and does not hold up what is kept here', async () => {
  const { history, past, valuesOf, advance } = setup(() => 'never')
  const waiting = valuesOf(...WINDOW)
  const here = await history.here!(ORG)!.read(ORG, FROM, STEERED_START)
  expect(here.samples[0]!.series.value).toHaveLength(60)
  await advance(1_000)
  expect(past.state(ORG).isSlow).toBe(true)
  void waiting
})

test('nothing is written to a Prometheus', async () => {
  const { history, state } = setup(recorded)
  const at = epochMs(STEERED_START)
  history.write(
    ORG,
    observation({ markers: [{ id: 'm', at, kind: 'note', label: 'x', origin: 'here' }] }),
  )
  await history.flushed()
  await history.prune(at)
  expect(state.asked).toEqual([])
})
