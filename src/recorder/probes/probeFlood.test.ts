import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTenantServer } from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { epochMs, MINUTE_MS } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { someProbeReport } from '#testing/someProbeReport.ts'
import { readRecorderConfig } from '../config/recorderConfig.ts'
import { startRecorderServer } from '../http/recorderServer.ts'
import { createRecorder } from '../recorder.ts'
import { createSecretBook } from '../secretBook.ts'

const POSTERS = 32
const POLLS = 2

let stateFolder: string
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'tidemark-flood-'))
})

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
  rmSync(stateFolder, { recursive: true })
})

/** A recorder of a tenant, both on ports; all real but the log. */
async function setup() {
  const tenant = await startTenantServer({
    port: 0,
    scenario: scenarioNamed('quiet')!,
    seed: 42,
    startMs: Date.now() - MINUTE_MS,
  })
  stops.push(tenant.close)
  const domain = new URL(tenant.url).host
  const alder = { id: 'alder', name: 'Alder', domain, probeApps: ['agent-desktop'] }
  const text = JSON.stringify({ version: 1, bearer: null, organisations: [alder] })
  const config = readRecorderConfig(text, { env: {}, folder: '.' })
  if (!config.ok) throw new Error(config.problem)
  const log = () => undefined
  const recorder = createRecorder({
    config: config.value,
    stateFolder,
    machine: {
      clock: { now: () => epochMs(Date.now()) },
      timer: createPageTimer(),
      fetch: (url, init) => fetch(url, init),
      random: Math.random,
      log,
      secrets: createSecretBook(),
    },
  })
  const { voice } = recorder
  const server = await startRecorderServer({ voice, host: '127.0.0.1', port: 0, log })
  stops.push(server.close)
  await recorder.start()
  stops.push(recorder.stop)
  const feed = () =>
    recorder
      .organisation('alder')!
      .monitor.facts()
      .sources.find(({ id }) => id.startsWith('feed'))!
  await vi.waitFor(() => expect(feed().state).toBe('ok'), { timeout: 20_000 })
  return { url: server.url, feed, monitor: recorder.organisation('alder')!.monitor }
}

test('while reports flood the door, polls are neither late nor left out', async () => {
  const { url, feed, monitor } = await setup()
  const everyMs = feed().everyMs
  const polledAt: number[] = [feed().lastOkAt!]
  let seq = 0
  const statuses = new Map<number, number>()
  const isOver = () => polledAt.length > POLLS
  const unsubscribe = monitor.subscribe(() => {
    const at = feed().lastOkAt!
    if (at !== polledAt.at(-1)) polledAt.push(at)
  })
  const post = async () => {
    seq += 1
    const body = JSON.stringify(someProbeReport(Date.now(), { seq })).padEnd(8_000)
    const { status } = await fetch(`${url}/probe`, { method: 'POST', body })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  await Promise.all(
    Array.from({ length: POSTERS }, async () => {
      while (!isOver()) await post()
    }),
  )
  unsubscribe()
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  expect(sent).toBeGreaterThan(POSTERS)
  const apartMs = polledAt.slice(1).map((at, i) => at - polledAt[i]!)
  expect(Math.max(...apartMs)).toBeLessThan(2 * everyMs)
  expect(feed().skippedTicks).toBe(0)
  expect(monitor.facts().sources.filter(({ state }) => state === 'failing')).toEqual([])
})
