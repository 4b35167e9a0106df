import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTenantServer } from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { runCommandLine } from './commandLine.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-record-'))
  vi.stubEnv('INIT_CWD', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const writeConfig = (domain: string, ids = ['sim'], name = 'c.json') =>
  writeFileSync(
    join(folder, name),
    JSON.stringify({
      version: 1,
      bearer: null,
      organisations: ids.map((id) => ({ id, name: id, domain })),
    }),
  )

/** Runs `tidemark record …` until it listens, hands its address over, and stops it. */
async function run(args: string[], whileUp: (url: string) => Promise<void> = async () => {}) {
  const stop = new AbortController()
  const out: string[] = []
  const err: string[] = []
  let failure: unknown = null
  const hear = (line: string) => {
    out.push(line)
    const { event, url } = JSON.parse(line) as { event: string; url: string }
    if (event !== 'listening') return
    whileUp(url)
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => stop.abort())
  }
  const io = { out: hear, err: (line: string) => void err.push(line) }
  const exit = await runCommandLine(['record', ...args], io, stop.signal)
  if (failure instanceof Error) throw failure
  return { exit, out, err }
}

test('records, serves, and stops when asked to', async () => {
  const tenant = await startTenantServer({ port: 0, scenario: scenarioNamed('quiet')!, seed: 42 })
  writeConfig(`127.0.0.1:${tenant.port}`)
  const { exit, out, err } = await run(
    ['c.json', '--port', '0', '--state', 'kept'],
    async (url) => {
      await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 10_000)
      expect((await fetch(`${url}/v1/changes?organisation=sim`)).status).toBe(200)
    },
  )
  await tenant.close()
  expect({ exit, err }).toEqual({ exit: 0, err: [] })
  expect(out.map((line) => (JSON.parse(line) as { event: string }).event).slice(-2)).toEqual([
    'stopping',
    'stopped',
  ])
  expect(readdirSync(join(folder, 'kept', 'sim'))).toContain('state.json')
})

test.each([
  [[], 'expected one CONFIG, and 0 were given'],
  [['a', 'b'], 'expected one CONFIG, and 2 were given'],
  [['none.json'], 'none.json does not exist'],
  [['broken.json'], 'broken.json: it is no JSON'],
  [['c.json', '--port', 'x'], '--port x is no port: expected a number from 0 to 65535'],
  [
    ['c.json', '--host', '0.0.0.0'],
    '--host 0.0.0.0 is open to others and CONFIG names no bearer; set "bearer": {"env": "NAME"} there, or leave out --host',
  ],
  [['c.json', '--state', 'broken.json'], '--state broken.json cannot be written to (EEXIST)'],
  [['c.json', '--jtl', ''], '--jtl : expected a file'],
  [['c.json', '--jtl', '.'], '--jtl .: it is no file'],
  [
    ['c.json', '--jtl', 'birch=run.jtl'],
    '--jtl birch=run.jtl: CONFIG has no organisation "birch", only sim; a file with = in its name is ./birch=run.jtl',
  ],
  [
    ['two.json', '--jtl', 'sim=run.jtl', '--jtl', 'run.jtl'],
    '--jtl run.jtl: CONFIG has several organisations; say whose test it is with --jtl ID=FILE, ID one of sim, birch',
  ],
  [
    ['c.json', '--jtl', 'one/run.jtl', '--jtl', 'sim=two/run.jtl'],
    '--jtl sim=two/run.jtl: sim has a file named run.jtl already; its series could not be told apart',
  ],
])('%j is refused in one line', async (args, problem) => {
  writeConfig('127.0.0.1:1')
  writeConfig('127.0.0.1:1', ['sim', 'birch'], 'two.json')
  writeFileSync(join(folder, 'broken.json'), '{')
  expect(await run(args)).toEqual({
    exit: 2,
    out: [],
    err: [`tidemark record: ${problem} (see tidemark record --help)`],
  })
})

test('the results of a load test are recorded with the organisation that is named', async () => {
  writeConfig('127.0.0.1:1', ['sim', 'birch'])
  const atS = (Date.now() - JTL_START_MS) / 1000
  const rows = [0, 1, 2].map((i) => jtlLine(atS - 9 + i, 200, 12))
  writeFileSync(join(folder, 'run.jtl'), jtlText(...rows))
  const { exit, out } = await run(
    ['c.json', '--port', '0', '--state', 'kept']
      .concat(['--jtl', 'birch=run.jtl'])
      .concat(['--jtl', 'sim=a=b.jtl']),
    async (url) => {
      const titles = async (organisation: string) => {
        const reply = await fetch(`${url}/v1/changes?organisation=${organisation}`)
        const page = (await reply.json()) as { metrics: { title: string }[] }
        return page.metrics.map(({ title }) => title)
      }
      await vi.waitFor(
        async () => expect(await titles('birch')).toContain('Active threads'),
        10_000,
      )
      expect(await titles('sim')).not.toContain('Active threads')
    },
  )
  expect(exit).toBe(0)
  expect(out.join('\n')).toContain('"event":"jtl_awaited","organisation":"sim","file":"a=b.jtl"')
  expect(out.join('\n')).not.toContain(folder)
})

test('a port that is taken is told of, and nobody is asked', async () => {
  writeConfig('127.0.0.1:1')
  const busy = createServer()
  await new Promise<void>((listening) => busy.listen(0, '127.0.0.1', listening))
  const { port } = busy.address() as AddressInfo
  const { exit, out, err } = await run(['c.json', '--port', String(port)])
  busy.close()
  expect({ exit, out }).toEqual({ exit: 2, out: [] })
  expect(err[0]).toContain(`port ${port} is taken`)
})

test('a state folder has one recorder', async () => {
  writeConfig('127.0.0.1:1')
  const first = await spawned()
  const { exit, err } = await run(['c.json', '--port', '0', '--state', 'kept'])
  expect(await first.kill('SIGTERM')).toBe(0)
  expect(exit).toBe(2)
  expect(err[0]).toMatch(/^tidemark record: --state kept: process \d+ records into this folder/)
})

/** A recorder in a process of its own, listening. */
async function spawned() {
  const words = ['--import', 'tsx', 'src/cli/main.ts', 'record', 'c.json', '--port', '0']
  const child = spawn(process.execPath, [...words, '--state', 'kept'], {
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((listens) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if ((JSON.parse(line) as { event: string }).event === 'listening') listens()
    })
  })
  return {
    kill: (signal: NodeJS.Signals) =>
      new Promise<number | null>((ended) => {
        child.once('exit', ended)
        child.kill(signal)
      }),
  }
}
