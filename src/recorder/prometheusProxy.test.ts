import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPrometheusProxy } from './prometheusProxy.ts'

type Asked = { url: string; headers: IncomingMessage['headers'] }

let asked: Asked[] = []
let reply: (request: IncomingMessage, response: ServerResponse) => void
let upstream: Server
let server: Server

const addressOf = (one: Server) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`
const listening = (one: Server) =>
  new Promise<void>((done) => one.listen(0, '127.0.0.1', () => done()))

const json = (status: number, body: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Set-Cookie': 'a=b',
    Server: 'x',
  })
  response.end(body)
}

async function proxied(
  options: { authorization?: string; timeoutMs?: number; path?: string } = {},
) {
  const { authorization = null, timeoutMs = 10_000, path = '' } = options
  const url = new URL(addressOf(upstream) + path)
  const answer = createPrometheusProxy({ url, authorization, timeoutMs })
  server = createServer((request, response) => void answer(request, response))
  await listening(server)
  return (target: string, init?: RequestInit) => fetch(addressOf(server) + target, init)
}

beforeEach(async () => {
  asked = []
  reply = json(200, '{"status":"success"}')
  upstream = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    reply(request, response)
  })
  await listening(upstream)
})

afterEach(() => {
  for (const one of [server, upstream]) {
    one.closeAllConnections()
    one.close()
  }
})

test('a question goes on with the credentials of the server, and the answer comes back without its headers', async () => {
  const get = await proxied({ authorization: 'Bearer hidden', path: '/vm/' })
  const response = await get('/prometheus/api/v1/query_range?query=up&step=10', {
    headers: { Authorization: 'Bearer of the page', Cookie: 'of=page' },
  })
  expect(await response.json()).toEqual({ status: 'success' })
  expect(asked).toHaveLength(1)
  expect(asked[0]!.url).toBe('/vm/api/v1/query_range?query=up&step=10')
  expect(asked[0]!.headers).toMatchObject({ authorization: 'Bearer hidden' })
  expect(asked[0]!.headers.cookie).toBeUndefined()
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(response.headers.get('server')).toBeNull()
})

test.each([
  '/prometheus/api/v1/admin/tsdb/delete_series?match[]=up',
  '/prometheus/-/reload',
  '/prometheus/api/v1/write',
  '/prometheus/api/v1/query/../../../-/quit',
  '/prometheus/api/v1/label/a%0d%0aX:%20y/values',
  '/prometheus//evil.test/api/v1/query',
  '/prometheus',
])('%s is not passed on', async (target) => {
  const get = await proxied()
  expect((await get(target)).status).toBe(404)
  expect(asked).toEqual([])
})

test('a query beyond all bounds is refused', async () => {
  const get = await proxied()
  expect((await get(`/prometheus/api/v1/query?query=${'a'.repeat(9_000)}`)).status).toBe(414)
  expect(asked).toEqual([])
})

test("Prometheus' own errors pass through", async () => {
  const body = '{"status":"error","errorType":"bad_data","error":"parse error"}'
  reply = json(400, body)
  const response = await (await proxied())('/prometheus/api/v1/query?query=%7B')
  expect(response.status).toBe(400)
  expect(await response.text()).toBe(body)
})

test('a redirect is not followed: its address would get our credentials', async () => {
  reply = (_, response) => response.writeHead(302, { Location: 'http://evil.test/' }).end()
  const response = await (await proxied({ authorization: 'Bearer hidden' }))(
    '/prometheus/api/v1/query',
  )
  expect(response.status).toBe(502)
  expect(((await response.json()) as { error: string }).error).toMatch(/is not Prometheus \(302/)
})

test.each([
  ['credentials it does not take', 401, /refused the credentials of this server \(401\)/],
  ['a page of something else', 200, /is not Prometheus/],
] as const)('%s are told in words', async (_, status, words) => {
  reply = (_request, response) =>
    response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>')
  const response = await (await proxied())('/prometheus/api/v1/query?query=up')
  expect(response.status).toBe(502)
  expect(((await response.json()) as { error: string }).error).toMatch(words)
})

test('a Prometheus that hangs, or is not there, is told as such', async () => {
  reply = () => undefined
  const get = await proxied({ timeoutMs: 30 })
  expect((await get('/prometheus/api/v1/query?query=up')).status).toBe(504)
  upstream.closeAllConnections()
  await new Promise((closed) => upstream.close(closed))
  const gone = await get('/prometheus/api/v1/query?query=up')
  expect(gone.status).toBe(502)
  expect(((await gone.json()) as { error: string }).error).toMatch(/cannot be reached/)
})
