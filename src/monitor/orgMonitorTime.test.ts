import { expect, test } from 'vitest'
import { DAY_MS, durationMs, epochMs, later, metricId, MINUTE_MS } from '#domain/units.ts'
import { ORGANISATION, setupMonitor, storedHistory } from '#testing/monitorSetup.ts'
import { STEERED_START } from '#testing/steeredClock.ts'
import { calls } from '#testing/usualSources.ts'

test('a page closed for an hour comes back with what it knew, and a gap for the hour', async () => {
  const history = storedHistory()
  const first = setupMonitor({ sources: [calls()], history })
  await first.advance(30_000)
  await first.monitor.stop()
  await first.advance(60 * MINUTE_MS)
  const again = setupMonitor({ sources: [calls()], history, steered: first })
  await again.advance(5_000)
  expect(again.samplesOf('calls')).toEqual([
    [0, 7],
    [10, 7],
    [20, 7],
    [30, 7],
    [40, '-'],
    [3630, 7],
  ])
})

test('a machine that slept shows a gap and no burst of what it missed', async () => {
  const { advance, sleep, samplesOf, network } = setupMonitor({ sources: [calls()] })
  await advance(15_000)
  await sleep(8 * 60 * MINUTE_MS)
  await advance(12_000)
  expect(samplesOf('calls').map(([, value]) => value)).toEqual([7, 7, '-', 7, 7])
  expect(network.secondsOf('calls')).toHaveLength(4)
})

test('a clock set back neither stops the polling nor loses what was recorded', async () => {
  const { advance, setClock, history, monitor } = setupMonitor({ sources: [calls()] })
  await advance(35_000)
  setClock(-20 * MINUTE_MS)
  await advance(30_000)
  const kept = await history.read(ORGANISATION.id, epochMs(0), later(STEERED_START, DAY_MS))
  const values = kept.samples.find(({ metric }) => metric === metricId('calls'))?.series.value
  expect(values?.filter((value) => value === 7)).toHaveLength(7)
  expect(monitor.facts().clock.kind).toBe('unchecked')
})

test('a hidden tab for 30 minutes keeps its pace where the timer does, and its data where it does not', async () => {
  const worker = setupMonitor({ sources: [calls()] })
  await worker.advance(30 * MINUTE_MS)
  expect(worker.samplesOf('calls')).toHaveLength(181)

  const page = setupMonitor({ sources: [calls()] })
  page.throttle(MINUTE_MS)
  await page.advance(30 * MINUTE_MS)
  const values = page.samplesOf('calls').map(([, value]) => value)
  expect(values.filter((value) => value === 7).length).toBeGreaterThanOrEqual(29)
  expect(values.slice(0, 4)).toEqual([7, '-', 7, '-'])
})

test('a page nobody has looked at for its idle period stops, says so, and goes on when it is shown', async () => {
  let isHidden = false
  const listeners = new Set<() => void>()
  const page = {
    isHidden: () => isHidden,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const show = (hidden: boolean) => {
    isHidden = hidden
    for (const listener of listeners) listener()
  }
  const { advance, monitor, network } = setupMonitor({
    sources: [calls()],
    page,
    idleStopMs: durationMs(10 * MINUTE_MS),
  })
  await advance(5_000)
  show(true)
  await advance(9 * MINUTE_MS)
  expect(monitor.facts().idleSince).toBeNull()
  await advance(2 * MINUTE_MS)
  expect(monitor.facts().idleSince).toBe(later(STEERED_START, 605_000))
  const asked = network.asked.length
  await advance(60 * MINUTE_MS)
  expect(network.asked).toHaveLength(asked)
  show(false)
  await advance(1_000)
  expect(monitor.facts()).toMatchObject({ idleSince: null, role: 'polling' })
  expect(network.asked).toHaveLength(asked + 1)
})

test('checks the clock by the Date header, and times samples by it', async () => {
  const { advance, monitor, network, now, samplesOf } = setupMonitor({ sources: [calls()] })
  network.answer(
    'calls',
    () => new Response('7', { headers: { Date: new Date(now() + 60_000).toUTCString() } }),
  )
  await advance(12_000)
  expect(monitor.facts().clock).toMatchObject({ kind: 'checked', offsetMs: 60_500, errorMs: 500 })
  expect(monitor.now()).toBe(later(now(), 60_500))
  expect(samplesOf('calls').at(-1)).toEqual([70.5, 7])
})

test('after the clock was set back the value on the screen is the one that was just read', async () => {
  const { advance, monitor, network, setClock, now } = setupMonitor({ sources: [calls()] })
  await advance(60_000)
  setClock(-60 * MINUTE_MS)
  network.answer('calls', () => new Response('9'))
  await advance(40_000)
  const latest = monitor.series.latest(metricId('calls'))
  expect(latest?.value).toBe(9)
  expect(now() - latest!.at).toBeLessThanOrEqual(10_000)
})
