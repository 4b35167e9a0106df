import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { get as secureGet } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type StaticServer, startStaticServer } from './staticServer.ts'

const HTML = { accept: 'text/html,*/*' }

let home: string
let server: StaticServer

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tidemark-serve-'))
  const folder = join(home, 'dist')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(folder, '.vite'))
  writeFileSync(join(home, 'secret.txt'), 'outside')
  mkdirSync(join(home, 'dist-old'))
  writeFileSync(join(home, 'dist-old', 'x.txt'), 'outside')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tidemark</title>')
  writeFileSync(join(folder, 'mockServiceWorker.js'), '/* worker */')
  writeFileSync(join(folder, 'tidemark.svg'), '<svg/>')
  writeFileSync(join(folder, '.vite', 'manifest.json'), '{}')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-abc.css'), 'body {}')
  writeFileSync(join(folder, 'assets', 'inter.woff2'), 'font')
  server = await startStaticServer({ folder, host: '127.0.0.1', port: 0, connect: [] })
})

afterEach(async () => {
  await server.close()
  rmSync(home, { recursive: true })
})

const get = (path: string, init?: RequestInit) => fetch(new URL(path, server.url), init)

/** Sends a path as it stands; `fetch` would tidy it first. */
const statusOfRaw = (path: string) =>
  new Promise<number>((onStatus, onError) => {
    request({ host: '127.0.0.1', port: server.port, path }, (response) => {
      response.resume()
      onStatus(response.statusCode ?? 0)
    })
      .on('error', onError)
      .end()
  })

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/assets/index-abc.js', 'text/javascript; charset=utf-8'],
  ['/assets/index-abc.css', 'text/css; charset=utf-8'],
  ['/assets/inter.woff2', 'font/woff2'],
  ['/tidemark.svg', 'image/svg+xml'],
])('%s is served as %s', async (path, contentType) => {
  const response = await get(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(contentType)
})

test('an address of the app is answered by the page, with or without a query', async () => {
  for (const path of ['/org/demo/live', '/org/demo/live?w=1h', '/settings', '/signed-in?code=1']) {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<title>Tidemark</title>')
  }
  expect((await get('/org/acme.example/live', { headers: HTML })).status).toBe(200)
})

test('a built file that is not there is an error, not the page', async () => {
  expect((await get('/assets/index-old.js')).status).toBe(404)
  expect((await get('/assets/index-old.js', { headers: HTML })).status).toBe(404)
  expect((await get('/missing.svg')).status).toBe(404)
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/../dist-old/x.txt',
  '//etc/passwd',
  '/%00',
  '/%',
  '/.vite/manifest.json',
])('%s reaches nothing outside and nothing hidden', async (path) => {
  expect(await statusOfRaw(path)).toBe(404)
})

/** Sends bytes as they stand, and gives all that comes back. */
const rawReply = (text: string) =>
  new Promise<string>((onReply, onError) => {
    let reply = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (part: string) => (reply += part))
    socket.on('end', () => onReply(reply)).on('error', onError)
  })

const CLOSING = 'Host: x\r\nConnection: close\r\n'

test.each([
  '/%0d%0aSet-Cookie:%20a=b',
  '/assets/%0d%0aSet-Cookie:%20a=b.js',
  '/org/x/live?to=%0d%0aSet-Cookie:%20a=b',
  '/%E5%98%8D%E5%98%8ASet-Cookie:%20a=b',
])('%s puts no header into a reply', async (path) => {
  const reply = await rawReply(`GET ${path} HTTP/1.1\r\nAccept: text/html\r\n${CLOSING}\r\n`)
  expect(reply).toMatch(/^HTTP\/1\.1 (200|404) /)
  expect(reply.split('\r\n\r\n')[0]).not.toMatch(/cookie/i)
})

test.each([
  ['a line break in a header', `GET / HTTP/1.1\r\nX-A: a\rSet-Cookie: a=b\r\n${CLOSING}\r\n`],
  [
    'two lengths',
    `POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n${CLOSING}\r\n0\r\n\r\nGET /two HTTP/1.1\r\n${CLOSING}\r\n`,
  ],
  ['a header without an end', `GET / HTTP/1.1\r\nX-A: ${'a'.repeat(40_000)}`],
])('a request with %s is refused whole', async (_, request) => {
  const reply = await rawReply(request)
  expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(reply.match(/HTTP\/1\.1/g)).toHaveLength(1)
})

