import { expect, test } from 'vitest'
import { DAY_MS, later, MINUTE_MS } from '#domain/units.ts'
import { hanging, memoryTokens, setupMonitor, tokenUntil } from '#testing/monitorSetup.ts'
import { STEERED_START } from '#testing/steeredClock.ts'
import { calls, users, feed, status, classesOf } from '#testing/usualSources.ts'

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
