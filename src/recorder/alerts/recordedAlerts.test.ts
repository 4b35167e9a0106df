import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { metricId, MINUTE_MS, orgId, SECOND_MS } from '#domain/units.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { steeredRecorder } from '#testing/steeredRecorder.ts'

const OPEN = metricId('connections.open')
const ALDER = orgId('alder')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-alerts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a limit that is reached is logged, counted, and stops the load test within one poll', async () => {
  const steered = createSteeredClock()
  const path = join(folder, 'stop')
  const parts = {
    steered,
    stateFolder: join(folder, 'state'),
    scenario: 'ramp-to-limit',
    startMs: STEERED_START,
    stopFiles: [{ organisation: ALDER, path }],
  }
  const first = await steeredRecorder(parts)
  const { monitor } = first.recorder.organisation('alder')!
  const isFull = () => (monitor.series.latest(OPEN)?.value ?? 0) >= 980
  const isStopped = () => existsSync(path)
  /** For how long it has been full without a break. */
  let fullMs = 0
  while (!isStopped() && steered.now() < STEERED_START + 60 * MINUTE_MS) {
    await steered.advance(SECOND_MS)
    fullMs = isFull() ? fullMs + SECOND_MS : 0
  }
  expect(isStopped()).toBe(true)
  // A minute of being full is what the rule waits for; a poll of the feed is two seconds.
  expect(fullMs).toBeGreaterThanOrEqual(58 * SECOND_MS)
  expect(fullMs).toBeLessThanOrEqual(65 * SECOND_MS)
  expect(readFileSync(path, 'utf8')).toMatch(
    / Alder: WebSocket connections at the limit\. 1\D000 of/,
  )

  await steered.advance(20 * SECOND_MS)
  const told = () => first.events().filter(({ event }) => event === 'alert_fired')
  expect(told().map(({ rule }) => rule)).toContain('atLimit')
  expect(await first.metrics()).toContain(
    'tidemark_alerts_firing{organisation="alder",rule="atLimit",severity="critical"} 1',
  )
  await first.recorder.stop()

  rmSync(path)
  const again = await steeredRecorder(parts)
  await steered.advance(30 * SECOND_MS)
  expect(again.events().map(({ event }) => event)).not.toContain('alert_fired')
  expect(await again.metrics()).toContain('rule="atLimit"')
  await again.recorder.stop()
}, 60_000)

test('a quiet organisation tells nothing, and nothing is stopped', async () => {
  const steered = createSteeredClock()
  const path = join(folder, 'stop')
  const { recorder, events, metrics } = await steeredRecorder({
    steered,
    stateFolder: join(folder, 'state'),
    scenario: 'quiet',
    startMs: STEERED_START,
    stopFiles: [{ organisation: ALDER, path }],
  })
  await steered.advance(15 * MINUTE_MS)
  expect(existsSync(path)).toBe(false)
  expect(events().filter(({ event }) => String(event).startsWith('alert'))).toEqual([])
  expect(await metrics()).not.toContain('tidemark_alerts_firing{')
  await recorder.stop()
}, 60_000)
