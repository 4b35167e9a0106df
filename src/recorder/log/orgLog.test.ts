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
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { type EpochMs, epochMs, HOUR_MS, later, metricId } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import type { LogFields } from '../eventLog.ts'
import type { LogRecord } from './logRecord.ts'
import { type LogStorage, openLogFolder } from './logStorage.ts'
import { RETRY_MS } from './logWriter.ts'
import { openOrgLog, type OrgLog } from './orgLog.ts'

let folder: string
const opened: OrgLog[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-log-'))
})

afterEach(async () => {
  for (const orgLog of opened.splice(0)) await orgLog.close()
  rmSync(folder, { recursive: true })
})

const OPEN = metricId('connections.open')
const steered = () => createSteeredClock()
type Steered = ReturnType<typeof steered>

/** The log of the folder, as a recorder that starts opens it. */
async function open(clock: Steered = steered(), around = (storage: LogStorage) => storage) {
  const events: { event: string; fields: LogFields | undefined }[] = []
  const orgLog = await openOrgLog({
    storage: around(await openLogFolder(folder)),
    clock: clock.clock,
    timer: clock.timer,
    redact: (text) => text,
    log: (_, event, fields) => void events.push({ event, fields }),
  })
  opened.push(orgLog)
  return { orgLog, events, clock }
}

const samples = (...points: [at: EpochMs, value: number][]) =>
  observation({
    samples: [
      {
        metric: OPEN,
        series: {
          timeMs: Float64Array.from(points, ([at]) => at),
          value: Float64Array.from(points, ([, value]) => value),
        },
      },
    ],
  })
const refused = (at: EpochMs, count = 1) =>
  errorEvent({ at, class: 'capacity', status: 503, source: 'feed', count })
const second = (n: number) => later(STEERED_START, n * 1_000)

async function recordsOf(records: AsyncGenerator<LogRecord>) {
  const all: LogRecord[] = []
  for await (const record of records) all.push(record)
  return all
}

const logNames = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted()

test('what was written is read back by the next run: samples, gaps, errors, limits, markers', async () => {
  const first = await open()
  const limit = { metric: OPEN, step: { from: second(0), value: 50, source: 'cap of the server' } }
  const marker = { id: 'm1', at: second(1), kind: 'run', label: 'Run 1', origin: 'feed' } as const
  first.orgLog.write(samples([second(1), 4], [second(2), NaN], [second(3), 7]))
  first.orgLog.write(
    observation({
      metrics: [someMetric(OPEN)],
      limits: [limit],
      markers: [marker],
      errors: [refused(second(2), 3)],
    }),
  )
  await first.orgLog.close()

  const { orgLog, events } = await open()
  const kept = await orgLog.read(second(0), second(10))
  expect(kept.samples).toEqual(samples([second(1), 4], [second(2), NaN], [second(3), 7]).samples)
  expect(kept).toMatchObject({ limits: [limit], markers: [marker], metrics: [{ id: OPEN }] })
  expect(kept.errors).toEqual([refused(second(2), 3)])
  expect(events).toEqual([])
})

test('each observation is on disk without being asked to flush', async () => {
  const { orgLog } = await open()
  orgLog.write(samples([second(1), 4]))
  await orgLog.flushed()
  const [name] = logNames()
  expect(name).toBe('000001000001-2026-03-02T09.ndjson')
  expect(readFileSync(join(folder, name!), 'utf8')).toBe(
    `{"seq":1000001,"at":${STEERED_START},"observed":{"samples":[{"metric":"connections.open","timeMs":[${second(1)}],"value":[4]}]}}\n`,
  )
})

test('a line torn by kill -9 is passed over and told of; the rest is there, and numbers go on', async () => {
  const first = await open()
  first.orgLog.write(samples([second(1), 4]))
  first.orgLog.write(samples([second(2), 5]))
  await first.orgLog.flushed()
  const [name] = logNames()
  appendFileSync(join(folder, name!), '{"seq":1000003,"at":17724')

  const { orgLog, events } = await open()
  expect(events).toEqual([{ event: 'lines_skipped', fields: { file: name, lines: 1 } }])
  orgLog.write(samples([second(3), 6]))
  const all = await recordsOf(orgLog.after(0))
  expect(all.map(({ seq }) => seq)).toEqual([1_000_001, 1_000_002, 2_000_001])
  await orgLog.flushed()
  const again = await open()
  expect(await recordsOf(again.orgLog.after(0))).toEqual(all)
})

test('what is told a second time is no news, also in the next run; what is added to it is', async () => {
  const first = await open()
  const hour = samples([second(1), 4], [second(2), 5])
  first.orgLog.write({ ...hour, errors: [refused(second(2), 3)] })
  await first.orgLog.close()

  const { orgLog } = await open()
  const again = orgLog.write({ ...hour, errors: [refused(second(2), 3)] })
  expect(again.observed.samples).toEqual([])
  expect(again.errors).toEqual([])
  const more = orgLog.write({
    ...samples([second(1), 4], [second(2), 6], [second(3), 7]),
    errors: [refused(second(2), 5)],
  })
  expect(more.observed.samples).toEqual(samples([second(2), 6], [second(3), 7]).samples)
  expect(more.errors).toEqual([{ class: 'capacity', status: 503, by: 2 }])
  expect(more.sums).toEqual([{ metric: OPEN, by: 8 }])
})

