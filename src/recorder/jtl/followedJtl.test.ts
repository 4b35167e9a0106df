import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { epochMs, HOUR_MS } from '#domain/units.ts'
import { JTL_HEADER, JTL_START_MS, jtlLine } from '#testing/jtlText.ts'
import type { EventLog } from '../eventLog.ts'
import { followJtlOnDisk } from './followedJtl.ts'
import type { ReadMark } from './markedReading.ts'

let folder: string
let path: string
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-jtl-'))
  path = join(folder, 'run.jtl')
})

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  rmSync(folder, { recursive: true })
})

/** A timer that waits to be told: each look at a real file ends when the next one is asked for. */
function handTimer() {
  let wait = nextCall()
  return {
    timer: {
      after: (_: number, call: () => void) => {
        wait.came(call)
        return () => undefined
      },
    },
    /** Resolves when the look that is under way is over. */
    looked: () => wait.call,
    /** One more look, to its end. */
    next: async () => {
      const begin = await wait.call
      wait = nextCall()
      begin()
      await wait.call
    },
  }
}

function nextCall() {
  let came: (call: () => void) => void = () => undefined
  const call = new Promise<() => void>((resolve) => {
    came = resolve
  })
  return { call, came: (one: () => void) => came(one) }
}

/** An hour after the runs of `jtlLine` begin. */
const NOW = epochMs(JTL_START_MS + HOUR_MS)

/** Begins to follow; resolves when the first look is over. */
async function setup({ now = NOW, mark = null as ReadMark | null } = {}) {
  const { timer, looked, next } = handTimer()
  const observed: Observation[] = []
  const events: Record<string, unknown>[] = []
  const marks = new Map(mark ? [['run.jtl', mark]] : [])
  const log: EventLog = (level, event, fields) => void events.push({ level, event, ...fields })
  const followed = followJtlOnDisk({
    path,
    file: 'run.jtl',
    marks: {
      of: (file) => marks.get(file) ?? null,
      set: (file, mark) => void (mark ? marks.set(file, mark) : marks.delete(file)),
      close: async () => undefined,
    },
    clock: { now: () => now },
    timer,
    log,
    observe: async (news) => void observed.push(news),
  })
  stops.push(followed.stop)
  await looked()
  return { next, followed, observed, events, marks }
}

const row = (second: number, code = 200, threads = 5) => `${jtlLine(second, code, threads)}\n`
const rows = (from: number, to: number, code = 200) =>
  Array.from({ length: to - from }, (_, i) => row(from + i, code)).join('')
const START = `${JTL_HEADER}\n`

/** By title of the series, in which seconds of the run there is a sample. */
function secondsOf(observed: readonly Observation[]) {
  const titles = new Map(
    observed.flatMap(({ metrics }) => metrics.map(({ id, title }) => [id, title] as const)),
  )
  const seconds: Record<string, number[]> = {}
  for (const { metric, series } of observed.flatMap(({ samples }) => samples))
    for (const at of series.timeMs)
      (seconds[titles.get(metric)!] ??= []).push(Math.floor((at - JTL_START_MS) / 1000))
  return seconds
}
const failuresIn = (observed: readonly Observation[]) =>
  observed.flatMap(({ errors }) => errors).reduce((sum, { count }) => sum + count, 0)
const namesOf = (events: readonly Record<string, unknown>[]) => events.map(({ event }) => event)

test('a test is told while it is written: threads, requests in flight, attempts and errors', async () => {
  const { next, observed, events } = await setup()
  expect(events).toEqual([{ level: 'info', event: 'jtl_awaited', file: 'run.jtl' }])
  writeFileSync(path, START)
  await next()
  for (let second = 0; second < 6; second += 1) {
    const text = row(second, second % 2 ? 503 : 200)
    // Torn in the middle of a line, as a buffer that is flushed leaves it.
    appendFileSync(path, text.slice(0, 20))
    await next()
    appendFileSync(path, text.slice(20))
    await next()
  }
  const metrics = observed.flatMap((news) => news.metrics)
  expect(metrics.map(({ id, ...rest }) => ({ ...rest, id: id.replace(/:.*/, '') }))).toMatchObject([
    { id: 'jtl.threads', title: 'Active threads', kind: 'gauge' },
    { id: 'jtl.attempts', title: 'Load test attempts', kind: 'count' },
    { id: 'jtl.inFlight', title: 'Requests in flight', kind: 'gauge' },
  ])
  for (const metric of metrics)
    expect(metric).toMatchObject({
      origin: 'run.jtl',
      provenance: 'measured',
      scope: 'sampledClients',
    })
  expect(new Set(metrics.map(({ id }) => id.slice(id.indexOf(':')))).size).toBe(1)
  expect(secondsOf(observed)).toEqual({
    'Active threads': [0, 1, 2, 3, 4],
    // A count stands at the end of its second.
    'Load test attempts': [1, 2, 3, 4, 5],
    // The odd ones were refused.
    'Requests in flight': [0, 1, 2, 3, 4],
  })
  expect(failuresIn(observed)).toBe(2)
  expect(namesOf(events)).toEqual(['jtl_awaited', 'jtl_followed'])
})

