import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Series } from '#domain/series/series.ts'
import {
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  metricId,
  MINUTE_MS,
  orgId,
  SECOND_MS,
} from '#domain/units.ts'
import { createPrometheusReader } from '#sources/history/prometheus/prometheusReader.ts'
import {
  type PastSample,
  startPrometheus,
  startVictoriaMetrics,
  unlessInstalled,
} from '#testing/realPrometheus.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { steeredRecorder } from '#testing/steeredRecorder.ts'

const OPEN = metricId('connections.open')
const ALDER = orgId('alder')
/** An hour ago, since stores refuse what is too old. */
const START = epochMs(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - HOUR_MS)
const SCRAPE_MS = 5 * SECOND_MS
/** The recorder is down, and started again. */
const OUTAGE = { from: later(START, 12 * MINUTE_MS), to: later(START, 15 * MINUTE_MS) }
const END = later(START, 25 * MINUTE_MS)
const EMPTY: Series = { timeMs: new Float64Array(), value: new Float64Array() }

type Recorded = { scraped: PastSample[]; open: Series; refused: number }

let stateFolder: string
let recorded: Recorded

beforeAll(async () => {
  stateFolder = mkdtempSync(join(tmpdir(), 'tidemark-back-'))
  recorded = await recordedWithOutage()
}, 60_000)

afterAll(() => rmSync(stateFolder, { recursive: true }))

/** Runs a recorder for a while, twice on the same folder, and scrapes its `/metrics` as Prometheus would. */
async function recordedWithOutage(): Promise<Recorded> {
  const steered = createSteeredClock(START)
  const scraped: PastSample[] = []
  let open = EMPTY
  let refused = 0

  async function run(until: EpochMs) {
    const { recorder, metrics } = await steeredRecorder({
      steered,
      stateFolder,
      scenario: 'ramp-to-limit',
      startMs: later(START, -40 * MINUTE_MS),
    })
    while (steered.now() < until) {
      await steered.advance(SCRAPE_MS)
      scraped.push(...samplesOf(await metrics(), steered.now()))
    }
    const { orgLog } = recorder.organisation('alder')!
    const kept = await orgLog.read(START, until)
    open = kept.samples.find(({ metric }) => metric === OPEN)?.series ?? open
    // What the feed tells afterwards of the outage is in the log; counters count from their start.
    refused = refusedIn(kept.errors.filter(({ at }) => at < OUTAGE.from || at > OUTAGE.to))
    await recorder.stop()
  }

  await run(OUTAGE.from)
  await steered.advance(OUTAGE.to - OUTAGE.from)
  await run(END)
  return { scraped, open, refused }
}

const refusedIn = (errors: readonly ErrorEvent[]) =>
  errors.reduce((sum, one) => sum + (one.class === 'capacity' ? one.count : 0), 0)

/** The lines of an exposition that concern the organisation. */
const samplesOf = (exposition: string, atMs: number): PastSample[] =>
  exposition.split('\n').flatMap((line) => {
    const [, series, value] = /^(tidemark_\w+\{organisation="alder".*\}) (\S+)$/.exec(line) ?? []
    return series === undefined ? [] : [{ series, value: Number(value), atMs }]
  })

const STORES = [
  {
    name: 'Prometheus',
    left: unlessInstalled('prometheus', 'promtool'),
    open: (past: readonly PastSample[]) => startPrometheus('global: {}', past),
  },
  {
    name: 'VictoriaMetrics',
    left: unlessInstalled('victoria-metrics'),
    open: async (past: readonly PastSample[]) => {
      const server = await startVictoriaMetrics()
      await server?.write(past)
      return server
    },
  },
]

/** What a level stood at shortly before it was scraped: the newest samples may not have been told yet. */
const standingBefore = ({ timeMs, value }: Series, at: number) =>
  value.filter((_, i) => timeMs[i]! <= at && timeMs[i]! > at - 2 * SCRAPE_MS)

for (const { name, left, open } of STORES)
  test.skipIf(left)(
    `what a recorder wrote comes back from ${name}: each level, the peak, the outage as a gap, each refusal${left}`,
    { timeout: 60_000 },
    async () => {
      const server = (await open(recorded.scraped))!
      try {
        const reader = createPrometheusReader({
          baseUrl: server.url,
          fetch,
          now: () => epochMs(Date.now()),
        })
        const past = await reader.read(ALDER, START, END)
        const { series } = past.samples.find(({ metric }) => metric === OPEN)!
        const known = [...series.timeMs].flatMap((at, i) =>
          Number.isNaN(series.value[i]) ? [] : [{ at, value: series.value[i]! }],
        )
        expect(known.length).toBeGreaterThan(200)
        for (const { at, value } of known)
          expect(standingBefore(recorded.open, at)).toContain(value)

        const peak = Math.max(...[...recorded.open.value].filter((value) => !Number.isNaN(value)))
        expect(Math.max(...known.map(({ value }) => value))).toBe(peak)
        const { summaries } = await reader.readSummaries(ALDER, START, END, MINUTE_MS)
        const steps = summaries.find(({ metric }) => metric === OPEN)!.steps
        expect(Math.max(...[...steps.max].filter((value) => !Number.isNaN(value)))).toBe(peak)

        const isInside = (at: number) => at > OUTAGE.from && at < OUTAGE.to
        expect(known.filter(({ at }) => isInside(at))).toEqual([])
        expect(
          [...series.timeMs].some((at, i) => isInside(at) && Number.isNaN(series.value[i])),
        ).toBe(true)
        expect([...steps.startMs].some((at) => isInside(at) && at + MINUTE_MS < OUTAGE.to)).toBe(
          false,
        )

        expect(refusedIn(past.errors)).toBe(recorded.refused)
        expect(recorded.refused).toBeGreaterThan(0)
        expect(reader.problems(ALDER)).toEqual([])
      } finally {
        await server.stop()
      }
    },
  )
