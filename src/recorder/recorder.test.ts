import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTenant } from '#mocks/tenant.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { epochMs, MINUTE_MS, SECOND_MS, sourceId } from '#domain/units.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { type RecorderConfig, readRecorderConfig } from './config/recorderConfig.ts'
import { createEventLog } from './eventLog.ts'
import { recorderAnswer } from './http/recorderAnswers.ts'
import { openLogFolder } from './log/logStorage.ts'
import { createRecorder } from './recorder.ts'
import { createSecretBook } from './secretBook.ts'

const SECRET = 'the-secret-of-the-client'
const BEARER = 'the-bearer-of-the-recorder'

let stateFolder: string
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'tidemark-recorder-'))
})

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  rmSync(stateFolder, { recursive: true })
})

const ALDER = {
  id: 'alder',
  name: 'Alder',
  domain: '127.0.0.1:8787',
  credentials: { clientId: { env: 'CLIENT' }, clientSecret: { env: 'SECRET' } },
}

function configOf(organisations: readonly object[]): RecorderConfig {
  const text = JSON.stringify({ version: 1, bearer: { env: 'BEARER' }, organisations })
  const env = { CLIENT: 'client-1', SECRET, BEARER }
  const parsed = readRecorderConfig(text, { env, folder: '.' })
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

type Parts = {
  scenario?: string
  organisations?: readonly object[]
  openFolder?: typeof openLogFolder
  /** Answers in the tenant's place; null leaves it to the tenant. */
  answer?: (request: Request) => Response | null
}

/** A recorder on a steered clock, of a tenant on the same. */
async function setup({
  scenario = 'quiet',
  organisations = [ALDER],
  openFolder,
  answer,
}: Parts = {}) {
  const steered = createSteeredClock()
  const tenant = createTenant({
    scenario: scenarioNamed(scenario)!,
    seed: 42,
    startMs: STEERED_START,
    now: steered.now,
  })
  const lines: string[] = []
  const secrets = createSecretBook()
  const recorder = createRecorder({
    config: configOf(organisations),
    stateFolder,
    ...(openFolder ? { openFolder } : {}),
    machine: {
      clock: steered.clock,
      timer: steered.timer,
      fetch: async (url, init) => {
        const request = new Request(url, init)
        return answer?.(request) ?? (await tenant.fetch(request))
      },
      random: () => 0.5,
      log: createEventLog({ write: (line) => void lines.push(line), now: steered.now, secrets }),
      secrets,
    },
  })
  stops.push(recorder.stop)
  let isStarted = false
  const started = recorder.start().then(() => {
    isStarted = true
  })
  // Organisations begin one after the other, as fast as the disk is.
  while (organisations.length > 1 && !isStarted) await steered.advance(SECOND_MS / 10)
  await started
  const ask = (target: string) =>
    recorderAnswer(recorder.voice, { method: 'GET', target, authorization: `Bearer ${BEARER}` })
  const events = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { ...steered, tenant, recorder, ask, lines, events }
}

const namesOf = (events: readonly Record<string, unknown>[]) => events.map(({ event }) => event)

/** Values by series, of the lines that are no comments. */
const samplesIn = (text: string) =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number] => {
        const [, series = '', value = ''] = /^(.+) (\S+)$/.exec(line) ?? []
        return [series, Number(value)]
      }),
  )

test('it is ready once each organisation was read', async () => {
  const { ask, advance } = await setup()
  expect((await ask('/readyz')).status).toBe(503)
  await advance(20 * SECOND_MS)
  expect((await ask('/readyz')).status).toBe(200)
  expect(JSON.parse((await ask('/v1/organisations')).body)).toEqual([
    { id: 'alder', name: 'Alder', region: '127.0.0.1:8787' },
  ])
})

