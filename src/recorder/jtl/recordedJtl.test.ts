import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { epochMs, HOUR_MS, orgId } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { createFeedSource } from '#sources/feed/feedSource.ts'
import { createHistoryRecord } from '#sources/history/historyRecord.ts'
import { JTL_HEADER, JTL_START_MS, jtlLine } from '#testing/jtlText.ts'
import { readRecorderConfig } from '../config/recorderConfig.ts'
import { createEventLog } from '../eventLog.ts'
import { startRecorderServer } from '../http/recorderServer.ts'
import { recordOf } from '../log/logRecord.ts'
import { createRecorder } from '../recorder.ts'
import { createSecretBook } from '../secretBook.ts'

let folder: string
let path: string
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-recorded-'))
  path = join(folder, 'run.jtl')
})

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
  rmSync(folder, { recursive: true })
})

const now = () => epochMs(Date.now())

/** Looking reads the whole log. */
const PATIENCE = { timeout: 20_000, interval: 250 }

/** A recorder on a port of an organisation that nobody can reach, with a results file beside it. */
async function startRecorder() {
  const organisations = [{ id: 'alder', name: 'Alder', domain: '127.0.0.1:1' }]
  const text = JSON.stringify({ version: 1, bearer: null, organisations })
  const config = readRecorderConfig(text, { env: {}, folder: '.' })
  if (!config.ok) throw new Error(config.problem)
  const lines: string[] = []
  const secrets = createSecretBook()
  const log = createEventLog({ write: (line) => void lines.push(line), now, secrets })
  const recorder = createRecorder({
    config: config.value,
    jtls: [{ organisation: orgId('alder'), path, file: 'run.jtl' }],
    stateFolder: folder,
    machine: {
      clock: { now },
      timer: createPageTimer(),
      fetch: () => Promise.reject(new TypeError('nobody is there')),
      random: () => 0.5,
      log,
      secrets,
    },
  })
  const { voice } = recorder
  const server = await startRecorderServer({ voice, host: '127.0.0.1', port: 0, log })
  stops.push(server.close)
  await recorder.start()
  stops.push(recorder.stop)
  return { url: server.url, stop: recorder.stop, lines }
}

/** Rows a second apart, the last one so many seconds ago. */
function rowsUntil(agoS: number, count: number, code = 200) {
  const lastS = Math.floor((now() - JTL_START_MS) / 1000) - agoS
  const lines = Array.from({ length: count }, (_, i) => jtlLine(lastS - count + 1 + i, code, 7))
  return lines.map((line) => `${line}\n`).join('')
}

/** What the app's own reader of feeds makes of it. */
async function readByApp(url: string) {
  const rejected: string[] = []
  const source = createFeedSource({
    url,
    organisation: 'alder',
    bearer: () => null,
    origin: 'Recorder',
    onRejected: (problem) => void rejected.push(problem),
  })
  const { signal } = new AbortController()
  const observed = await source.ask({ fetch: (to, init) => fetch(to, init), now, signal })
  expect(rejected).toEqual([])
  return observed
}

const seriesTitled = async (url: string, title: string) => {
  const { metrics, samples } = await readByApp(url)
  const ids = metrics.filter((metric) => metric.title === title).map(({ id }) => id)
  return samples.filter(({ metric }) => ids.includes(metric)).map(({ series }) => series)
}

/** Every observation that is in the log's files. */
const recorded = () =>
  readdirSync(join(folder, 'alder'))
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) =>
      readFileSync(join(folder, 'alder', name), 'utf8')
        .trimEnd()
        .split('\n'),
    )
    .flatMap((line) => {
      const record = recordOf(line)
      return record?.kind === 'observed' ? [record.observed] : []
    })
const recordedFailures = () =>
  recorded()
    .flatMap(({ errors }) => errors)
    .filter(({ source }) => source === 'jtl')
    .reduce((sum, { count }) => sum + count, 0)
const recordedInstants = (name: string) =>
  recorded()
    .flatMap(({ samples }) => samples.filter(({ metric }) => metric.startsWith(name)))
    .flatMap(({ metric, series }) => Array.from(series.timeMs, (at) => `${metric} ${at}`))

