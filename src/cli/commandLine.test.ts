import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from './commandLine.ts'
import { serveCommandOf } from './serve.ts'

const HEADER = 'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads'
const RUN = `${HEADER}\n1795414353815,100,GET /work,200,OK,Agents 1-1,true,3\n1795414354815,100,GET /work,503,,Agents 1-2,false,4\n`

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-cli-'))
  vi.stubEnv('INIT_CWD', folder)
  writeFileSync(join(folder, 'run.jtl'), RUN)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function setup() {
  const out: string[] = []
  const err: string[] = []
  const stop = new AbortController()
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  }
  const run = (...args: string[]) => runCommandLine(args, io, stop.signal)
  return { out, err, io, stop, run }
}

test("inspect --json prints the agreed object, one line per file, paths from the caller's folder", async () => {
  const { run, out, err } = setup()
  writeFileSync(join(folder, 'b.jtl'), `${RUN}1795414355815,100,GE`)
  expect(await run('inspect', '--json', 'run.jtl', 'b.jtl')).toBe(0)
  expect(err).toEqual([])
  expect(out).toHaveLength(2)
  expect(JSON.parse(out[0]!)).toEqual({
    file: 'run.jtl',
    format: 'jtl-csv',
    bytes: RUN.length,
    samples: 2,
    subSamples: null,
    rejected: 0,
    rejections: [],
    codes: { 200: 1, 503: 1 },
    classes: { capacity: 1 },
    firstAtMs: 1795414353815,
    lastAtMs: 1795414354815,
    peakThreads: 4,
    labels: 1,
    warnings: [],
  })
  expect(JSON.parse(out[1]!)).toMatchObject({
    file: 'b.jtl',
    samples: 2,
    rejected: 1,
    rejections: [{ line: 4, reason: '3 fields where 8 were expected' }],
  })
})

test('inspect tells people the same in words', async () => {
  const { run, out } = setup()
  expect(await run('inspect', 'run.jtl')).toBe(0)
  expect(out).toContain('  samples   2 under 1 label')
  expect(out.join('\n')).toContain('statuses  200 × 1, 503 × 1')
  expect(out.join('\n')).toContain('errors    capacity × 1')
  expect(out.join('\n')).toContain('threads   4 at the peak')
})

test('what a file says cannot steer a terminal, and JSON means the same', async () => {
  const { run, out, err } = setup()
  const code = '\u001b]0;owned\u0007\u009b31m\u202e'
  writeFileSync(join(folder, 'steer.jtl'), RUN.replace('/work,200', `/work,${code}`))
  expect(await run('inspect', 'steer.jtl')).toBe(0)
  expect(await run('inspect', '\u001b[2Jnone.jtl')).toBe(2)
  for (const line of [...out, ...err]) expect(line).not.toMatch(/[^\n\P{Cc}]|\u202e/u)
  expect(out.join('\n')).toContain('\\u001b]0;owned')
  out.length = 0
  expect(await run('inspect', '--json', 'steer.jtl')).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ codes: { [code]: 1, 503: 1 } })
})

test('a refused file is one line on standard error and exit code 2; the other files are told all the same', async () => {
  const { run, out, err } = setup()
  writeFileSync(join(folder, 'x.har'), '{"log":{"version":"1.2"}}')
  expect(await run('inspect', '--json', 'x.har', 'none.jtl', 'run.jtl', '.')).toBe(2)
  expect(err).toEqual([
    'tidemark inspect: x.har: expected the array log.entries of a HAR 1.2',
    'tidemark inspect: none.jtl does not exist',
    'tidemark inspect: . is a folder, not a file',
  ])
  expect(out).toHaveLength(1)
})

test.each([
  [
    [],
    'tidemark: a command is missing; there are serve, record, tenant, key, inspect, analyze (see --help)',
  ],
  [
    ['dance'],
    'tidemark: there is no command "dance"; there are serve, record, tenant, key, inspect, analyze (see --help)',
  ],
  [
    ['toString'],
    'tidemark: there is no command "toString"; there are serve, record, tenant, key, inspect, analyze (see --help)',
  ],
  [['inspect'], 'tidemark inspect: inspect needs at least one FILE (see tidemark inspect --help)'],
  [
    ['inspect', '--jsn', 'x'],
    "tidemark inspect: Unknown option '--jsn' (see tidemark inspect --help)",
  ],
  [
    ['serve', '--port', '99999'],
    'tidemark serve: --port 99999 is no port: expected a number from 0 to 65535 (see tidemark serve --help)',
  ],
  [
    ['serve', '--connect', 'feed.example.com'],
    'tidemark serve: --connect feed.example.com is no origin: expected scheme, host and port such as https://feed.example.com:8443 (see tidemark serve --help)',
  ],
])('%j is a mistake told in one line with exit code 2', async (args, line) => {
  const { run, out, err } = setup()
  expect(await run(...args)).toBe(2)
  expect(err).toEqual([line])
  expect(out).toEqual([])
})

