/**
 * The recorder over virtual hours: its own code, disk and log, with a clock that runs as fast as the work allows, and replies from simulated organisations in
 * memory. A reader follows the feed and Prometheus scrapes, each once a minute. Forked, and tells after each hour what is held.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTenant } from '#mocks/tenant.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { readRecorderConfig } from '#recorder/config/recorderConfig.ts'
import { createEventLog } from '#recorder/eventLog.ts'
import { recorderAnswer } from '#recorder/http/recorderAnswers.ts'
import { createRecorder } from '#recorder/recorder.ts'
import { createSecretBook } from '#recorder/secretBook.ts'
import { heldBytes } from '#testing/heldBytes.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'

/** What a recorder held after so many virtual hours, garbage collected. */
export type HeldAt = {
  hour: number
  organisations: number
  /** Heap, and arrays outside it. */
  heldMb: number
  residentMb: number
  /** Lines in its files so far. */
  lines: number
  /** How long the hour took. */
  tookMs: number
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const MINUTES_PER_HOUR = 60
const MB = 1024 * 1024
/** One at rest, one in trouble. */
const SCENARIOS = ['quiet', 'retry-storm']
const FIRST_PORT = 8_787

const steered = createSteeredClock()
const startMs = steered.now()
const tenants = new Map(
  SCENARIOS.map((name, i) => [
    `127.0.0.1:${FIRST_PORT + i}`,
    createTenant({ scenario: scenarioNamed(name)!, seed: i + 1, startMs, now: steered.now }),
  ]),
)
const ids = [...tenants.keys()].map((_, i) => `organisation-${i + 1}`)
const organisations = [...tenants.keys()].map((domain, i) => ({
  id: ids[i]!,
  name: SCENARIOS[i]!,
  domain,
}))
const config = readRecorderConfig(JSON.stringify({ version: 1, bearer: null, organisations }), {
  env: {},
  folder: '.',
})
if (!config.ok) throw new Error(config.problem)

const stateFolder = mkdtempSync(join(tmpdir(), 'tidemark-day-'))
const secrets = createSecretBook()
const recorder = createRecorder({
  config: config.value,
  stateFolder,
  machine: {
    clock: steered.clock,
    timer: steered.timer,
    async fetch(url, init) {
      const request = new Request(url, init)
      return await tenants.get(new URL(url).host)!.fetch(request)
    },
    random: Math.random,
    log: createEventLog({ write: () => undefined, now: steered.now, secrets }),
    secrets,
  },
})

const cursors = new Map<string, string>()

async function ask(target: string): Promise<string> {
  const asked = { method: 'GET', target, authorization: undefined }
  const { status, body } = await recorderAnswer(recorder.voice, asked)
  if (status !== 200) throw new Error(`${target} answered ${status}`)
  return body
}

/** What goes on around a recorder in a minute, once its disk has caught up. */
async function minute() {
  await steered.advance(MINUTE_MS)
  await Promise.all(ids.map((id) => recorder.organisation(id)!.orgLog.flushed()))
  await ask('/metrics')
  for (const id of ids) {
    const after = cursors.get(id)
    const page = JSON.parse(
      await ask(`/v1/changes?organisation=${id}${after === undefined ? '' : `&after=${after}`}`),
    ) as { cursor: string }
    cursors.set(id, page.cursor)
  }
}

/** What finalizers hold on to is let go in turns of their own. */
async function settledHeldMb(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    heldBytes()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return heldBytes() / MB
}

const linesWritten = () =>
  readdirSync(stateFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ndjson'))
    .reduce(
      (sum, name) => sum + readFileSync(join(stateFolder, name), 'utf8').split('\n').length,
      0,
    )

let isStarted = false
void recorder.start().then(() => {
  isStarted = true
})
// Organisations begin one after the other, as fast as the disk is.
while (!isStarted) await steered.advance(SECOND_MS / 10)
const hours = Number(process.argv[2])
for (let hour = 1; hour <= hours; hour++) {
  const begun = performance.now()
  for (let done = 0; done < MINUTES_PER_HOUR; done++) await minute()
  const lines = linesWritten()
  const held: HeldAt = {
    hour,
    organisations: ids.length,
    heldMb: await settledHeldMb(),
    residentMb: process.memoryUsage.rss() / MB,
    lines,
    tookMs: performance.now() - begun,
  }
  process.send!(held)
}
await recorder.stop()
rmSync(stateFolder, { recursive: true })
process.disconnect()
