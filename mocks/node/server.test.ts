import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect as connectRaw } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { scenarioNamed } from '../scenarios.ts'
import type { FeedPage } from '../tenant/feed.ts'
import { HEARTBEAT_MS } from '../tenant/sockets.ts'
import { startTenantServer, type TenantServer, type TenantServerOptions } from './server.ts'

const running: { stop: () => Promise<unknown> | void }[] = []
afterEach(async () => {
  for (const { stop } of running.splice(0).toReversed()) await stop()
})

async function setup(options: Partial<TenantServerOptions> = {}) {
  const server = await startTenantServer({
    port: 0,
    scenario: scenarioNamed('quiet')!,
    seed: 42,
    ...options,
  })
  running.push({ stop: () => server.close() })
  return server
}

/** What a handshake came to: an open socket, or the reply that refused it. */
type Outcome =
  | { socket: WebSocket; refusal: null }
  | { socket: null; refusal: { status: number; headers: IncomingMessage['headers']; body: string } }

function connect(address: string): Promise<Outcome> {
  const socket = new WebSocket(address)
  running.push({ stop: () => socket.terminate() })
  return new Promise((settle, fail) => {
    socket.once('open', () => settle({ socket, refusal: null }))
    socket.once('error', fail)
    socket.once('unexpected-response', (_, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      response.once('end', () =>
        settle({
          socket: null,
          refusal: { status: response.statusCode ?? 0, headers: response.headers, body },
        }),
      )
    })
  })
}

const guestAddress = ({ url }: TenantServer) =>
  `${url.replace('http', 'ws')}/v1?deploymentId=d1&application=messenger`

async function changes({ url, tenant }: TenantServer): Promise<FeedPage> {
  const response = await fetch(`${url}/v1/changes?organisation=${tenant.organisation.id}`)
  return (await response.json()) as FeedPage
}

async function signIn(url: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'c',
      client_secret: 's',
    }),
  })
  const { access_token } = (await response.json()) as { access_token: string }
  return { Authorization: `Bearer ${access_token}` }
}

const newChannel = async (url: string, headers: Record<string, string>) =>
  (await (
    await fetch(`${url}/api/v2/notifications/channels`, { method: 'POST', headers })
  ).json()) as { id: string; connectUri: string }

test('of 80 guests at a cap of 50, 50 come in and 30 are refused with 503, and the feed says so', async () => {
  const server = await setup({ maxConnections: 50 })
  const outcomes = await Promise.all(
    Array.from({ length: 80 }, () => connect(guestAddress(server))),
  )
  const open = outcomes.flatMap(({ socket }) => (socket ? [socket] : []))
  const refusals = outcomes.flatMap(({ refusal }) => (refusal ? [refusal] : []))
  expect([open.length, refusals.length]).toEqual([50, 30])
  for (const { status, headers, body } of refusals) {
    const error = JSON.parse(body) as { contextId: string }
    expect(status).toBe(503)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(error).toMatchObject({ code: 'service.unavailable', status: 503, limit: { value: 50 } })
    expect(error.contextId).toBe(headers['inin-correlation-id'])
  }
  const full = await changes(server)
  const levels = full.samples.flatMap(({ metric, value }) =>
    metric === 'connections.open' ? [value] : [],
  )
  expect(levels.at(-1)).toBe(50)
  expect(full.limits).toContainEqual(
    expect.objectContaining({ metric: 'connections.open', value: 50 }),
  )
  const refused = full.errors.filter((error) => error.class === 'capacity')
  expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(30)
  expect(new Set(refused.map(({ correlationId }) => correlationId))).toEqual(
    new Set(refusals.map(({ headers }) => headers['inin-correlation-id'])),
  )

  for (const socket of open) socket.close()
  await vi.waitFor(async () => {
    const { samples } = await changes(server)
    expect(samples.findLast(({ metric }) => metric === 'connections.open')!.value).toBe(0)
  })
  const again = await connect(guestAddress(server))
  expect(again.socket).not.toBeNull()
})

