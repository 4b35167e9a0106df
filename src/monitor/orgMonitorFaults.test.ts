import fc from 'fast-check'
import { expect, test } from 'vitest'
import { later, MINUTE_MS } from '#domain/units.ts'
import { hanging, setupMonitor, unreachable } from '#testing/monitorSetup.ts'
import { STEERED_START } from '#testing/steeredClock.ts'
import { calls, users, feed, status, classesOf } from '#testing/usualSources.ts'

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
