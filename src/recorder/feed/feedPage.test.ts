import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { type EpochMs, HOUR_MS, later, metricId, MINUTE_MS } from '#domain/units.ts'
import { pageShape } from '#sources/feed/feedShape.ts'
import { readEntries } from '#sources/feed/feedEntries.ts'
import { parseShape } from '#sources/shape.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { openLogFolder } from '../log/logStorage.ts'
import { openOrgLog, type OrgLog } from '../log/orgLog.ts'
import { type FeedPage, feedPage } from './feedPage.ts'

let folder: string
const opened: OrgLog[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-feed-'))
})

afterEach(async () => {
  for (const orgLog of opened.splice(0)) await orgLog.close()
  rmSync(folder, { recursive: true })
})

const OPEN = metricId('connections.open')
const METRIC = someMetric(OPEN, { title: 'WebSocket connections' })

async function setup(clock = createSteeredClock()) {
  const orgLog = await openOrgLog({
    storage: await openLogFolder(folder),
    clock: clock.clock,
    timer: clock.timer,
    redact: (text) => text,
    log: () => undefined,
  })
  opened.push(orgLog)
  return { orgLog, clock }
}

/** So many samples, a second apart, the last one at an instant. */
const lastSamples = (count: number, at: EpochMs) => {
  const timeMs = Float64Array.from({ length: count }, (_, i) => at - (count - 1 - i) * 1_000)
  return observation({
    samples: [{ metric: OPEN, series: { timeMs, value: timeMs.map((_, i) => i) } }],
  })
}

/** Every page from a cursor on, until there is no more. */
async function pagesAfter(log: Parameters<typeof feedPage>[0], after: string | null) {
  const pages: FeedPage[] = []
  let cursor = after
  do {
    const page = await feedPage(log, cursor)
    if (!page) throw new Error(`${cursor} is unknown`)
    pages.push(page)
    cursor = page.cursor
  } while (pages.at(-1)!.hasMore)
  return pages
}

test('the first page describes everything and holds the last hour, later ones what came since', async () => {
  const { orgLog, clock } = await setup()
  orgLog.tell(
    [METRIC],
    new Map([[OPEN, [{ from: later(STEERED_START, -2 * HOUR_MS), value: 900, source: 'told' }]]]),
  )
  orgLog.write(lastSamples(2 * 3_600, STEERED_START))
  const [first, ...rest] = await pagesAfter(orgLog, null)
  expect(rest).toEqual([])
  expect(first!.metrics).toEqual([
    {
      id: OPEN,
      title: 'WebSocket connections',
      unit: 'count',
      kind: 'gauge',
      provenance: 'measured',
      scope: 'organisation',
      everyMs: 2_000,
    },
  ])
  expect(first!.limits[0]).toMatchObject({ metric: OPEN, value: 900, source: 'told' })
  expect(first!.samples).toHaveLength(3_601)
  expect(first!.samples[0]).toEqual({ metric: OPEN, atMs: STEERED_START - HOUR_MS, value: 3_599 })

  expect(await feedPage(orgLog, first!.cursor)).toEqual({ ...EMPTY, cursor: first!.cursor })
  await clock.advance(MINUTE_MS)
  orgLog.write(lastSamples(1, clock.now()))
  const next = await feedPage(orgLog, first!.cursor)
  expect(next).toMatchObject({ metrics: [], samples: [{ atMs: clock.now(), value: 0 }] })
})

const EMPTY = { hasMore: false, metrics: [], samples: [], errors: [], limits: [], markers: [] }

