import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { DAY_MS, durationMs, epochMs, later, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import { countingSource, gauge } from '#testing/countingSource.ts'
import {
  hanging,
  memoryTokens,
  ORGANISATION,
  setupMonitor,
  storedHistory,
  tokenUntil,
  unreachable,
} from '#testing/monitorSetup.ts'
import { createSteeredClock, settled, STEERED_START } from '#testing/steeredClock.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { createOwnLoad } from './doors.ts'

const calls = () => countingSource('calls', 10_000)
const users = () => countingSource('users', 10_000)
const feed = () => countingSource('feed', 2_000)
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('no', { status: code, headers })
const classesOf = ({ monitor }: ReturnType<typeof setupMonitor>) =>
  monitor.errors
    .between(epochMs(0), epochMs(Infinity))
    .map((event) => [event.class, event.status] as const)

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

test('a failed poll leaves a gap at its due time, an error of our own, and a reason; others go on', async () => {
  const setup = setupMonitor({ sources: [calls(), users()], random: () => 0 })
  const { advance, network, samplesOf, statusOf } = setup
  await advance(15_000)
  network.answer('calls', status(503, { 'ININ-Correlation-Id': 'abc' }))
  await advance(10_000)
  network.recover('calls')
  expect(statusOf('calls')).toMatchObject({
    state: 'failing',
    failingSince: later(STEERED_START, 20_000),
    failure: { kind: 'unavailable', status: 503, correlationId: 'abc' },
  })
  expect(statusOf('users').state).toBe('ok')
  await advance(10_000)
  expect(samplesOf('calls')).toEqual([
    [0, 7],
    [10, 7],
    [20, '-'],
    [30, 7],
  ])
  expect(samplesOf('users').map(([, value]) => value)).toEqual([7, 7, 7, 7])
  expect(classesOf(setup)).toEqual([['capacity', 503]])
  expect(statusOf('calls')).toMatchObject({ state: 'ok', failingSince: null, failure: null })
})

test('401 in the middle stops what needs the token, says so, and goes on with the next token', async () => {
  const setup = setupMonitor({ sources: [calls(), users()], feeds: [feed()] })
  const { advance, network, monitor, statusOf, tokens } = setup
  await advance(15_000)
  network.answer('calls', status(401))
  await advance(15_000)
  expect(monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'refused' })
  expect(statusOf('calls')).toMatchObject({ state: 'signedOut', nextAt: null })
  expect(statusOf('users')).toMatchObject({ state: 'signedOut', nextAt: null })
  expect(statusOf('feed').state).toBe('ok')
  const asked = network.secondsOf('users').length
  await advance(MINUTE_MS)
  expect(network.secondsOf('calls')).toHaveLength(3)
  expect(network.secondsOf('users')).toHaveLength(asked)
  expect(network.secondsOf('feed').length).toBeGreaterThan(40)

  network.recover('calls')
  tokens.set(tokenUntil(later(STEERED_START, DAY_MS), 'second'))
  await advance(1_000)
  expect(monitor.facts().session.kind).toBe('signedIn')
  expect(statusOf('calls').state).toBe('ok')
  expect(classesOf(setup)).toEqual([['auth', 401]])
})

test('the token that was refused is not tried again, even if the store still has it', async () => {
  const { advance, network, tokens } = setupMonitor({ sources: [calls()] })
  network.answer('calls', status(401))
  await advance(5_000)
  tokens.set(tokens.get())
  await advance(MINUTE_MS)
  expect(network.secondsOf('calls')).toHaveLength(1)
})

test('a token that runs out ends the session without a single refused request', async () => {
  const tokens = memoryTokens(tokenUntil(later(STEERED_START, 25_000)))
  const { advance, monitor, network } = setupMonitor({ sources: [calls()], tokens })
  await advance(MINUTE_MS)
  expect(monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'expired' })
  expect(network.secondsOf('calls')).toEqual([0, 10, 20])
})

