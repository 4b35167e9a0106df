import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { builtCommand } from '#testing/builtCommand.ts'
import { startLiveFeed, type ToldSample } from '#testing/liveFeed.ts'

/** No folder of a caller, and no loader of a test. */
const ENVIRONMENT = { PATH: process.env['PATH'] }

let folder: string
let command: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-built-'))
  command = builtCommand(join(folder, 'cli'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const tidemark = (...args: string[]) => {
  const options = { cwd: folder, encoding: 'utf8', env: ENVIRONMENT } as const
  return spawnSync(process.execPath, [command, ...args], options)
}

test('the built command needs no other file, and every one of its commands tells what it does', () => {
  const { status, stdout, stderr } = tidemark('--help')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  for (const name of ['serve', 'record', 'tenant', 'key', 'inspect', 'analyze']) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(tidemark(name, '--help').stdout).toContain(`Usage: tidemark ${name} `)
  }
})

test('the built command reads a results file, and says of one what caused its errors', () => {
  const ramp = join(process.cwd(), 'src/sources/imports/jtl/fixtures/ramp.jtl')
  expect(JSON.parse(tidemark('inspect', '--json', ramp).stdout)).toMatchObject({ samples: 273 })
  const { status, stdout } = tidemark('analyze', '--json', '--limit', '40', ramp)
  expect(JSON.parse(stdout)).toHaveProperty('verdict')
  expect(status).toBeLessThan(2)
})

type Told = { event: string; url: string; lines?: number; file?: string }

/** The built recorder in a process of its own. */
async function started() {
  const words = [command, 'record', 'recorder.json', '--port', '0', '--state', 'kept']
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const events: Told[] = []
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  const url = await new Promise<string>((listens, failed) => {
    void ended.then(() => failed(new Error('it ended before it listened')))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as Told
      events.push(told)
      if (told.event === 'listening') listens(told.url)
    })
  })
  async function changes(after: string | null) {
    const cursor = after === null ? '' : `&after=${after}`
    const reply = await fetch(`${url}/v1/changes?organisation=alder${cursor}`)
    expect(reply.status).toBe(200)
    return (await reply.json()) as { cursor: string; hasMore: boolean; samples: ToldSample[] }
  }
  /** Reads on from a place until nothing more is there. */
  async function readOn(after: string | null) {
    const samples: ToldSample[] = []
    let page = await changes(after)
    for (samples.push(...page.samples); page.hasMore; samples.push(...page.samples))
      page = await changes(page.cursor)
    return { samples, cursor: page.cursor }
  }
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { events, readOn, kill }
}

const keyOf = ({ metric, atMs, value }: ToldSample) => `${metric} ${atMs} ${value}`
const keysOf = (samples: readonly ToldSample[]) => new Set(samples.map(keyOf))

/** The newest file of the log, and what it holds. */
function newestFile() {
  const at = join(folder, 'kept', 'alder')
  const name = readdirSync(at)
    .filter((one) => one.endsWith('.ndjson'))
    .toSorted()
    .at(-1)
  return name === undefined
    ? null
    : { path: join(at, name), text: readFileSync(join(at, name), 'utf8') }
}

test('kill -9 while it writes costs one reading at most: what was told is there again, then a gap, and a torn line costs itself', async () => {
  const feed = await startLiveFeed()
  const alder = { id: 'alder', name: 'Alder', domain: 'mypurecloud.de' }
  const organisation = { ...alder, feed: { url: feed.url, organisation: null } }
  const config = { version: 1, bearer: null, organisations: [organisation] }
  writeFileSync(join(folder, 'recorder.json'), JSON.stringify(config))

  const first = await started()
  const before = await vi.waitFor(async () => {
    const read = await first.readOn(null)
    expect(feed.told().length).toBeGreaterThanOrEqual(3)
    expect(read.samples.length).toBeGreaterThanOrEqual(feed.told()[1]!.length)
    return read
  }, 15_000)
  // The next reply is being taken in: as soon as a byte of it is on disk, or told, there is no more.
  const { samples: told, cursor } = before
  const sizeThen = newestFile()!.text.length
  const repliesThen = feed.told().length
  await vi.waitUntil(
    () => feed.told().length > repliesThen && newestFile()!.text.length > sizeThen,
    { timeout: 10_000, interval: 1 },
  )
  expect(await first.kill('SIGKILL')).toBeNull()
  const handedOut = feed.told().flat()
  const lastReply = feed.told().at(-1)!

  // Killed in the middle of a line, as far as a disk can tell.
  const { path, text } = newestFile()!
  const lastLine = text.trimEnd().split('\n').at(-1)!
  appendFileSync(path, lastLine.slice(0, lastLine.length / 2))

  const repliesAtKill = feed.told().length
  const second = await started()
  const again = await vi.waitFor(async () => {
    const read = await second.readOn(null)
    const isNew = ({ atMs, value }: ToldSample) => value !== null && atMs > handedOut.at(-1)!.atMs
    expect(read.samples.some(isNew)).toBe(true)
    return read
  }, 10_000)
  const goneOn = await second.readOn(cursor)
  expect(await second.kill('SIGTERM')).toBe(0)
  await feed.close()

  const known = keysOf(again.samples)
  expect(told.length).toBeGreaterThan(0)
  expect([...keysOf(told)].filter((one) => !known.has(one))).toEqual([])
  const missing = [...keysOf(handedOut)].filter((one) => !known.has(one))
  const ofLastReply = keysOf(lastReply)
  expect(missing.filter((one) => !ofLastReply.has(one))).toEqual([])

  const firstAfterMs = feed.told()[repliesAtKill]![0]!.atMs
  for (const metric of feed.metrics) {
    const own = again.samples.filter((one) => one.metric === metric && one.atMs < firstAfterMs)
    const lastKnown = own.filter(({ value }) => value !== null).at(-1)!
    expect(own.at(-1)).toEqual({ metric, atMs: lastKnown.atMs + feed.stepMs, value: null })
  }

  const repeated = [...keysOf(goneOn.samples)].filter((one) => keysOf(told).has(one))
  expect(repeated).toEqual([])
  const skipped = second.events.filter(({ event }) => event === 'lines_skipped')
  expect(skipped).toMatchObject([{ lines: 1 }])
})
