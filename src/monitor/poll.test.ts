import { QueryClient, QueryObserver } from '@tanstack/query-core'
import { expect, test, vi } from 'vitest'
import { NOTHING_OBSERVED, observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { epochMs, metricId } from '#domain/units.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import { SourceError } from '#sources/sourceError.ts'
import { countingSource } from '#testing/countingSource.ts'
import { createNetwork, hanging, ORGANISATION } from '#testing/monitorSetup.ts'
import { createSteeredClock, settled } from '#testing/steeredClock.ts'
import { createBudget } from './budget.ts'
import { createClockCheck } from './clockCheck.ts'
import { createRequestCounter } from './footprint.ts'
import { orgKeys } from './orgKeys.ts'
import { isStop, poll, STOPPED } from './poll.ts'

function setup(source: PolledSource = countingSource('calls', 10_000)) {
  const steered = createSteeredClock()
  const network = createNetwork(steered.now)
  const queryClient = new QueryClient()
  const controller = new AbortController()
  const door = {
    fetch: network.fetch,
    budget: createBudget(steered),
    counter: createRequestCounter(steered.clock),
    clock: steered.clock,
    clockCheck: createClockCheck(),
    heardRate: () => undefined,
  }
  const ask = () =>
    poll({ ...steered, queryClient, org: ORGANISATION.id, source, door, controller }).catch(
      (error: unknown) => error,
    )
  const queryKey = orgKeys.call(ORGANISATION.id, source.id)
  return { ...steered, network, queryClient, queryKey, controller, door, ask }
}

test('the newest reply, its age and its error stand in the query cache', async () => {
  const { ask, network, queryClient, queryKey } = setup()
  const reply = await ask()
  expect(queryClient.getQueryData(queryKey)).toBe(reply)
  network.answer('calls', () => new Response('no', { status: 503 }))
  const error = await ask()
  expect(error).toBeInstanceOf(SourceError)
  expect(queryClient.getQueryState(queryKey)).toMatchObject({ status: 'error', error })
  expect(queryClient.getQueryData(queryKey)).toBe(reply)
})

test('a clock that is set back does not make the reply before good for another hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const { ask, network } = setup()
    await ask()
    vi.setSystemTime(Date.now() - 3_600_000)
    await ask()
    expect(network.asked).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('a screen that stops looking does not call off the running request', async () => {
  const { ask, network, queryClient, queryKey } = setup()
  await ask()
  let answer: (response: Response) => void = () => undefined
  network.answer('calls', () => new Promise((resolve) => (answer = resolve)))
  const observer = new QueryObserver(queryClient, { queryKey, enabled: false })
  const leave = observer.subscribe(() => undefined)
  const reply = ask()
  await settled()
  leave()
  answer(new Response('8'))
  expect(await reply).toMatchObject({ samples: [{ series: { value: Float64Array.of(8) } }] })
})

test('a reply that was called off from outside is no reply, least of all the one before', async () => {
  const { ask, network, queryClient, queryKey } = setup()
  await ask()
  network.answer('calls', hanging)
  const reply = ask()
  await settled()
  await queryClient.cancelQueries({ queryKey })
  expect(isStop(await reply)).toBe(true)
})

test('a request without a reply ends after 15 seconds', async () => {
  const { ask, network, advance } = setup()
  network.answer('calls', hanging)
  const reply = ask()
  await advance(14_999)
  let isOver = false
  void reply.then(() => (isOver = true))
  await settled()
  expect(isOver).toBe(false)
  await advance(1)
  expect(await reply).toMatchObject({ kind: 'timeout' })
})

test('waiting for the budget is not held against the server', async () => {
  const { ask, door, advance } = setup()
  door.budget.refused(60_000)
  const reply = ask()
  await advance(60_000)
  expect(await reply).toMatchObject({ samples: [{ metric: 'calls' }] })
})

test('pages that came before the one that hangs are not lost', async () => {
  const page = (at: number) =>
    observation({ samples: [{ metric: metricId('calls'), series: oneSample(epochMs(at), at) }] })
  const source: PolledSource = {
    ...countingSource('calls', 10_000),
    async ask({ fetch, signal }) {
      await fetch('https://api.test/first')
      await fetch('https://api.test/second', { signal }).catch(() => undefined)
      return page(1)
    },
  }
  const { ask, network, advance } = setup(source)
  network.answer('second', hanging)
  const reply = ask()
  await advance(15_000)
  expect(await reply).toEqual(page(1))
})

test('a stop is passed on as one, and no timer is left', async () => {
  const { ask, network, controller, timers } = setup()
  network.answer('calls', hanging)
  const reply = ask()
  await settled()
  controller.abort(STOPPED)
  expect(isStop(await reply)).toBe(true)
  expect(timers()).toBe(0)
})

test('every request is counted as footprint and hands its place back, whatever comes of it', async () => {
  const { ask, network, door } = setup()
  await ask()
  network.answer('calls', () => Promise.reject(new TypeError('Failed to fetch')))
  await ask()
  expect(door.counter.lastMinute()).toBe(2)
  expect(door.budget.inFlight()).toBe(0)
})

test('a source that answers without the network is as good', async () => {
  const source = {
    ...countingSource('calls', 10_000),
    ask: () => Promise.resolve(NOTHING_OBSERVED),
  }
  expect(await setup(source).ask()).toBe(NOTHING_OBSERVED)
})