test('a request that is under way when somebody signs out is called off, and its token not called refused', async () => {
  const { advance, monitor, network, tokens, statusOf } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  let refuse: (reply: Response) => void = () => undefined
  network.answer('calls', (url, init) => {
    const refused = new Promise<Response>((resolve) => (refuse = resolve))
    return Promise.race([refused, Promise.resolve(hanging(url, init))])
  })
  await advance(6_000)
  tokens.set(null)
  refuse(new Response('no', { status: 401 }))
  await advance(5_000)
  expect(monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'left' })
  expect(statusOf('calls')).toMatchObject({ state: 'signedOut', nextAt: null })
})

test('signing out stops at once; never signed in asks nothing at all', async () => {
  const { advance, monitor, network, tokens, statusOf } = setupMonitor({ sources: [calls()] })
  await advance(5_000)
  tokens.set(null)
  await advance(MINUTE_MS)
  expect(monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'left' })
  expect(network.secondsOf('calls')).toEqual([0])

  const other = setupMonitor({ sources: [calls()], tokens: memoryTokens(null) })
  await other.advance(MINUTE_MS)
  expect(other.monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'never' })
  expect(other.network.asked).toEqual([])
  expect(statusOf('calls').state).toBe('signedOut')
})

test('feeds alone need no sign-in', async () => {
  const { advance, monitor, samplesOf } = setupMonitor({ feeds: [feed()], tokens: null })
  await advance(4_000)
  expect(monitor.facts().session).toEqual({ kind: 'notNeeded' })
  expect(samplesOf('feed')).toHaveLength(3)
  expect(monitor.facts().metrics.map(({ id }) => id)).toEqual(['feed'])
})

test.each([
  [403, 'forbidden'],
  [404, 'absent'],
  [400, 'badRequest'],
] as const)('%s takes one source off with its reason, and no other', async (code, kind) => {
  const { advance, network, statusOf } = setupMonitor({ sources: [calls(), users()] })
  network.answer('calls', status(code))
  await advance(5 * MINUTE_MS)
  expect(statusOf('calls')).toMatchObject({ state: 'off', failure: { kind, status: code } })
  expect(network.secondsOf('calls')).toHaveLength(1)
  expect(statusOf('users').state).toBe('ok')
})

test('429 with Retry-After pauses the API for as long, and a feed beside it goes on', async () => {
  const { advance, network, statusOf, samplesOf } = setupMonitor({
    sources: [calls(), users()],
    feeds: [feed()],
    random: () => 0,
  })
  await advance(15_000)
  network.answer('calls', status(429, { 'Retry-After': '42' }))
  await advance(5_200)
  network.recover('calls')
  expect(statusOf('calls').failure).toMatchObject({ kind: 'rateLimited', retryAfterMs: 42_000 })
  await advance(41_000)
  expect(network.secondsOf('calls').filter((at) => at > 20.5)).toEqual([])
  expect(network.secondsOf('users').filter((at) => at > 21)).toEqual([])
  expect(samplesOf('feed').length).toBeGreaterThan(30)
  await advance(2_000)
  expect(statusOf('calls').state).toBe('ok')
  expect(statusOf('users').state).toBe('ok')
})

test('429 with the wait only in its message waits that long', async () => {
  const { advance, network } = setupMonitor({ sources: [calls()], random: () => 0 })
  const body = 'Rate limit exceeded the maximum. Retry the request in [25] seconds'
  network.answer('calls', () => new Response(body, { status: 429 }))
  await advance(24_000)
  expect(network.secondsOf('calls')).toEqual([0])
  await advance(2_000)
  expect(network.secondsOf('calls')).toEqual([0, 25])
})