test('a test beside the recorder stands in the feed and in the metrics while it runs', async () => {
  const { url, lines } = await startRecorder()
  await vi.waitFor(() => expect(lines.join()).toContain('jtl_awaited'), PATIENCE)
  writeFileSync(path, `${JTL_HEADER}\n${rowsUntil(20, 10)}`)
  await vi.waitFor(async () => {
    const [threads] = await seriesTitled(url, 'Active threads')
    expect(threads?.value.every((value) => value === 7)).toBe(true)
    expect(threads?.timeMs).toHaveLength(9)
  }, PATIENCE)
  appendFileSync(path, rowsUntil(10, 10, 503) + rowsUntil(2, 8))
  await vi.waitFor(async () => {
    const record = createHistoryRecord()
    record.add(await readByApp(url))
    const errors = record.all().errors.filter((event) => event.class === 'capacity')
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(10)
    expect(errors[0]).toMatchObject({ status: 503, route: 'GET /work' })
  }, PATIENCE)
  const [inFlight] = await seriesTitled(url, 'Requests in flight')
  expect(inFlight?.value[0]).toBeCloseTo(0.1)
  const [attempts] = await seriesTitled(url, 'Load test attempts')
  expect(attempts?.timeMs.length).toBeGreaterThan(20)

  const body = await (await fetch(`${url}/metrics`)).text()
  const of = 'organisation="alder",metric='
  expect(body).toContain(`tidemark_usage{${of}"jtl.threads:run.jtl"} 7`)
  expect(body).toMatch(
    /tidemark_usage\{organisation="alder",metric="jtl.inFlight:run.jtl"\} 0\.1\n/,
  )
  expect(body).toContain('tidemark_source_up{organisation="alder",source="jtl:run.jtl"} 1')
  expect(body).not.toContain('tidemark_limit{organisation="alder",metric="jtl')
  const info = `tidemark_metric_info{${of}"jtl.threads:run.jtl",title="Active threads",unit="count",provenance="measured",scope="sampledClients"} 1`
  expect(body.split('\n').filter((line) => line === info)).toHaveLength(1)
  const page = await (await fetch(`${url}/v1/changes?organisation=alder`)).text()
  expect(`${body}${page}${lines.join()}`).not.toContain(folder)
})

test('after a restart nothing is told twice, and what came meanwhile is told', async () => {
  // More, and longer ago, than the log remembers by itself.
  const old = rowsUntil(3_600, 12_000, 503)
  writeFileSync(path, `${JTL_HEADER}\n${old}${rowsUntil(60, 60)}`)
  const first = await startRecorder()
  await vi.waitFor(() => expect(recordedFailures()).toBe(12_000), PATIENCE)
  await first.stop()
  const told = recordedInstants('jtl.').length
  const kept = join(folder, 'alder', 'followed.json')
  copyFileSync(kept, `${kept}.before`)

  appendFileSync(path, rowsUntil(10, 20, 503) + rowsUntil(2, 5))
  const second = await startRecorder()
  await vi.waitFor(() => expect(recordedFailures()).toBe(12_020), PATIENCE)
  await second.stop()
  const instants = recordedInstants('jtl.')
  expect(instants.length).toBeGreaterThan(told)
  expect(new Set(instants).size).toBe(instants.length)

  // As after `kill -9`: the mark is of a moment before.
  copyFileSync(`${kept}.before`, kept)
  const third = await startRecorder()
  appendFileSync(path, rowsUntil(-5, 2, 503))
  await vi.waitFor(() => expect(recordedFailures()).toBe(12_021), PATIENCE)
  await third.stop()
  expect(recordedFailures()).toBe(12_021)
  const all = recordedInstants('jtl.')
  expect(new Set(all).size).toBe(all.length)
})

test('rows of hours ago are recorded with their times, and are no burst of now in the counters', async () => {
  writeFileSync(path, `${JTL_HEADER}\n${rowsUntil((5 * HOUR_MS) / 1_000, 300, 503)}`)
  const { url } = await startRecorder()
  await vi.waitFor(() => expect(recordedFailures()).toBe(299), PATIENCE)
  const body = await (await fetch(`${url}/metrics`)).text()
  expect(body).not.toMatch(/tidemark_errors_total\{[^}]*class="capacity"/)
  expect(body).not.toContain('tidemark_usage{organisation="alder",metric="jtl')
})