test.each([['inspect'], ['serve'], ['tenant']])('%s --help tells how it is used', async (name) => {
  const { run, out, err } = setup()
  expect(await run(name, '--help')).toBe(0)
  expect(out.join('\n')).toContain(`tidemark ${name}`)
  expect(err).toEqual([])
})

test('--help lists the commands', async () => {
  const { run, out } = setup()
  expect(await run('--help')).toBe(0)
  for (const name of ['serve', 'tenant', 'inspect'])
    expect(out.join('\n')).toMatch(new RegExp(`^  ${name} `, 'm'))
})

test('serve prints its address, answers, and stops when asked to', async () => {
  const { io, out, stop } = setup()
  writeFileSync(join(folder, 'index.html'), '<title>Tidemark</title>')
  const serving = serveCommandOf(folder).run(['--port', '0'], io, stop.signal)
  await vi.waitFor(() => expect(out).toHaveLength(1), 20_000)
  const url = /^Tidemark is at (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(out[0]!)![1]!
  expect((await fetch(url)).status).toBe(200)
  stop.abort()
  expect(await serving).toBe(0)
  await expect(fetch(url)).rejects.toThrow()
})

test('serve lets the page talk to the origins it is told', async () => {
  const { io, out, stop } = setup()
  writeFileSync(join(folder, 'index.html'), '<title>Tidemark</title>')
  const words = ['--port', '0', '--connect', 'https://a.example', '--connect', 'https://b.example']
  const serving = serveCommandOf(folder).run(words, io, stop.signal)
  await vi.waitFor(() => expect(out).toHaveLength(1), 20_000)
  const { headers } = await fetch(out[0]!.replace('Tidemark is at ', ''))
  expect(headers.get('content-security-policy')).toContain('https://a.example https://b.example')
  stop.abort()
  await serving
})

test('serve without a built app says what to run', async () => {
  const { io, stop } = setup()
  await expect(serveCommandOf(folder).run(['--port', '0'], io, stop.signal)).rejects.toThrow(
    /not built.*run npm start/,
  )
})

test('serve on a busy port says which', async () => {
  const { io, stop } = setup()
  writeFileSync(join(folder, 'index.html'), '<title>Tidemark</title>')
  const other = createServer().listen(0, '127.0.0.1')
  await vi.waitFor(() => expect(other.listening).toBe(true), 20_000)
  const { port } = other.address() as AddressInfo
  await expect(
    serveCommandOf(folder).run(['--port', String(port)], io, stop.signal),
  ).rejects.toThrow(`port ${port} is busy; stop what listens there, or choose another with --port`)
  other.close()
})

test('a long inspection that is stopped ends in one line', async () => {
  const { run, err, stop } = setup()
  stop.abort()
  expect(await run('inspect', 'run.jtl')).toBe(130)
  expect(err).toEqual(['tidemark inspect: stopped'])
})

test.each([
  ['a certificate without its key', ['--cert', 'run.jtl'], /--cert and --key belong together/],
  ['a certificate that is not there', ['--cert', 'a.pem', '--key', 'b.pem'], /a\.pem .*ENOENT/],
  ['files that are no certificate', ['--cert', 'run.jtl', '--key', 'run.jtl'], /expected two PEM/],
  ['a Prometheus that is no address', ['--prometheus', 'prom'], /expected http:\/\/127/],
  ['results that nobody records', ['--jtl', 'run.jtl'], /--jtl belongs to --record CONFIG/],
  ['a password on the command line', ['--prometheus', 'http://a:b@127.0.0.1'], /takes no user/],
])('serve refuses %s in one line', async (_, args, words) => {
  const { err, io, stop } = setup()
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  const command = serveCommandOf(folder)
  const refusal = await command.run(['--port', '0', ...args], io, stop.signal).catch(String)
  expect(refusal).toMatch(words)
  expect(err).toEqual([])
})

test('display keys are made, listed and revoked; a key is shown once', async () => {
  const { run, out, err } = setup()
  expect(await run('key', 'add', 'NOC wall', '--keys', 'keys.json')).toBe(0)
  expect(out.splice(0)).toEqual([expect.stringMatching(/^tmk_/)])
  expect(await run('key', 'list', '--keys', 'keys.json', '--json')).toBe(0)
  expect(JSON.parse(out.splice(0)[0]!)).toMatchObject({ name: 'NOC wall' })
  expect(await run('key', 'revoke', 'NOC wall', '--keys', 'keys.json')).toBe(0)
  expect(await run('key', 'list', '--keys', 'keys.json')).toBe(0)
  expect(out).toEqual([])
  expect(err).toEqual([])
  expect(await run('key', 'revoke', 'NOC wall', '--keys', 'keys.json')).toBe(2)
  expect(await run('key', 'add', '--keys', 'keys.json')).toBe(2)
  expect(err.join('\n')).toMatch(/it has none[\s\S]*expected: add NAME/)
})