test('metrics tell usage, limit, ratio, errors, polls and the own footprint', async () => {
  const { ask, advance, recorder } = await setup({ scenario: 'limit-raised' })
  await advance(4 * MINUTE_MS)
  const { body } = await ask('/metrics')
  const metrics = samplesIn(body)
  const { monitor } = recorder.organisation('alder')!
  const open = 'organisation="alder",metric="connections.open"'
  const usage = metrics.get(`tidemark_usage{${open}}`)!
  expect(usage).toBeGreaterThan(0)
  expect(metrics.get(`tidemark_limit{${open}}`)).toBe(1_000)
  expect(metrics.get(`tidemark_used_ratio{${open}}`)).toBeCloseTo(usage / 1_000)
  expect(
    metrics.get('tidemark_errors_total{organisation="alder",class="capacity",status="503"}'),
  ).toBe(monitor.errors.count('capacity', STEERED_START, monitor.now()))
  expect(
    metrics.get('tidemark_attempts_total{organisation="alder",metric="connections.attempts"}'),
  ).toBeGreaterThan(1_000)
  const calls = 'organisation="alder",source="genesys.callMetrics"'
  expect(metrics.get(`tidemark_source_up{${calls}}`)).toBe(1)
  expect(metrics.get(`tidemark_polls_total{${calls},outcome="ok"}`)).toBe(16)
  expect(metrics.get(`tidemark_source_last_success_timestamp_seconds{${calls}}`)).toBeCloseTo(
    (STEERED_START + 225_000) / 1_000,
    -1,
  )
  expect(metrics.get('tidemark_budget_allowed_per_minute{organisation="alder"}')).toBe(150)
  expect(metrics.get('tidemark_requests_last_minute{organisation="alder"}')).toBeLessThan(40)
  expect(metrics.get('tidemark_requests_in_flight{organisation="alder"}')).toBe(0)
  expect(metrics.get('tidemark_recorder_start_timestamp_seconds')).toBe(STEERED_START / 1_000)
  expect(body).toContain(
    'tidemark_organisation_info{organisation="alder",name="Alder",region="127.0.0.1:8787"} 1',
  )
  expect(body).toContain(
    'tidemark_metric_info{organisation="alder",metric="connections.open",title="WebSocket connections",unit="count",provenance="measured",scope="organisation"} 1',
  )
  for (const name of ['process_cpu_seconds_total', 'nodejs_heap_size_used_bytes'])
    expect(metrics.has(name)).toBe(true)
})

test('a number that is stale is absent, its limit and its name stay', async () => {
  const { ask, advance, tenant } = await setup()
  await advance(MINUTE_MS)
  tenant.setFaults([{ path: '/api/v2/telephony/calls/metrics*', kind: 'status', status: 503 }])
  await advance(2 * MINUTE_MS)
  const metrics = samplesIn((await ask('/metrics')).body)
  const calls = 'organisation="alder",metric="calls.concurrent"'
  expect(metrics.has(`tidemark_usage{${calls}}`)).toBe(false)
  expect(metrics.has(`tidemark_used_ratio{${calls}}`)).toBe(false)
  expect(metrics.get(`tidemark_limit{${calls}}`)).toBeGreaterThan(0)
  const source = 'organisation="alder",source="genesys.callMetrics"'
  expect(metrics.get(`tidemark_source_up{${source}}`)).toBe(0)
  expect(metrics.get(`tidemark_polls_total{${source},outcome="failed"}`)).toBeGreaterThan(0)
})

test('failures of polls are logged when they begin, become others and end', async () => {
  const { advance, tenant, events } = await setup()
  await advance(MINUTE_MS)
  const path = '/api/v2/telephony/calls/metrics?metricType=cloud'
  tenant.setFaults([{ path, kind: 'status', status: 503 }])
  await advance(5 * MINUTE_MS)
  tenant.setFaults([{ path, kind: 'html' }])
  await advance(3 * MINUTE_MS)
  tenant.setFaults([])
  await advance(3 * MINUTE_MS)
  const told = events().filter(({ source }) => source === 'genesys.callMetrics')
  expect(told.map(({ event, kind, status }) => [event, kind, status])).toEqual([
    ['poll_failed', 'unavailable', 503],
    ['poll_failure_changed', 'unexpectedShape', 200],
    ['poll_recovered', undefined, undefined],
  ])
  expect(told[2]!['failedPolls']).toBeGreaterThan(10)
})

test('a token that is revoked is followed by another one, and reading goes on', async () => {
  const { advance, tenant, recorder, events } = await setup()
  await advance(MINUTE_MS)
  tenant.revokeTokens()
  await advance(MINUTE_MS)
  const statuses = recorder.organisation('alder')!.monitor.facts().sources
  expect(statuses.find(({ id }) => id === sourceId('genesys.callMetrics'))?.state).toBe('ok')
  expect(namesOf(events())).toContain('token_refused')
})

