import { expect, test, vi } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { countingSource } from '#testing/countingSource.ts'
import {
  ORGANISATION,
  setupMonitor,
  storedHistory,
  tokenUntil,
  memoryTokens,
} from '#testing/monitorSetup.ts'
import { createWorkerTimer } from './workerTimer.ts'

const EVERY_MS = 250

/** A tab as the browser sees one: real locks, a real channel, a real worker, the real clock. */
function openTab(id: string, history: ReturnType<typeof storedHistory>) {
  const channel = new BroadcastChannel('tidemark-test')
  return setupMonitor({
    organisation: { ...ORGANISATION, id: orgId(id) },
    sources: [countingSource('calls', EVERY_MS)],
    tokens: memoryTokens(tokenUntil(epochMs(Date.now() + 3_600_000))),
    history,
    clock: { now: () => epochMs(Date.now()) },
    timer: createWorkerTimer(),
    locks: navigator.locks,
    channel,
  })
}

test('with the real locks and channel one tab asks, the other reads along and takes over', async () => {
  const id = crypto.randomUUID()
  const history = storedHistory()
  const first = openTab(id, history)
  await vi.waitFor(() => expect(first.samplesOf('calls').length).toBeGreaterThan(1), 10_000)
  const second = openTab(id, history)
  await vi.waitFor(() => expect(second.samplesOf('calls').length).toBeGreaterThan(3), 10_000)
  expect(first.monitor.facts().role).toBe('polling')
  expect(second.monitor.facts().role).toBe('following')
  expect(second.network.asked).toEqual([])

  await first.monitor.stop()
  await vi.waitFor(() => expect(second.network.asked.length).toBeGreaterThan(1), 10_000)
  expect(second.monitor.facts().role).toBe('polling')
  const times = second.samplesOf('calls').map(([at]) => at)
  expect(new Set(times).size).toBe(times.length)
  await second.monitor.stop()
})