test('built files are kept for ever, the page and the service worker are asked for again', async () => {
  const cacheOf = async (path: string) => (await get(path)).headers.get('cache-control')
  expect(await cacheOf('/assets/index-abc.js')).toBe('public, max-age=31536000, immutable')
  expect(await cacheOf('/')).toBe('no-cache')
  expect(await cacheOf('/org/demo/live')).toBe('no-cache')
  expect(await cacheOf('/mockServiceWorker.js')).toBe('no-cache')
})

test('the service worker may control the whole app', async () => {
  const { headers } = await get('/mockServiceWorker.js')
  expect(headers.get('service-worker-allowed')).toBe('/')
  expect(headers.get('content-type')).toContain('text/javascript')
})

test('what has not changed is not sent again', async () => {
  const etag = (await get('/')).headers.get('etag')!
  const again = await get('/', { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  writeFileSync(join(home, 'dist', 'index.html'), '<!doctype html><title>Tidemark, newer</title>')
  expect((await get('/', { headers: { 'if-none-match': etag } })).status).toBe(200)
})

test('HEAD tells the same as GET without the body', async () => {
  const head = await get('/', { method: 'HEAD' })
  const whole = await get('/')
  expect(head.status).toBe(200)
  expect(head.headers.get('content-length')).toBe(String((await whole.text()).length))
  expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
})

test('other methods are refused', async () => {
  const response = await get('/', { method: 'POST' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})

test('every reply carries the policy of the page', async () => {
  for (const path of ['/', '/org/demo/live', '/assets/index-abc.js', '/missing.svg']) {
    const { headers } = await get(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups')
    // It knows no list of hosts, and would bar Genesys Cloud, which the policy lets frame the page.
    expect(headers.get('x-frame-options')).toBeNull()
  }
})

test('the page that ends a sign-in stays connected with the page that opened it', async () => {
  const { headers } = await get('/signed-in?code=1&state=2')
  expect(headers.get('cross-origin-opener-policy')).toBeNull()
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
})

test('a port that is taken is told as such', async () => {
  const again = startStaticServer({
    folder: join(home, 'dist'),
    host: '127.0.0.1',
    port: server.port,
    connect: [],
  })
  await expect(again).rejects.toMatchObject({
    kind: 'portBusy',
    message: `port ${server.port} is busy`,
  })
})

test('a folder without a page is not served', async () => {
  const missing = startStaticServer({ folder: home, host: '127.0.0.1', port: 0, connect: [] })
  await expect(missing).rejects.toMatchObject({ kind: 'notBuilt' })
})

test('a path that something else answers is its own, with the headers of the page', async () => {
  await server.close()
  server = await startStaticServer({
    folder: join(home, 'dist'),
    host: '127.0.0.1',
    port: 0,
    connect: [],
    mounts: [
      {
        prefix: '/prometheus',
        answer: async (request, response) => void response.end(`below ${request.url}`),
      },
    ],
  })
  const below = await get('/prometheus/api/v1/query?query=up')
  expect(await below.text()).toBe('below /prometheus/api/v1/query?query=up')
  expect(below.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await get('/prometheus', { method: 'POST' })).status).toBe(405)
  expect(await (await get('/prometheuses', { headers: HTML })).text()).toContain('Tidemark')
})

test('a certificate that is none is told as such', async () => {
  const tls = { cert: 'no PEM', key: 'no PEM' }
  const folder = join(home, 'dist')
  await expect(
    startStaticServer({ folder, host: '127.0.0.1', port: 0, connect: [], tls }),
  ).rejects.toMatchObject({ name: 'StaticServerError', kind: 'badCertificate' })
})

const openssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!openssl)('with a certificate the page comes over https (needs openssl)', async () => {
  const [cert, key] = [join(home, 'cert.pem'), join(home, 'key.pem')]
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1'
  const made = spawnSync('openssl', [...words.split(' '), '-keyout', key, '-out', cert])
  expect(made.status).toBe(0)
  await server.close()
  const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  const folder = join(home, 'dist')
  server = await startStaticServer({ folder, host: '127.0.0.1', port: 0, connect: [], tls })
  expect(server.url).toBe(`https://127.0.0.1:${server.port}/`)
  const body = await new Promise<string>((done, failed) => {
    secureGet(server.url, { ca: tls.cert }, (response) => {
      response.setEncoding('utf8').once('data', done)
    }).once('error', failed)
  })
  expect(body).toContain('Tidemark')
})