test('an organisation that cannot be asked or kept disturbs no other', async () => {
  const { advance, ask, recorder, events } = await setup({
    organisations: [
      { ...ALDER, id: 'broken', domain: '127.0.0.1:1' },
      { ...ALDER, id: 'unkept' },
      ALDER,
    ],
    openFolder: (folder) =>
      folder.endsWith('unkept')
        ? Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }))
        : openLogFolder(folder),
    answer: ({ url }) =>
      url.startsWith('http://127.0.0.1:1/') ? new Response('', { status: 500 }) : null,
  })
  await advance(MINUTE_MS)
  expect(JSON.parse((await ask('/readyz')).body)).toEqual({
    status: 'not ready',
    reasons: [
      { organisation: 'broken', reason: 'nothing of it was read yet' },
      { organisation: 'unkept', reason: 'it could not be started' },
    ],
  })
  const { sources } = recorder.organisation('alder')!.monitor.facts()
  expect(sources.filter(({ state }) => state === 'failing')).toEqual([])
  expect(events().filter(({ event }) => event === 'not_started')).toMatchObject([
    { organisation: 'unkept', level: 'error' },
  ])
})

test('while the disk takes nothing it is not ready, goes on in memory, and says why', async () => {
  const { advance, ask, recorder, events } = await setup({
    openFolder: async (folder) => ({
      ...(await openLogFolder(folder)),
      append: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    }),
  })
  await advance(MINUTE_MS)
  expect(JSON.parse((await ask('/readyz')).body)).toMatchObject({
    reasons: [{ organisation: 'alder', reason: 'its state cannot be written' }],
  })
  expect(recorder.organisation('alder')!.monitor.facts().history).toMatchObject({
    kind: 'memory',
    reason: 'the disk is full (ENOSPC)',
  })
  const page = JSON.parse((await ask('/v1/changes?organisation=alder')).body) as {
    samples: unknown[]
  }
  expect(page.samples.length).toBeGreaterThan(1_000)
  expect(events().filter(({ event }) => event === 'state_not_written')).toHaveLength(1)
})

type Change = { samples: { metric: string; atMs: number; value: number | null }[]; cursor: string }

test('a clock that is set back or forward costs no sample that was told, and a reader goes on', async () => {
  const { ask, advance, setClock, recorder } = await setup()
  const changes = async (after = '') =>
    JSON.parse((await ask(`/v1/changes?organisation=alder${after}`)).body) as Change
  await advance(5 * MINUTE_MS)
  const before = await changes()
  expect(before.samples.length).toBeGreaterThan(20)

  for (const stepMs of [-90 * MINUTE_MS, 3 * 60 * MINUTE_MS]) {
    const { cursor } = await changes()
    setClock(stepMs)
    await advance(5 * MINUTE_MS)
    const { samples } = await changes(`&after=${encodeURIComponent(cursor)}`)
    const known = samples.filter(({ value }) => value !== null)
    expect(known.length).toBeGreaterThan(20)
    expect((await ask('/readyz')).status).toBe(200)
  }

  const kept = await recorder
    .organisation('alder')!
    .orgLog.read(
      epochMs(STEERED_START - 2 * 60 * MINUTE_MS),
      epochMs(STEERED_START + 4 * 60 * MINUTE_MS),
    )
  const instants = new Set(kept.samples.flatMap(({ series }) => [...series.timeMs]))
  const lost = before.samples.filter(({ atMs, value }) => value !== null && !instants.has(atMs))
  expect(lost).toEqual([])
})

test('no secret is in a log line, a file or an answer, whatever servers say back', async () => {
  let seenToken = ''
  const { advance, ask, lines } = await setup({
    answer: (request) => {
      const shown = request.headers.get('Authorization') ?? ''
      if (shown.startsWith('Bearer')) seenToken = shown.slice('Bearer '.length)
      if (!request.url.includes('/telephony/') && !request.url.includes('/flows/')) return null
      const message = `you said ${shown} and your secret is ${SECRET}, ${BEARER}`
      return Response.json({ message, code: 'echo' }, { status: 503 })
    },
  })
  await advance(2 * MINUTE_MS)
  const said = [
    ...lines,
    ...(await Promise.all(
      ['/readyz', '/metrics', '/v1/organisations', '/v1/changes?organisation=alder'].map(
        async (path) => (await ask(path)).body,
      ),
    )),
    ...readdirSync(join(stateFolder, 'alder')).map((name) =>
      readFileSync(join(stateFolder, 'alder', name), 'utf8'),
    ),
  ].join('\n')
  expect(lines.join('\n')).toContain('[secret]')
  expect(seenToken).not.toBe('')
  const secrets = [SECRET, BEARER, seenToken, btoa(`client-1:${SECRET}`)]
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([])
})

test('what is stopped leaves no timer behind', async () => {
  const { advance, recorder, timers } = await setup()
  await advance(MINUTE_MS)
  await recorder.stop()
  // Facts that changed at the end are still told to whoever listens.
  await advance(SECOND_MS)
  expect(timers()).toBe(0)
})