test('channels and guests count against one cap, and a newer socket of a channel replaces the older', async () => {
  const server = await setup({ maxConnections: 2 })
  const headers = await signIn(server.url)
  const { connectUri } = await newChannel(server.url, headers)
  const older = (await connect(connectUri)).socket!
  await connect(guestAddress(server))
  expect((await connect(guestAddress(server))).refusal!.status).toBe(503)
  const closed = once(older, 'close')
  const newer = await connect(connectUri)
  expect(newer.socket).not.toBeNull()
  const [code] = (await closed) as [number]
  expect(code).toBe(1001)
  expect(server.tenant.openSockets()).toBe(2)
})

test('a channel answers ping and takes subscriptions, as the vendor describes', async () => {
  const server = await setup()
  const headers = await signIn(server.url)
  const { id, connectUri } = await newChannel(server.url, headers)
  const { socket } = await connect(connectUri)
  const say = async (message: unknown) => {
    const reply = once(socket!, 'message')
    socket!.send(typeof message === 'string' ? message : JSON.stringify(message))
    const [data] = (await reply) as [Buffer]
    return JSON.parse(data.toString()) as Record<string, unknown>
  }
  expect(await say({ message: 'ping' })).toEqual({
    topicName: 'channel.metadata',
    eventBody: { message: 'pong' },
  })
  expect(
    await say({ message: 'subscribe', topics: ['v2.users.x.presence'], correlationId: 'c-1' }),
  ).toEqual({ result: '200', status: 'subscribed', correlationId: 'c-1' })
  for (const wrong of ['{', '7', { message: 'subscribe', topics: [{ toString: false }] }])
    expect((await say(wrong)).result).toBe('400')
  const topics = await fetch(`${server.url}/api/v2/notifications/channels/${id}/subscriptions`, {
    headers,
  })
  expect(await topics.json()).toMatchObject({ entities: [{ id: 'v2.users.x.presence' }] })
})

test('a channel hears a heartbeat every thirty seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  running.push({ stop: () => void vi.useRealTimers() })
  const server = await setup()
  const { connectUri } = await newChannel(server.url, await signIn(server.url))
  const { socket } = await connect(connectUri)
  const heard: unknown[] = []
  socket!.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())))
  vi.advanceTimersByTime(HEARTBEAT_MS)
  await vi.waitFor(() => expect(heard).toHaveLength(1), 20_000)
  expect(heard[0]).toEqual({
    topicName: 'channel.metadata',
    eventBody: { message: 'WebSocket Heartbeat' },
  })
})

test('an unknown channel, a guest without deployment and any other path are refused without a place', async () => {
  const server = await setup({ maxConnections: 1 })
  const base = server.url.replace('http', 'ws')
  const statuses = []
  for (const path of ['/channels/none', '/v1', '/elsewhere'])
    statuses.push((await connect(base + path)).refusal!.status)
  expect(statuses).toEqual([404, 400, 404])
  expect(server.tenant.openSockets()).toBe(0)
})