test('a page holds at most 10 000 samples and as many acts of clients, and all of them come once', async () => {
  const { orgLog, clock } = await setup()
  const fine = Float64Array.from({ length: 35_000 }, (_, i) => clock.now() - i * 100).toSorted()
  const clients = Array.from({ length: 12_000 }, (_, i) => ({
    at: later(clock.now(), -i),
    kind: 'opened' as const,
    client: `c${i}`,
    tookMs: 5,
  }))
  orgLog.write(
    observation({ samples: [{ metric: OPEN, series: { timeMs: fine, value: fine } }], clients }),
  )
  const pages = await pagesAfter(orgLog, null)
  expect(pages.length).toBeGreaterThan(3)
  for (const { samples, clients: acts = [] } of pages)
    expect(Math.max(samples.length, acts.length)).toBeLessThanOrEqual(10_000)
  const instants = pages.flatMap(({ samples }) => samples.map(({ atMs }) => atMs))
  expect(instants).toEqual([...fine])
  expect(
    new Set(pages.flatMap((page) => page.clients?.map(({ client }) => client) ?? [])).size,
  ).toBe(12_000)
})

test('the reader of the app takes every entry', async () => {
  const { orgLog } = await setup()
  orgLog.tell(
    [METRIC],
    new Map([[OPEN, [{ from: later(STEERED_START, -1e13), value: null, source: 'nobody knows' }]]]),
  )
  orgLog.write(
    observation({
      samples: [
        {
          metric: OPEN,
          series: { timeMs: Float64Array.of(STEERED_START), value: Float64Array.of(NaN) },
        },
      ],
      errors: [
        errorEvent({ at: STEERED_START, class: 'network', source: 'monitor' }),
        errorEvent({
          at: STEERED_START,
          class: 'capacity',
          status: 503,
          source: 'feed',
          count: 4,
          route: 'WS /v1',
          app: 'x',
          correlationId: 'c',
        }),
      ],
      markers: [
        {
          id: 'a',
          at: STEERED_START,
          kind: 'limitReached',
          label: 'Limit reached',
          origin: 'genesys',
        },
        { id: 'b', at: STEERED_START, kind: 'run', label: 'Run 1', origin: 'feed' },
      ],
      clients: [{ at: STEERED_START, kind: 'closed', client: 'c1', tookMs: 0 }],
    }),
  )
  const page = parseShape(pageShape, JSON.parse(JSON.stringify(await feedPage(orgLog, null))))
  if (!page.ok) throw new Error(page.problem)
  const { rejected, errors, points, markers, limits, clients } = readEntries(
    page.value,
    () => false,
  )
  expect(rejected).toEqual([])
  expect(errors.map(({ class: name, count }) => [name, count])).toEqual([
    ['network', 1],
    ['capacity', 4],
  ])
  expect(points).toEqual([{ metric: OPEN, at: STEERED_START, value: NaN }])
  expect(markers.map(({ kind }) => kind)).toEqual(['note', 'run'])
  expect([limits.length, clients.length]).toEqual([1, 1])
})

test.each(['', 'x', '0.0', 'ffffffff.1000001', '../../etc/passwd', '1e3.1'])(
  'the cursor "%s" is unknown',
  async (cursor) => {
    const { orgLog } = await setup()
    orgLog.write(lastSamples(1, STEERED_START))
    expect(await feedPage(orgLog, cursor)).toBeNull()
  },
)

test('a cursor of the run before goes on where it stood, and one from the future is unknown', async () => {
  const before = await setup()
  before.orgLog.write(lastSamples(1, STEERED_START))
  const { cursor } = (await feedPage(before.orgLog, null))!
  await before.orgLog.close()

  const { orgLog } = await setup()
  expect(await feedPage(orgLog, cursor)).toMatchObject({ samples: [] })
  orgLog.write(lastSamples(1, later(STEERED_START, 1_000)))
  expect((await feedPage(orgLog, cursor))?.samples).toEqual([
    { metric: OPEN, atMs: STEERED_START + 1_000, value: 0 },
  ])
  expect(await feedPage(orgLog, `${orgLog.id}.${orgLog.lastSeq() + 1}`)).toBeNull()
})

test('an empty log has an empty hour, and its cursor holds', async () => {
  const { orgLog } = await setup()
  const page = (await feedPage(orgLog, null))!
  expect(page).toMatchObject(EMPTY)
  orgLog.write(lastSamples(1, STEERED_START))
  expect((await feedPage(orgLog, page.cursor))?.samples).toHaveLength(1)
})