test('what happened before the start is kept and not counted', async () => {
  const { orgLog } = await open()
  const news = orgLog.write({
    ...samples([second(-60), 4], [second(1), 5]),
    errors: [refused(second(-60))],
  })
  expect(news.observed.samples[0]?.series.timeMs).toHaveLength(2)
  expect([news.sums, news.errors]).toEqual([[{ metric: OPEN, by: 5 }], []])
})

test('there is a file for each hour, and those over 26 hours are removed; what holds on stays', async () => {
  const { orgLog, clock } = await open()
  const limit = { metric: OPEN, step: { from: second(0), value: 50, source: 'cap' } }
  orgLog.write({ ...samples([second(1), 1]), metrics: [someMetric(OPEN)], limits: [limit] })
  await orgLog.flushed()
  const start = orgLog.lastSeq()
  for (let hour = 1; hour <= 29; hour++) {
    await clock.advance(HOUR_MS)
    orgLog.write(samples([clock.now(), hour]))
    await orgLog.flushed()
  }
  await orgLog.prune()
  expect(logNames()).toHaveLength(28)
  await orgLog.close()
  const next = await open(clock)
  expect(next.orgLog.isKnown(start)).toBe(false)
  expect(next.orgLog.isKnown(orgLog.lastSeq())).toBe(true)
  expect((await next.orgLog.read(epochMs(clock.now() - HOUR_MS), clock.now())).limits).toEqual([
    limit,
  ])
})

test('a full disk: it goes on in memory, says so, and writes all of it when it can', async () => {
  let isFull = false
  const { orgLog, events, clock } = await open(steered(), (storage) => ({
    ...storage,
    async append(name, text) {
      if (!isFull) return storage.append(name, text)
      // As a real one: some of it still fits.
      await storage.append(name, text.slice(0, 20))
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    },
  }))
  orgLog.write(samples([second(1), 1]))
  await orgLog.flushed()
  isFull = true
  orgLog.write(samples([second(2), 2]))
  await orgLog.flushed()
  orgLog.write(samples([second(3), 3]))
  expect(orgLog.trouble()).toEqual({ reason: 'the disk is full (ENOSPC)', since: STEERED_START })
  expect(await recordsOf(orgLog.after(0))).toHaveLength(3)
  await clock.advance(RETRY_MS)
  await orgLog.flushed()
  expect(orgLog.trouble()).toMatchObject({ since: STEERED_START })
  isFull = false
  await clock.advance(RETRY_MS)
  await orgLog.flushed()
  expect(orgLog.trouble()).toBeNull()
  expect(events.map(({ event }) => event)).toEqual(['state_not_written', 'state_written_again'])

  const next = await open()
  expect(next.events).toEqual([])
  expect((await next.orgLog.read(second(0), second(9))).samples).toEqual(
    samples([second(1), 1], [second(2), 2], [second(3), 3]).samples,
  )
})

test('a disk that stays full costs the oldest of what waits, and the loss is told', async () => {
  const { orgLog, events } = await open(steered(), (storage) => ({
    ...storage,
    append: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
  }))
  const many = Array.from({ length: 4_000 }, (_, i): [EpochMs, number] => [second(i), 1e11 / 3 + i])
  for (let lot = 0; lot < 40; lot++) {
    orgLog.write(samples(...many.map(([at, value]): [EpochMs, number] => [later(at, lot), value])))
    await orgLog.flushed()
  }
  const lost = events.filter(({ event }) => event === 'records_lost')
  expect(lost.length).toBeGreaterThan(0)
  const kept = await recordsOf(orgLog.after(0))
  expect(kept.length + lost.reduce((sum, { fields }) => sum + Number(fields?.['records']), 0)).toBe(
    40,
  )
  expect(kept.at(-1)?.seq).toBe(orgLog.lastSeq())
})

test('a state file that cannot be understood is told of; the log then has a new name', async () => {
  const first = await open()
  first.orgLog.write(samples([second(1), 4]))
  await first.orgLog.close()
  writeFileSync(join(folder, 'state.json'), '{"version":1,"id":"../../etc"}')
  const { orgLog, events } = await open()
  expect(events).toMatchObject([{ event: 'state_unreadable' }])
  expect(orgLog.id).not.toBe(first.orgLog.id)
  expect((await orgLog.read(second(0), second(9))).samples).toHaveLength(1)
})

test('a limit that was taken back is told as what holds in its place', async () => {
  const { orgLog } = await open()
  const step = (n: number, value: number) => ({ from: second(n), value, source: 'told' })
  const metrics = [someMetric(OPEN)]
  orgLog.tell(metrics, new Map([[OPEN, [step(0, 50), step(5, 90)]]]))
  orgLog.tell(metrics, new Map([[OPEN, [step(0, 50), step(5, 90)]]]))
  orgLog.tell(metrics, new Map([[OPEN, [step(0, 50)]]]))
  orgLog.tell(metrics, new Map())
  const told = (await recordsOf(orgLog.after(0))).map((record) =>
    record.kind === 'told' ? record.observed.limits.map((limit) => limit.step) : null,
  )
  const gone = { value: null, source: 'taken back' }
  expect(told).toEqual([
    [step(0, 50), step(5, 90)],
    [{ ...step(5, 50) }],
    [
      { from: second(0), ...gone },
      { from: second(5), ...gone },
    ],
  ])
})