test('a malformed handshake gives its place back', async () => {
  const server = await setup({ maxConnections: 1 })
  const raw = connectRaw(server.port, '127.0.0.1')
  running.push({ stop: () => void raw.destroy() })
  raw.write(
    'GET /v1?deploymentId=d HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
  const [data] = (await once(raw, 'data')) as [Buffer]
  expect(data.toString()).toMatch(/^HTTP\/1\.1 400/)
  expect(server.tenant.openSockets()).toBe(0)
})

test('without a cap sockets are let in and the scenario plays the connections', async () => {
  const server = await setup()
  expect((await connect(guestAddress(server))).socket).not.toBeNull()
  const { samples } = await changes(server)
  const levels = samples.flatMap(({ metric, value }) =>
    metric === 'connections.open' ? [value] : [],
  )
  expect(Math.min(...levels.map(Number))).toBeGreaterThan(300)
})

test('faults, the cap and the sockets are steered through /_control', async () => {
  const server = await setup({ maxConnections: 1 })
  const headers = await signIn(server.url)
  const control = async (command: unknown, type = 'application/json') => {
    const response = await fetch(`${server.url}/_control`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: JSON.stringify(command),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const path = '/api/v2/organizations/me'
  await control({ faults: [{ path, kind: 'status', status: 503, times: 1 }] })
  expect((await fetch(server.url + path, { headers })).status).toBe(503)
  expect((await fetch(server.url + path, { headers })).status).toBe(200)

  const { socket } = await connect(guestAddress(server))
  expect((await connect(guestAddress(server))).refusal!.status).toBe(503)
  await control({ maxConnections: 2 })
  expect((await connect(guestAddress(server))).socket).not.toBeNull()

  const cut = once(socket!, 'close')
  await control({ closeSockets: true })
  expect(((await cut) as [number])[0]).toBe(1006)
  await vi.waitFor(() => expect(server.tenant.openSockets()).toBe(0), 20_000)

  await control({ revokeTokens: true })
  expect((await fetch(server.url + path, { headers })).status).toBe(401)

  expect((await control({ faults: 'x' })).status).toBe(400)
  expect((await control({ unheard: 1 })).body.message).toContain('unheard')
  expect((await control({ maxConnections: -1 })).status).toBe(400)
  expect((await control({}, 'text/plain')).status).toBe(415)
})

test('a limit is changed in the registry through /_control, and a bad command changes nothing', async () => {
  const { url } = await setup()
  const headers = await signIn(url)
  const control = async (registry: unknown) => {
    const response = await fetch(`${url}/_control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ registry }),
    })
    return { status: response.status, body: (await response.json()) as { message?: string } }
  }
  const value = async () => {
    const path = '/api/v2/organizations/limits/namespaces/quality'
    const reply = await fetch(url + path, { headers })
    const { entities } = (await reply.json()) as { entities: { key: string; value: number }[] }
    return entities.find(({ key }) => key === 'evaluations.per.agent.per.day')!.value
  }
  expect(await value()).toBe(50)
  expect((await control({ 'quality evaluations.per.agent.per.day': 0 })).status).toBe(200)
  expect(await value()).toBe(0)
  for (const bad of [[], { quality: 3 }, { 'quality evaluations.per.agent.per.day': 'many' }]) {
    const { status, body } = await control(bad)
    expect(status).toBe(400)
    expect(body.message).toMatch(/registry|namespace and a key|must be a number/)
  }
  expect(await value()).toBe(0)
})

test('a cap cannot be given to a tenant that was started without one', async () => {
  const server = await setup()
  const response = await fetch(`${server.url}/_control`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"maxConnections":5}',
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    message: 'This tenant was started without a cap on connections',
  })
})

test('a hanging request ends when the client gives up', async () => {
  const { url } = await setup({ faults: [{ path: '/v1/organisations', kind: 'hang' }] })
  const client = new AbortController()
  const asked = fetch(`${url}/v1/organisations`, { signal: client.signal })
  client.abort()
  await expect(asked).rejects.toThrow()
  expect((await fetch(`${url}/_control`)).status).toBe(200)
})

test('HEAD has no body, a large body is refused, a strange path is 404', async () => {
  const { url } = await setup()
  const headers = await signIn(url)
  const head = await fetch(`${url}/api/v2/tokens/me`, { method: 'HEAD', headers })
  expect([head.status, await head.text()]).toEqual([200, ''])
  const large = await fetch(`${url}/oauth/token`, { method: 'POST', body: 'x'.repeat(1_100_000) })
  expect(large.status).toBe(413)
  expect((await fetch(`${url}/nowhere`)).status).toBe(404)
})

test('closing cuts the sockets and frees the port', async () => {
  const server = await setup({ maxConnections: 5 })
  const { socket } = await connect(guestAddress(server))
  const closed = once(socket!, 'close')
  await server.close()
  await closed
  const next = await setup({ port: server.port })
  expect(next.port).toBe(server.port)
  await expect(setup({ port: next.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
