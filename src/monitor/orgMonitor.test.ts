import { expect, test, vi } from 'vitest'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { DAY_MS, epochMs, later, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import { countingSource, gauge } from '#testing/countingSource.ts'
import { hanging, ORGANISATION, setupMonitor, storedHistory } from '#testing/monitorSetup.ts'
import { createSteeredClock, settled, STEERED_START } from '#testing/steeredClock.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { createOwnLoad } from './doors.ts'
import { calls, users, feed, status } from '#testing/usualSources.ts'

test('asks at the start and keeps every good reply as a sample', async () => {
  const { advance, samplesOf, statusOf, monitor } = setupMonitor({ sources: [calls()] })
  expect(monitor.facts().isLoadingHistory).toBe(true)
  await advance(30_000)
  expect(samplesOf('calls')).toEqual([
    [0, 7],
    [10, 7],
    [20, 7],
    [30, 7],
  ])
  expect(monitor.facts()).toMatchObject({ role: 'polling', isLoadingHistory: false })
  expect(statusOf('calls')).toMatchObject({ state: 'ok', failure: null, skippedTicks: 0 })
  expect(statusOf('calls').nextAt).toBe(later(STEERED_START, 40_000))
})

test('a history that degrades to memory is told at once', async () => {
  const listeners = new Set<() => void>()
  let health: ReturnType<ReturnType<typeof storedHistory>['health']> = { kind: 'stored' }
  const history = {
    ...storedHistory(),
    health: () => health,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const { advance, monitor, samplesOf } = setupMonitor({ sources: [calls()], history })
  await advance(15_000)
  expect(monitor.facts().history).toEqual({ kind: 'stored' })
  health = { kind: 'memory', reason: 'The disk is full.', since: STEERED_START }
  for (const listener of listeners) listener()
  expect(monitor.facts().history).toBe(health)
  await advance(10_000)
  expect(samplesOf('calls')).toHaveLength(3)
})

test('a long file is taken in whole, and written and told in the same parts', async () => {
  const history = storedHistory()
  const write = vi.spyOn(history, 'write')
  const { advance, monitor } = setupMonitor({ history })
  await advance(2_000)
  const errors = Array.from({ length: 2_500 }, (_, i) =>
    errorEvent({ at: later(STEERED_START, i), class: 'server', source: 'jtl' }),
  )
  await monitor.observeLong(observation({ errors }))
  expect(monitor.errors.size()).toBe(2_500)
  const written = write.mock.calls.map(([, { errors: some }]) => some.length)
  expect(written).toEqual([1_000, 1_000, 500])
})

test('what another machine kept of the past does not hold up the polling at all', async () => {
  const kept = storedHistory()
  const history = {
    ...kept,
    read: () => new Promise<never>(() => undefined),
    here: () => kept,
  }
  const { advance, monitor, network } = setupMonitor({ sources: [calls()], history })
  await advance(0)
  expect(network.asked).toHaveLength(1)
  expect(monitor.facts().isLoadingHistory).toBe(true)
})

test('a history that takes its time does not hold up the polling for ever', async () => {
  let answer: () => void = () => undefined
  const stored = storedHistory()
  const history = {
    ...stored,
    read: (...asked: Parameters<typeof stored.read>) =>
      new Promise<void>((resolve) => {
        answer = resolve
      }).then(() => stored.read(...asked)),
  }
  const { advance, monitor, network } = setupMonitor({ sources: [calls()], history })
  await advance(2_000)
  expect(network.asked).toHaveLength(0)
  await advance(2_000)
  expect(network.asked).toHaveLength(1)
  expect(monitor.facts().isLoadingHistory).toBe(true)
  answer()
  await settled()
  expect(monitor.facts().isLoadingHistory).toBe(false)
})

test("counts its own requests, and judges them by the organisation's limit when it is known", async () => {
  const limits = {
    ...users(),
    ask: () =>
      Promise.resolve(
        observation({
          limits: [
            {
              metric: metricId('api.requestsPerMinute'),
              step: { from: later(STEERED_START, 150), value: 60, source: 'platform.api' },
            },
          ],
        }),
      ),
  }
  const { advance, monitor, samplesOf } = setupMonitor({ sources: [calls(), limits] })
  await advance(25_000)
  expect(samplesOf('api.requestsPerMinute')).toEqual([
    [10, 1],
    [20, 2],
  ])
  const steps = monitor.facts().limits.get(metricId('api.requestsPerMinute'))
  expect(steps?.map(({ value }) => value)).toEqual([300, 60])
  expect(monitor.facts().footprint).toMatchObject({ allowedPerMinute: 30, channels: 0 })
})

test('a source that tells the limit of a series does not feed it', async () => {
  const limited = metricId('calls')
  const step = { from: later(STEERED_START, 0), value: 60, source: 'registry' }
  const registry = {
    ...users(),
    metrics: [],
    ask: () => Promise.resolve(observation({ limits: [{ metric: limited, step }] })),
  }
  const { advance, statusOf } = setupMonitor({ sources: [calls(), registry], feeds: [feed()] })
  await advance(5_000)
  expect(statusOf('users').metrics).toEqual([])
  expect(statusOf('calls').metrics).toEqual(['calls'])
})

test('a feed is known by the series it turns out to bring', async () => {
  const brings = gauge('sockets', 2_000)
  const series = oneSample(later(STEERED_START, 0), 12)
  const source = {
    ...feed(),
    metrics: [],
    ask: () =>
      Promise.resolve(observation({ metrics: [brings], samples: [{ metric: brings.id, series }] })),
  }
  const { advance, statusOf, monitor } = setupMonitor({ feeds: [source] })
  await advance(5_000)
  expect(statusOf('feed').metrics).toEqual(['sockets'])
  expect(monitor.facts().metrics).toContainEqual(brings)
})

test('reads the rate limit off the replies and slows down before it is reached', async () => {
  const { advance, monitor, network } = setupMonitor({ sources: [calls()] })
  const headers = { 'inin-ratelimit-count': '190', 'inin-ratelimit-allowed': '200' }
  network.answer('calls', () => new Response('7', { headers }))
  await advance(12_500)
  expect(monitor.facts().footprint.allowedPerMinute).toBe(10)
  expect(network.secondsOf('calls')).toEqual([0])
  await advance(5_000)
  expect(network.secondsOf('calls')).toEqual([0, 15])
})

test('a marker can be set, is kept, and can be taken back', async () => {
  const history = storedHistory()
  const { monitor, advance } = setupMonitor({ history })
  await advance(5_000)
  monitor.mark('run', 'Friday')
  const id = monitor.mark('iteration', '1')
  expect(monitor.facts().markers.map(({ label }) => label)).toEqual(['Friday', '1'])
  monitor.unmark(id)
  expect(monitor.facts().markers.map(({ label }) => label)).toEqual(['Friday'])
  const kept = await history.read(ORGANISATION.id, epochMs(0), epochMs(Number.MAX_SAFE_INTEGER))
  expect(kept.markers.map(({ label }) => label)).toEqual(['Friday'])
})

test('what a file brings is taken in like a reply: drawn, counted, kept', async () => {
  const history = storedHistory()
  const { monitor, advance, samplesOf } = setupMonitor({ history })
  await advance(1_000)
  const at = later(STEERED_START, -500_000)
  const threads = { ...gauge('threads', 1_000), intervalMs: null }
  monitor.observe(
    observation({
      metrics: [threads],
      samples: [{ metric: threads.id, series: oneSample(at, 130) }],
      errors: Array.from({ length: 3 }, () => errorEvent({ at, class: 'capacity', source: 'jtl' })),
    }),
  )
  expect(samplesOf('threads')).toEqual([[-500, 130]])
  expect(monitor.errors.count('capacity', epochMs(0), epochMs(Infinity))).toBe(3)
  expect(monitor.facts().metrics).toContainEqual(threads)
  const kept = await history.read(ORGANISATION.id, later(at, -1), later(at, 1))
  expect(kept.samples).toHaveLength(1)
  expect(kept.errors.reduce((sum, { count }) => sum + count, 0)).toBe(3)
})

test('an older stretch is read back when it is asked for', async () => {
  const history = storedHistory()
  const at = later(STEERED_START, -3 * DAY_MS)
  history.write(
    ORGANISATION.id,
    observation({ samples: [{ metric: metricId('calls'), series: oneSample(at, 5) }] }),
  )
  const { monitor, advance, samplesOf } = setupMonitor({ sources: [calls()], history })
  await advance(1_000)
  expect(samplesOf('calls')).toEqual([[0, 7]])
  await monitor.loadHistory(later(at, -1), later(at, 1))
  expect(samplesOf('calls')[0]).toEqual([-3 * 86_400, 5])
})

test('trying a source again asks it at once, also one that is off', async () => {
  const { advance, network, monitor, statusOf } = setupMonitor({ sources: [calls()] })
  network.answer('calls', status(403))
  await advance(5_000)
  network.recover('calls')
  monitor.tryNow(sourceId('calls'))
  await advance(1)
  expect(statusOf('calls').state).toBe('ok')
})

test('facts are one object until something changes, and readers hear once per flush', async () => {
  const flushes: (() => void)[] = []
  const { advance, monitor } = setupMonitor({
    sources: [calls()],
    schedule: (flush) => flushes.push(flush),
  })
  await advance(5_000)
  flushes.splice(0).forEach((flush) => flush())
  const heard = vi.fn<() => void>()
  monitor.subscribe(heard)
  const before = monitor.facts()
  await advance(2_000)
  expect(monitor.facts()).toBe(before)
  monitor.mark('note', 'one')
  monitor.mark('note', 'two')
  expect(heard).not.toHaveBeenCalled()
  flushes.splice(0).forEach((flush) => flush())
  expect(heard).toHaveBeenCalledTimes(1)
  expect(monitor.facts()).not.toBe(before)
})

test('a stopped monitor asks nothing, hears nothing and leaves no timer', async () => {
  const { advance, monitor, network, timers, samplesOf } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  network.answer('calls', hanging)
  await advance(6_000)
  await monitor.stop()
  await advance(MINUTE_MS)
  expect(timers()).toBe(0)
  expect(network.secondsOf('calls')).toEqual([0, 10])
  expect(samplesOf('calls')).toHaveLength(1)
})

test('an organisation that is started again and again stays within one budget, and shows what it cost', async () => {
  const steered = createSteeredClock()
  const ownLoad = createOwnLoad(steered)
  const sources = Array.from({ length: 20 }, (_, i) => countingSource(`s${i}`, 15_000))
  let asked = 0
  for (let restart = 0; restart < 12; restart += 1) {
    const { monitor, network } = setupMonitor({ steered, sources, ownLoad })
    await steered.advance(4_900)
    expect(monitor.facts().footprint.requestsLastMinute).toBeGreaterThan(asked)
    asked += network.asked.length
    expect(ownLoad.counter.lastMinute()).toBe(asked)
    await monitor.stop()
  }
  expect(asked).toBeLessThanOrEqual(150)
})
