import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import {
  DAY_MS,
  durationMs,
  type EpochMs,
  epochMs,
  later,
  metricId,
  MINUTE_MS,
  orgId,
} from '#domain/units.ts'
import {
  type PastSample,
  type RealServer,
  startPrometheus,
  startVictoriaMetrics,
  unlessInstalled,
} from '#testing/realPrometheus.ts'
import { createPrometheusReader } from './prometheusReader.ts'

const ORG = orgId('alder')
const OPEN = metricId('connections.open')
const TRIED = metricId('connections.attempts')
/** Yesterday, since stores refuse what is too old or yet to come. */
const START = epochMs(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS)
const EVERY_MS = 10_000
const minute = (count: number) => later(START, count * MINUTE_MS)

/** Minute 60 to 70: nothing was recorded. */
const isRecorded = (at: number) => at < minute(60) || at >= minute(70)

/**
 * Two hours of a recorder: 40 connections open, 97 of them for one sample in minute 17; the limit 50
 * and from minute 30 on 100; unknown from minute 100 on. Refusals from minute 20 on, more while nothing
 * was recorded, and a restart in minute 90.
 */
function recorded(): PastSample[] {
  const samples: PastSample[] = []
  for (let at: number = START; at < minute(120); at += EVERY_MS) {
    if (!isRecorded(at)) continue
    const add = (name: string, labels: string, value: number) =>
      void samples.push({ series: `${name}{organisation="alder"${labels}}`, value, atMs: at })
    add('tidemark_organisation_info', ',name="Alder",region="eu_central_1"', 1)
    add('tidemark_usage', `,metric="${OPEN}"`, at === minute(17) + EVERY_MS ? 97 : 40)
    if (at < minute(100)) add('tidemark_limit', `,metric="${OPEN}"`, at < minute(30) ? 50 : 100)
    add(
      'tidemark_metric_info',
      `,metric="${OPEN}",title="WebSocket connections",unit="count",provenance="measured",scope="sampledClients"`,
      1,
    )
    const begunAt = at < minute(90) ? START : minute(90)
    add('tidemark_attempts_total', `,metric="${TRIED}"`, (5 * (at - begunAt)) / EVERY_MS)
    const refused = refusedBy(at)
    if (refused > 0) add('tidemark_errors_total', ',class="capacity",status="503"', refused)
    samples.push({
      series: `tidemark_usage{organisation="birch",metric="${OPEN}"}`,
      value: 4000,
      atMs: at,
    })
  }
  return samples
}

function refusedBy(at: number): number {
  if (at < minute(20)) return 0
  if (at < minute(25)) return 3
  if (at < minute(70)) return 5
  return at < minute(90) ? 12 : 2
}

const EMPTY_CONFIG = 'scrape_configs: []\n'

const ENGINES: [string, string, () => Promise<RealServer | null>][] = [
  [
    'Prometheus',
    unlessInstalled('prometheus', 'promtool'),
    () => startPrometheus(EMPTY_CONFIG, recorded()),
  ],
  [
    'VictoriaMetrics',
    unlessInstalled('victoria-metrics'),
    async () => {
      const server = await startVictoriaMetrics()
      await server?.write(recorded())
      return server
    },
  ],
]

const columnsIn = ({ samples }: Observation, wanted: string) => {
  const { timeMs, value } = samples.find(({ metric }) => metric === wanted)!.series
  return Array.from(timeMs, (at, i): [number, number] => [at, value[i]!])
}
const sinceStart = (at: EpochMs) => (at - START) / MINUTE_MS