test('a file that is cut, replaced, removed and written anew is told as runs, and nothing twice', async () => {
  writeFileSync(path, START + rows(0, 10, 503))
  const { next, observed, events, followed } = await setup()
  truncateSync(path, 0)
  appendFileSync(path, START + rows(20, 25, 503))
  await next()
  writeFileSync(`${path}.next`, START + rows(40, 60, 503))
  renameSync(`${path}.next`, path)
  await next()
  rmSync(path)
  await next()
  expect(followed.status().isUp).toBeNull()
  writeFileSync(path, START + rows(70, 75, 503))
  await next()
  const runs = new Set(
    observed.flatMap(({ samples }) => samples.map(({ metric }) => metric.replace(/.*:/, ''))),
  )
  expect(runs.size).toBe(4)
  // All but the newest second of the newest run.
  expect(failuresIn(observed)).toBe(10 + 5 + 20 + 4)
  expect(namesOf(events)).toEqual([
    'jtl_followed',
    'jtl_begun_anew',
    'jtl_begun_anew',
    'jtl_gone',
    'jtl_read_again',
    'jtl_begun_anew',
  ])
  expect(followed.status()).toEqual({ file: 'run.jtl', isUp: true, lastReadAt: NOW })
})

test('a removed file that comes back as it was goes on', async () => {
  writeFileSync(path, START + rows(0, 10, 503))
  const { next, observed } = await setup()
  renameSync(path, `${path}.away`)
  await next()
  renameSync(`${path}.away`, path)
  appendFileSync(path, rows(10, 12, 503))
  await next()
  expect(failuresIn(observed)).toBe(11)
})

test('what is no results file is refused once, and followed when it has become one', async () => {
  writeFileSync(path, '{"log":{"entries":[]}}\n')
  const { next, observed, events, followed } = await setup()
  await next()
  expect(events).toEqual([
    {
      level: 'error',
      event: 'jtl_refused',
      file: 'run.jtl',
      reason: 'run.jtl is recognised as HAR, and only JMeter CSV is followed: read it once instead',
    },
  ])
  expect(followed.status().isUp).toBe(false)
  writeFileSync(path, START + rows(0, 4, 503))
  await next()
  expect(failuresIn(observed)).toBe(3)
  expect(followed.status().isUp).toBe(true)
})

test('rows older than what the log keeps are left out, and that is said once', async () => {
  writeFileSync(path, START + rows(0, 10, 503))
  const now = epochMs(JTL_START_MS + 26 * HOUR_MS + 5_000)
  const { next, observed, events } = await setup({ now })
  appendFileSync(path, rows(10, 20, 503))
  await next()
  expect(Math.min(...secondsOf(observed)['Active threads']!)).toBe(5)
  expect(failuresIn(observed)).toBe(19 - 5)
  expect(events.filter(({ event }) => event === 'jtl_older_left_out')).toMatchObject([
    { level: 'warn', errors: 5, before: new Date(JTL_START_MS + 5_000).toISOString() },
  ])
})

test('lines that cannot be read are left out and told of once', async () => {
  writeFileSync(path, START + row(0) + 'broken line\n' + rows(1, 3))
  const { next, observed, events } = await setup()
  appendFileSync(path, 'another\n' + rows(3, 6))
  await next()
  expect(secondsOf(observed)['Active threads']).toEqual([0, 1, 2, 3, 4])
  expect(events.filter(({ event }) => event === 'jtl_lines_left_out')).toMatchObject([
    { lines: 1, line: 3 },
  ])
})

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be read is told of, until it may',
  async () => {
    writeFileSync(path, START + rows(0, 4))
    chmodSync(path, 0)
    const { next, events, followed, observed } = await setup()
    expect(events).toEqual([
      {
        level: 'error',
        event: 'jtl_barred',
        file: 'run.jtl',
        reason: 'it may not be read (EACCES)',
      },
    ])
    expect(followed.status().isUp).toBe(false)
    chmodSync(path, 0o600)
    await next()
    expect(namesOf(events)).toEqual(['jtl_barred', 'jtl_followed'])
    expect(secondsOf(observed)['Active threads']).toEqual([0, 1, 2])
  },
)

test('stopped and started again it goes on where it was; a run is not ended by a stop', async () => {
  writeFileSync(path, START + rows(0, 10, 503))
  const first = await setup()
  await first.followed.stop()
  const markers = first.observed.flatMap((news) => news.markers.map(({ kind }) => kind))
  expect(markers).toEqual(['run'])
  expect(failuresIn(first.observed)).toBe(9)

  appendFileSync(path, rows(10, 15, 503))
  const second = await setup({ mark: first.marks.get('run.jtl')! })
  expect(failuresIn(second.observed)).toBe(5)
  expect(secondsOf(second.observed)['Active threads']).toEqual([9, 10, 11, 12, 13])
})