test('a hanging request is given up after 15 seconds; the ticks it met are skipped and counted', async () => {
  const setup = setupMonitor({ sources: [users()], feeds: [feed()], random: () => 0 })
  const { advance, network, statusOf, samplesOf } = setup
  await advance(1_000)
  network.answer('feed', hanging)
  await advance(16_900)
  network.recover('feed')
  expect(statusOf('feed')).toMatchObject({ state: 'failing', skippedTicks: 7 })
  expect(statusOf('feed').failure?.kind).toBe('timeout')
  expect(classesOf(setup)).toEqual([['network', null]])
  await advance(2_000)
  expect(samplesOf('feed')).toEqual([
    [0, 7],
    [2, '-'],
    [18, 7],
  ])
  expect(samplesOf('users')).toHaveLength(2)
})

test('a source that does not listen to its signal is left behind', async () => {
  const deaf = { ...calls(), ask: () => new Promise<never>(() => undefined) }
  const { advance, statusOf } = setupMonitor({ sources: [deaf, users()] })
  await advance(17_000)
  expect(statusOf('calls')).toMatchObject({ state: 'failing', failure: { kind: 'timeout' } })
  expect(statusOf('users').state).toBe('ok')
})

test('an exception nobody thought of fails one source, with its words', async () => {
  const broken = { ...calls(), ask: () => Promise.reject(new RangeError('odd number')) }
  const { advance, statusOf } = setupMonitor({ sources: [broken, users()] })
  await advance(5_000)
  expect(statusOf('calls').failure).toMatchObject({
    kind: 'unexpectedShape',
    message: 'calls: odd number',
  })
  expect(statusOf('users').state).toBe('ok')
})

test('five minutes without network: one gap, errors instead of zeros, and all goes on by itself', async () => {
  const setup = setupMonitor({ sources: [calls()], feeds: [feed()] })
  const { advance, network, samplesOf, statusOf, monitor } = setup
  await advance(MINUTE_MS + 5_000)
  const before = samplesOf('calls').length
  network.answer('*', unreachable)
  await advance(5 * MINUTE_MS)
  expect(statusOf('calls')).toMatchObject({ state: 'failing', failure: { kind: 'network' } })
  network.recover('*')
  await advance(70_000)
  expect(statusOf('calls').state).toBe('ok')
  expect(statusOf('feed').state).toBe('ok')
  const samples = samplesOf('calls')
  expect(samples.slice(before)[0]).toEqual([70.15, '-'])
  expect(samples.filter(([, value]) => value === '-')).toHaveLength(1)
  expect(samples.every(([, value]) => value === '-' || value === 7)).toBe(true)
  expect(new Set(classesOf(setup).map(([name]) => name))).toEqual(new Set(['network']))
  expect(monitor.facts().session.kind).toBe('signedIn')
})

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

test('whatever the network does, there are as many samples as good turns, and no value of its own making', async () => {
  const anyAnswer = fc.constantFrom('good', '503', '500', 'html', 'hang', 'down', '429')
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAnswer, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      async (script, random) => {
        const setup = setupMonitor({ sources: [calls()], random: () => random })
        let turn = 0
        let good = 0
        let isOver = false
        setup.network.answer('calls', (url, init) => {
          const kind = isOver ? 'good' : script[turn % script.length]!
          turn += 1
          if (kind === 'hang') return hanging(url, init)
          if (kind === 'down') return unreachable(url, init)
          if (kind === 'html') return new Response('<html>')
          if (kind === '429') return status(429, { 'Retry-After': '3' })()
          if (kind !== 'good') return status(Number(kind))()
          good += 1
          return new Response(String(100 + good))
        })
        await setup.advance(10 * MINUTE_MS)
        isOver = true
        await setup.advance(2 * MINUTE_MS)
        const values = setup.samplesOf('calls').map(([, value]) => value)
        expect(values.filter((value) => value !== '-')).toEqual(
          Array.from({ length: good }, (_, i) => 101 + i),
        )
        expect(setup.monitor.errors.size()).toBe(turn - good)
        expect(setup.statusOf('calls').state).toBe('ok')
      },
    ),
    { numRuns: 20 },
  )
}, 30_000)

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
