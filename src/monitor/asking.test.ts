import { expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/units.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { hanging, memoryTokens, setupMonitor } from '#testing/monitorSetup.ts'
import { settled } from '#testing/steeredClock.ts'
import { calls, status } from '#testing/usualSources.ts'

const read = (path: string) => async (context: AskContext) => {
  const response = await context.fetch(`https://api.test/${path}`, { signal: context.signal })
  return `${response.status} ${await response.text()}`
}
/** What an ask came to, once it is over: its value, or the name of what it threw. */
function outcomeOf(asking: Promise<unknown>) {
  const outcome: { is: unknown } = { is: 'running' }
  asking.then(
    (value) => (outcome.is = value),
    (error: unknown) => (outcome.is = error instanceof Error ? error.name : error),
  )
  return outcome
}

test('what is asked on demand answers whoever asked, and is counted in the footprint', async () => {
  const { advance, monitor } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  const outcome = outcomeOf(monitor.ask(read('limits')))
  await advance(5_000)
  expect(outcome.is).toBe('200 7')
  expect(monitor.facts().footprint.requestsLastMinute).toBe(3)
})

test('a hundred requests on demand take longer, and no poll waits for them', async () => {
  const { advance, monitor, network, statusOf } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  const audit = outcomeOf(
    monitor.ask((context) =>
      Promise.all(Array.from({ length: 100 }, () => read('audit')(context))),
    ),
  )
  await advance(MINUTE_MS - 1)
  expect(audit.is).toBe('running')
  expect(network.secondsOf('audit').length).toBeLessThanOrEqual(75)
  expect(network.secondsOf('audit').length).toBeGreaterThan(70)
  expect(network.secondsOf('calls')).toEqual([0, 10, 20, 30, 40, 50, 60])
  expect(statusOf('calls').skippedTicks).toBe(0)
  await advance(MINUTE_MS)
  expect(audit.is).toHaveLength(100)
})

test('a 429 on demand pauses the polls, too, for as long as it says', async () => {
  const { advance, monitor, network } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  network.answer('limits', status(429, { 'Retry-After': '30' }))
  expect(await monitor.ask(read('limits'))).toBe('429 no')
  await advance(MINUTE_MS)
  expect(network.secondsOf('calls').filter((sec) => sec > 5 && sec < 35)).toEqual([])
  expect(network.secondsOf('calls').length).toBeGreaterThan(2)
})

test('a reply that does not come ends that request after 15 s, and the polls go on', async () => {
  const { advance, monitor, network } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  network.answer('limits', hanging)
  const outcome = outcomeOf(monitor.ask(read('limits')))
  await advance(14_000)
  expect(outcome.is).toBe('running')
  await advance(2_000)
  expect(outcome.is).toBe('TimeoutError')
  expect(network.secondsOf('calls')).toEqual([0, 10, 20])
})

test('a reply that stops in the middle counts as one that does not come', async () => {
  const { advance, monitor, network } = setupMonitor()
  network.answer('limits', (_url, init) => {
    const body = new ReadableStream({
      start: (stream) =>
        init?.signal?.addEventListener('abort', () => stream.error(init.signal?.reason)),
    })
    return new Response(body)
  })
  const outcome = outcomeOf(monitor.ask(read('limits')))
  await advance(16_000)
  expect(outcome.is).toBe('TimeoutError')
})

test('work that is called off ends with the reason, also when it does not listen', async () => {
  const { monitor } = setupMonitor()
  const calling = new AbortController()
  const outcome = outcomeOf(monitor.ask(() => new Promise(() => undefined), calling.signal))
  calling.abort(new DOMException('enough', 'AbortError'))
  await settled()
  expect(outcome.is).toBe('AbortError')
})

test('a monitor that stops ends what is asked, and starts nothing afterwards', async () => {
  const { monitor, network, timers } = setupMonitor()
  network.answer('limits', hanging)
  const outcome = outcomeOf(monitor.ask(read('limits')))
  await settled()
  await monitor.stop()
  await settled()
  expect(outcome.is).toBe('AbortError')
  const late = outcomeOf(monitor.ask(read('late')))
  await settled()
  expect(late.is).toBe('AbortError')
  expect(network.secondsOf('late')).toEqual([])
  expect(timers()).toBe(0)
})

test('what the work throws is what the asker gets', async () => {
  const { monitor } = setupMonitor({ tokens: memoryTokens(null) })
  const broken = monitor.ask(() => Promise.reject(new RangeError('nobody thought of this')))
  await expect(broken).rejects.toThrow('nobody thought of this')
})
