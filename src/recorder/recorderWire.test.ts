import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTenantServer } from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { epochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { createFeedSource } from '#sources/feed/feedSource.ts'
import { createHistoryRecord } from '#sources/history/historyRecord.ts'
import { programPath, unlessInstalled } from '#testing/realPrometheus.ts'
import { readRecorderConfig } from './config/recorderConfig.ts'
import type { FeedPage } from './feed/feedPage.ts'
import { startRecorderServer } from './http/recorderServer.ts'
import { createRecorder } from './recorder.ts'
import { createSecretBook } from './secretBook.ts'

const BEARER = 'the-bearer-of-the-recorder'

let stateFolder: string
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'tidemark-wire-'))
})

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
  rmSync(stateFolder, { recursive: true })
})

/** A tenant on a port, in the middle of a load test. */
async function startTenant() {
  const tenant = await startTenantServer({
    port: 0,
    scenario: scenarioNamed('limit-raised')!,
    seed: 42,
    startMs: Date.now() - 4 * MINUTE_MS,
  })
  stops.push(tenant.close)
  return tenant
}

const now = () => epochMs(Date.now())

/** A recorder of the tenant on a port, with what it says; all real but the log. */
async function startRecorder(port: number) {
  const organisations = [{ id: 'alder', name: 'Alder', domain: `127.0.0.1:${port}` }]
  const text = JSON.stringify({ version: 1, bearer: { env: 'BEARER' }, organisations })
  const config = readRecorderConfig(text, { env: { BEARER }, folder: '.' })
  if (!config.ok) throw new Error(config.problem)
  const log = () => undefined
  const recorder = createRecorder({
    config: config.value,
    stateFolder,
    machine: {
      clock: { now },
      timer: createPageTimer(),
      fetch: (url, init) => fetch(url, init),
      random: Math.random,
      log,
      secrets: createSecretBook(),
    },
  })
  const server = await startRecorderServer({
    voice: recorder.voice,
    host: '127.0.0.1',
    port: 0,
    log,
  })
  stops.push(server.close)
  await recorder.start()
  stops.push(recorder.stop)
  const { monitor } = recorder.organisation('alder')!
  const isOk = (name: RegExp) =>
    monitor.facts().sources.some(({ id, state }) => name.test(id) && state === 'ok')
  await vi.waitFor(() => expect(isOk(/^feed/) && isOk(/callMetrics/)).toBe(true), {
    timeout: 20_000,
  })
  return { ...server, recorder, monitor }
}

const get = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { Authorization: `Bearer ${BEARER}` } })

/** Everything the feed tells from the start, page by page. */
async function pagesOf(url: string) {
  const pages: FeedPage[] = []
  let after = ''
  do {
    const reply = await get(`${url}/v1/changes?organisation=alder${after}`)
    expect(reply.status).toBe(200)
    pages.push((await reply.json()) as FeedPage)
    after = `&after=${pages.at(-1)!.cursor}`
  } while (pages.at(-1)!.hasMore)
  return pages
}

/** What the app's own reader of feeds makes of it. */
async function readByApp(url: string) {
  const rejected: string[] = []
  const source = createFeedSource({
    url,
    organisation: null,
    alsoKnownAs: ['Alder'],
    bearer: () => BEARER,
    origin: 'Recorder',
    onRejected: (problem) => void rejected.push(problem),
  })
  const { signal } = new AbortController()
  const observed = await source.ask({ fetch: (to, init) => fetch(to, init), now, signal })
  expect(rejected).toEqual([])
  const record = createHistoryRecord()
  record.add(observed)
  return { observed, record }
}

const countOf = (errors: readonly { count: number }[]) =>
  errors.reduce((sum, { count }) => sum + count, 0)

test('what the recorder wrote is what the app reads, also after a restart, and nothing counts twice', async () => {
  const tenant = await startTenant()
  const first = await startRecorder(tenant.port)
  await first.recorder.stop()

  const { record } = await readByApp(first.url)
  const forever = epochMs(Infinity)
  const known = record.between(epochMs(0), forever)
  const since = epochMs(
    Math.max(...known.samples.map(({ series }) => series.timeMs.at(-1)!)) - HOUR_MS,
  )
  for (const metric of first.monitor.series.metrics()) {
    const series = known.samples.find((sample) => sample.metric === metric)?.series
    expect([metric, series]).toEqual([metric, first.monitor.series.slice(metric, since, forever)])
  }
  const held = ERROR_CLASSES.reduce(
    (sum, name) => sum + first.monitor.errors.count(name, since, forever),
    0,
  )
  expect(held).toBeGreaterThan(100)
  expect(countOf(known.errors)).toBe(held)
  const limits = first.monitor.facts().limits
  expect(
    known.limits
      .filter(({ metric }) => metric === 'connections.open')
      .map(({ step }) => step.value),
  ).toEqual(
    [...limits].find(([metric]) => metric === 'connections.open')![1].map(({ value }) => value),
  )

  const second = await startRecorder(tenant.port)
  const pages = await pagesOf(second.url)
  const told = pages.flatMap(({ samples }) =>
    samples.map(({ metric, atMs }) => `${metric} ${atMs}`),
  )
  expect(new Set(told).size).toBe(told.length)
  for (const { metric, series } of known.samples)
    for (const at of series.timeMs.filter(
      (one) => one >= second.monitor.now() - HOUR_MS + MINUTE_MS,
    ))
      if (!told.includes(`${metric} ${at}`)) throw new Error(`${metric} at ${at} is gone`)
  const errors = pages.flatMap((page) => page.errors)
  expect(
    countOf(errors.filter(({ atMs }) => atMs >= since && atMs <= known.errors.at(-1)!.at)),
  ).toBe(held)
  await second.recorder.stop()
  expect((await readByApp(second.url)).observed.samples.length).toBeGreaterThanOrEqual(
    known.samples.length,
  )
})

test('over the wire: bearer, preflight, HEAD, methods, long addresses, and no way to a file', async () => {
  const { url } = await startRecorder((await startTenant()).port)
  expect((await fetch(`${url}/v1/organisations`)).status).toBe(401)
  expect((await fetch(`${url}/metrics`)).status).toBe(401)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const head = await get(`${url}/v1/organisations`, { method: 'HEAD' })
  const whole = await get(`${url}/v1/organisations`)
  expect(head.headers.get('content-length')).toBe(String((await whole.arrayBuffer()).byteLength))
  expect(whole.headers.get('access-control-allow-origin')).toBe('*')
  expect((await fetch(`${url}/v1/changes`, { method: 'OPTIONS' })).status).toBe(204)
  expect((await get(`${url}/v1/organisations`, { method: 'POST', body: 'x' })).status).toBe(405)
  expect((await get(`${url}/v1/changes?organisation=${'x'.repeat(5_000)}`)).status).toBe(414)
  expect((await get(`${url}/v1/changes?organisation=alder&after=00000000.1`)).status).toBe(410)
  expect((await get(`${url}/alder/state.json`)).status).toBe(404)
})

const promtool = programPath('promtool')

test.skipIf(!promtool)(
  `promtool has nothing to say against the metrics${unlessInstalled('promtool')}`,
  async () => {
    const { url } = await startRecorder((await startTenant()).port)
    const input = await (await get(`${url}/metrics`)).text()
    expect(input).toContain('tidemark_usage{')
    expect(execFileSync(promtool!, ['check', 'metrics'], { input, encoding: 'utf8' })).toBe('')
  },
)
