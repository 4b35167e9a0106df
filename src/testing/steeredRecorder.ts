import { mkdirSync } from 'node:fs'
import { createTenant } from '#mocks/tenant.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import type { EpochMs } from '#domain/units.ts'
import { readRecorderConfig } from '#recorder/config/recorderConfig.ts'
import { createEventLog } from '#recorder/eventLog.ts'
import { recorderAnswer } from '#recorder/http/recorderAnswers.ts'
import { createRecorder } from '#recorder/recorder.ts'
import { createSecretBook } from '#recorder/secretBook.ts'
import type { StopFile } from '#recorder/alerts/stopFile.ts'
import type { createSteeredClock } from './steeredClock.ts'

type Parts = {
  steered: ReturnType<typeof createSteeredClock>
  stateFolder: string
  scenario: string
  /** When the scenario begins. */
  startMs: EpochMs
  stopFiles?: readonly StopFile[]
}

const ORGANISATION = {
  id: 'alder',
  name: 'Alder',
  domain: '127.0.0.1:8787',
  credentials: { clientId: { env: 'CLIENT' }, clientSecret: { env: 'SECRET' } },
}

/** A recorder of one simulated organisation, `alder`, both on one steered clock; started. */
export async function steeredRecorder({
  steered,
  stateFolder,
  scenario,
  startMs,
  stopFiles,
}: Parts) {
  const tenant = createTenant({
    scenario: scenarioNamed(scenario)!,
    seed: 42,
    startMs,
    now: steered.now,
  })
  const text = JSON.stringify({ version: 1, bearer: null, organisations: [ORGANISATION] })
  const env = { CLIENT: 'client-1', SECRET: 'the-secret-of-the-client' }
  const parsed = readRecorderConfig(text, { env, folder: '.' })
  if (!parsed.ok) throw new Error(parsed.problem)
  const secrets = createSecretBook()
  const lines: string[] = []
  mkdirSync(stateFolder, { recursive: true })
  const recorder = createRecorder({
    config: parsed.value,
    stateFolder,
    ...(stopFiles ? { stopFiles } : {}),
    machine: {
      clock: steered.clock,
      timer: steered.timer,
      fetch: (url, init) => tenant.fetch(new Request(url, init)),
      random: () => 0.5,
      log: createEventLog({ write: (line) => void lines.push(line), now: steered.now, secrets }),
      secrets,
    },
  })
  await recorder.start()
  return {
    recorder,
    metrics: async () =>
      (
        await recorderAnswer(recorder.voice, {
          method: 'GET',
          target: '/metrics',
          authorization: undefined,
        })
      ).body,
    events: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