describe.each(ENGINES)('what %s keeps%s', (_name, missing, start) => {
  let server: RealServer | null = null
  beforeAll(async () => {
    if (!missing) server = await start()
  }, 60_000)
  afterAll(() => server?.stop())

  const asked: string[] = []
  const reader = () =>
    createPrometheusReader({
      baseUrl: server!.url,
      fetch: (url, init) => {
        asked.push(url)
        return fetch(url, init)
      },
      now: () => epochMs(Date.now()),
    })

  test.skipIf(missing)(
    'is read back in steps, the peak of one sample intact, the hole a hole',
    async () => {
      const history = reader()
      const kept = await history.readSummaries(ORG, START, minute(120), MINUTE_MS)
      expect(history.problems(ORG)).toEqual([])
      expect(kept.metrics).toMatchObject([
        {
          id: OPEN,
          title: 'WebSocket connections',
          kind: 'gauge',
          provenance: 'measured',
          scope: 'sampledClients',
          group: 'connections',
          intervalMs: EVERY_MS,
        },
        { id: TRIED, kind: 'count', provenance: 'proxy' },
      ])
      const { steps } = kept.summaries.find(({ metric }) => metric === OPEN)!
      const minutes = [...steps.startMs].map((at) => sinceStart(epochMs(at)))
      expect(minutes).toEqual(Array.from({ length: 110 }, (_, i) => (i < 60 ? i : i + 10)))
      expect(steps.max[17]).toBe(97)
      expect([...steps.max].filter((value) => value !== 40)).toEqual([97])
      expect([...steps.min].every((value) => value === 40)).toBe(true)
      expect([...steps.count].every((value) => value === 6)).toBe(true)
      expect(steps.sum[17]).toBe(97 + 5 * 40)
      expect(steps.last[58]).toBe(40)
      expect(steps.last[59]).toBeNaN()
    },
  )

  test.skipIf(missing)('keeps its peak in steps of half an hour', async () => {
    const half = durationMs(30 * MINUTE_MS)
    const kept = await reader().readSummaries(ORG, START, minute(120), half)
    const { steps } = kept.summaries.find(({ metric }) => metric === OPEN)!
    expect([...steps.max]).toEqual([97, 40, 40, 40])
    expect([...steps.count]).toEqual([180, 180, 120, 180])
  })

  test.skipIf(missing)('gives counts as what was counted, also over a restart', async () => {
    const kept = await reader().readSummaries(ORG, START, minute(120), MINUTE_MS)
    const { steps } = kept.summaries.find(({ metric }) => metric === TRIED)!
    const sumOf = (at: number) => steps.sum[steps.startMs.indexOf(minute(at))]
    expect(sumOf(10)).toBe(30)
    // What was counted while nobody recorded is told with the first minute after it.
    expect(sumOf(70)).toBe(11 * 30)
    // Begun again at 0 with the first sample of its minute.
    expect(sumOf(90)).toBe(25)
    expect(sumOf(91)).toBe(30)
  })

  test.skipIf(missing)(
    'is read back sample by sample, with a gap where scrapes are missing',
    async () => {
      const past = await reader().read(ORG, minute(55), minute(75))
      const open = columnsIn(past, OPEN)
      const expected = Array.from({ length: 121 }, (_, i): [number, number] => [
        minute(55) + i * EVERY_MS,
        40,
      ]).filter(([at]) => isRecorded(at))
      const hole = open.findIndex(([, value]) => Number.isNaN(value))
      expect(open[hole]![0]).toBe(minute(60))
      expect(open.toSpliced(hole, 1)).toEqual(expected)
      const tried = columnsIn(past, TRIED)
      expect(tried.slice(0, 3)).toEqual([0, 1, 2].map((i) => [minute(55) + i * EVERY_MS, 5]))
    },
  )

  test.skipIf(missing)('tells limits as steps, and since when none was known', async () => {
    const { limits } = await reader().read(ORG, minute(10), minute(120))
    expect(limits.map(({ metric }) => metric)).toEqual([OPEN, OPEN, OPEN, OPEN])
    expect(limits.map(({ step }) => step.value)).toEqual([50, 100, 100, null])
    const [first, raised, again, unknown] = limits.map(({ step }) => sinceStart(step.from))
    expect(first).toBe(10)
    expect(raised).toBeCloseTo(30, 0)
    expect(again).toBeCloseTo(70, 0)
    // Samples that were not scraped bring no mark of staleness: Prometheus then waits five minutes.
    expect(unknown).toBeGreaterThanOrEqual(99.8)
    expect(unknown).toBeLessThanOrEqual(105)
  })

  test.skipIf(missing)(
    'tells every error once, also those of a hole and of a restart',
    async () => {
      const past = await reader().read(ORG, START, minute(120))
      const told = past.errors.map(({ at, class: name, status, count }) => [
        Math.floor(sinceStart(at)),
        name,
        status,
        count,
      ])
      expect(told.every(([, name, status]) => name === 'capacity' && status === 503)).toBe(true)
      expect(told.map(([, , , count]) => count)).toEqual([3, 2, 7, 2])
      const day = await reader().read(ORG, minute(22), later(minute(22), DAY_MS))
      expect(day.errors.map(({ count }) => count)).toEqual([2, 7, 2])
    },
  )

  test.skipIf(missing)(
    'tells the same of a month as of its hours, and is asked about those in which something happened',
    async () => {
      const history = reader()
      const hours = await history.read(ORG, START, minute(120))
      const short = new Set(hours.errors.map(({ at, count }) => `${at} ${count}`))
      asked.length = 0
      const month = epochMs(START - 29 * DAY_MS)
      const past = await reader().read(ORG, month, later(START, DAY_MS), epochMs(Infinity))
      expect(asked.length).toBeLessThanOrEqual(24)
      expect(history.problems(ORG)).toEqual([])
      expect(new Set(past.errors.map(({ at, count }) => `${at} ${count}`))).toEqual(short)
      expect(past.limits.map(({ step }) => step.value)).toEqual(
        hours.limits.map(({ step }) => step.value),
      )
      past.limits.forEach(({ step }, i) => {
        const exact = hours.limits[i]!.step.from
        expect(step.from).toBeLessThanOrEqual(exact)
        expect(step.from).toBeGreaterThan(exact - MINUTE_MS)
      })
    },
  )

  test.skipIf(missing)('is asked in few requests, a month of it too', async () => {
    asked.length = 0
    const history = reader()
    const from = epochMs(START - 29 * DAY_MS)
    const half = durationMs(5 * MINUTE_MS)
    const kept = await history.readSummaries(ORG, from, later(START, DAY_MS), half)
    expect(asked.length).toBeLessThanOrEqual(8)
    const { steps } = kept.summaries.find(({ metric }) => metric === OPEN)!
    expect(Math.max(...steps.max)).toBe(97)
    expect(history.problems(ORG)).toEqual([])
  })

  test.skipIf(missing)(
    'has nothing of an organisation it never recorded, and says so',
    async () => {
      const history = reader()
      const past = await history.read(orgId('no"such'), START, minute(120))
      expect(past.samples).toEqual([])
      expect(history.problems(orgId('no"such'))).toMatchObject([{ kind: 'empty' }])
    },
  )
})
