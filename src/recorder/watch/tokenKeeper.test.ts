import { expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { createNetwork, ORGANISATION } from '#testing/monitorSetup.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import type { LogFields } from '../eventLog.ts'
import { createSecretBook } from '../secretBook.ts'
import { createTokenKeeper } from './tokenKeeper.ts'

const SECRET = 'a-secret-of-the-client'

function setup() {
  const steered = createSteeredClock()
  const network = createNetwork(steered.now)
  const events: { event: string; fields: LogFields | undefined }[] = []
  const secrets = createSecretBook()
  let granted = 0
  const grant = (lifeSec: number) => () => {
    granted += 1
    return Response.json({ access_token: `token-${granted}`, expires_in: lifeSec })
  }
  const refuse =
    (status: number, headers = {}) =>
    () =>
      new Response(JSON.stringify({ error: 'invalid_client', error_description: SECRET }), {
        status,
        headers,
      })
  network.answer('oauth/token', grant(3_600))
  const start = () =>
    createTokenKeeper({
      org: ORGANISATION.id,
      addresses: simulatedAddresses('http://tenant.test'),
      client: { clientId: 'client', clientSecret: SECRET },
      fetch: network.fetch,
      clock: steered.clock,
      timer: steered.timer,
      random: () => 0.999,
      log: (_, event, fields) => void events.push({ event, fields }),
      secrets,
    })
  const names = () => events.map(({ event }) => event)
  return {
    ...steered,
    network,
    events,
    names,
    secrets,
    grant,
    refuse,
    start,
    asked: () => network.asked.length,
  }
}

test('a token is there at once and is asked for again two minutes before it ends', async () => {
  const { start, advance, asked } = setup()
  const { tokens, stop } = start()
  await advance(0)
  expect(tokens.get()?.accessToken).toBe('token-1')
  await advance(57 * MINUTE_MS)
  expect(asked()).toBe(1)
  await advance(2 * MINUTE_MS)
  expect(tokens.get()?.accessToken).toBe('token-2')
  await advance(10 * HOUR_MS)
  expect(asked()).toBe(12)
  stop()
})

test('a short token is asked for again at half of its life', async () => {
  const { start, advance, asked, network, grant } = setup()
  network.answer('oauth/token', grant(60))
  const { stop } = start()
  await advance(MINUTE_MS * 5)
  expect(asked()).toBe(11)
  stop()
})

test('after a 401 another one is asked for; tokens that are refused at once come ever more rarely', async () => {
  const { start, advance, asked, names } = setup()
  const { tokens, stop } = start()
  await advance(10 * MINUTE_MS)
  tokens.set(null)
  await advance(1_000)
  expect(tokens.get()?.accessToken).toBe('token-2')
  for (let minute = 0; minute < 20; minute++) {
    if (tokens.get()) tokens.set(null)
    await advance(MINUTE_MS / 2)
  }
  expect(asked()).toBeLessThan(20)
  expect(names()).toContain('token_refused')
  stop()
})

test('a login host in trouble is asked less and less, and told of once until it is well', async () => {
  const { start, advance, asked, network, refuse, names, recovered } = {
    ...setup(),
    recovered: 'oauth/token',
  }
  network.answer('oauth/token', refuse(503))
  const { tokens, stop } = start()
  await advance(10 * MINUTE_MS)
  expect(asked()).toBeGreaterThan(10)
  expect(asked()).toBeLessThan(18)
  expect(names()).toEqual(['sign_in_failed'])
  network.recover(recovered)
  network.answer(recovered, () => Response.json({ access_token: 'good', expires_in: 3_600 }))
  await advance(MINUTE_MS)
  expect(tokens.get()?.accessToken).toBe('good')
  expect(names()).toEqual(['sign_in_failed', 'signed_in'])
  stop()
})

test.each([400, 401, 403])(
  'a client that is refused with %i is tried every five minutes',
  async (status) => {
    const { start, advance, asked, network, refuse } = setup()
    network.answer('oauth/token', refuse(status))
    const { stop } = start()
    await advance(HOUR_MS)
    expect(asked()).toBe(13)
    stop()
  },
)

test('Retry-After of the login host is kept', async () => {
  const { start, advance, asked, network, refuse } = setup()
  network.answer('oauth/token', refuse(429, { 'Retry-After': '600' }))
  const { stop } = start()
  await advance(599_000)
  expect(asked()).toBe(1)
  stop()
})

test('a renewal that fails leaves the token that still holds', async () => {
  const { start, advance, network, refuse } = setup()
  const { tokens, stop } = start()
  await advance(57 * MINUTE_MS)
  network.answer('oauth/token', refuse(500))
  await advance(90_000)
  expect(tokens.get()?.accessToken).toBe('token-1')
  await advance(5 * MINUTE_MS)
  expect(tokens.get()).toBeNull()
  stop()
})

test('what is stopped asks no more and leaves no timer', async () => {
  const { start, advance, asked, timers } = setup()
  const { stop } = start()
  await advance(MINUTE_MS)
  stop()
  expect(timers()).toBe(0)
  await advance(2 * HOUR_MS)
  expect(asked()).toBe(1)
})
