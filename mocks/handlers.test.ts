import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { handlersFor } from './handlers.ts'
import { steeredTenant } from './steeredTenant.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: 'c',
  client_secret: 's',
})

test('what no page could read is a failed request', async () => {
  const { tenant } = steeredTenant('quiet', {
    faults: [{ path: '/v1/organisations', kind: 'noCors503', times: 1 }],
  })
  server.use(...handlersFor(tenant, 'https://app.example.com/simulated/abc'))
  const ask = () => fetch('https://app.example.com/simulated/abc/v1/organisations')
  await expect(ask()).rejects.toThrow(TypeError)
  expect((await ask()).status).toBe(200)
})

test.each([
  ['an origin', 'https://api.example.com'],
  ['a path of an origin', 'https://app.example.com/simulated/abc'],
])('a tenant answers under %s', async (_, base) => {
  const { tenant } = steeredTenant('quiet', { basePath: new URL(base).pathname.replace(/\/$/, '') })
  server.use(...handlersFor(tenant, base))
  const login = await fetch(`${base}/oauth/token`, { method: 'POST', body: form })
  const { access_token } = (await login.json()) as { access_token: string }
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(base + path, { ...init, headers: { Authorization: `Bearer ${access_token}` } })
  expect(await (await ask('/api/v2/organizations/me')).json()).toMatchObject(tenant.organisation)
  const channel = await ask('/api/v2/notifications/channels', { method: 'POST' })
  const { connectUri } = (await channel.json()) as { connectUri: string }
  expect(connectUri).toMatch(new RegExp(`^${base.replace('http', 'ws')}/channels/`))
  const head = await ask('/api/v2/tokens/me', { method: 'HEAD' })
  expect(head.status).toBe(200)
  const feed = await fetch(`${base}/v1/changes?organisation=${tenant.organisation.id}`)
  expect(feed.status).toBe(200)
})
