import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { openDB } from 'idb'
import { afterEach, expect, test, vi } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import { summarised } from '#domain/series/minuteSummaries.ts'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import { anySamples, rowsOf } from '#testing/anySummaries.ts'
import { CALLS, historyPages, ORG, START, write } from '#testing/historyPages.ts'
import { HALF_HOUR_MS } from './halfHours.ts'
import type { History } from './history.ts'
import { type HistorySchema, MIGRATIONS } from './historyDb.ts'

afterEach(() => vi.restoreAllMocks())

const WINDOW = [epochMs(Date.UTC(2026, 2, 1)), epochMs(Date.UTC(2026, 9, 17))] as const

/** The minutes that are kept, as rows. */
async function minutesOf(history: History) {
  const { summaries } = await history.readSummaries(ORG, ...WINDOW, MINUTE_MS)
  const steps = summaries[0]?.steps
  return steps ? [...steps.startMs.keys()].map((i) => rowsOf(steps)[i]) : []
}

async function count(name: string, store: keyof HistorySchema) {
  const db = await openDB(name)
  const found = await db.count(store as string)
  db.close()
  return found
}

test('two tabs that tidy up at once lose nothing and count nothing twice', async () => {
  const { open, now } = historyPages()
  const tabs = [open(), open()] as const
  const times = Array.from({ length: 400 }, (_, i) => i * 20_000)
  for (const [i, time] of times.entries()) {
    write(tabs[i % 2]!, later(START, time), i)
    if (i % 25 === 0) await Promise.all(tabs.map((tab) => tab.flushed()))
    if (i % 100 === 50) await Promise.all(tabs.map((tab) => tab.prune(now())))
  }
  await Promise.all(tabs.map((tab) => tab.flushed()))
  await Promise.all(tabs.map((tab) => tab.prune(now())))
  const expected = summarised({
    timeMs: Float64Array.from(times, (time) => START + time),
    value: Float64Array.from(times.keys()),
  })
  expect(await minutesOf(tabs[0])).toEqual(rowsOf(expected))
})

test('a chunk and the minutes of its day are written together', async () => {
  const { name, open, now } = historyPages()
  const page = open()
  for (const hour of [0, 1, 30]) write(page, later(START, hour * HOUR_MS))
  await page.flushed()
  await page.prune(now())
  expect(await count(name, 'chunks')).toBe(3)
  expect(await count(name, 'minutes')).toBe(2)
  expect(await count(name, 'tail')).toBe(0)
})

test('half hours say what minutes say, also of days that have none yet, and of samples that wait', async () => {
  const { name, open, now } = historyPages()
  const page = open()
  const all: [number, number][] = []
  const put = (minute: number, value: number) => {
    all.push([START + minute * MINUTE_MS, value])
    write(page, later(START, minute * MINUTE_MS), value)
  }
  // Over the edge of two days and of two blocks, and more of one of them later.
  for (let minute = 0; minute < 20 * 1_440; minute += 97) put(minute, minute % 89)
  await page.flushed()
  await page.prune(now())
  for (let minute = 5; minute < 3_000; minute += 97) put(minute, 200 + (minute % 7))
  await page.flushed()
  await page.prune(now())
  put(40, 500)
  const sorted = all.toSorted(([a], [b]) => a - b)
  const series = {
    timeMs: Float64Array.from(sorted, ([at]) => at),
    value: Float64Array.from(sorted, ([, value]) => value),
  }
  const stepMs = durationMs(60 * MINUTE_MS)
  const expected = rowsOf(coarsened(summarised(series), stepMs))
  const stepsNow = async () => {
    const { summaries } = await page.readSummaries(ORG, ...WINDOW, stepMs)
    return rowsOf(summaries[0]!.steps)
  }
  expect(await stepsNow()).toEqual(expected)
  const db = await openDB(name)
  expect(await db.count('halfHours')).toBe(2)
  await db.clear('halfHours')
  db.close()
  expect(await stepsNow()).toEqual(expected)
})

test('samples are pruned only once their minutes are kept: a full storage loses nothing', async () => {
  const { name, open } = historyPages()
  const v1 = open({ migrations: MIGRATIONS.slice(0, 1) })
  write(v1, START, 7)
  await v1.flushed()
  await v1.close()
  await moveTailToChunk(name)

  const page = open()
  const refusal = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const longAfter = later(START, 20 * DAY_MS)
  await page.prune(longAfter)
  expect(page.health()).toMatchObject({ reason: 'the storage of this browser is full' })
  expect(await count(name, 'chunks')).toBe(1)

  refusal.mockRestore()
  await page.prune(longAfter)
  expect(await count(name, 'chunks')).toBe(0)
  expect(await minutesOf(page)).toHaveLength(1)
})

/** What the first version's compaction did with a tail of one sample. */
async function moveTailToChunk(name: string) {
  const db = await openDB(name)
  const [row] = await db.getAll('tail')
  const { metric, series } = row.samples[0]
  await db.put('chunks', { org: row.org, metric, hour: START, ...series })
  await db.clear('tail')
  db.close()
}

test('what a first version kept is summarised and folded, and readable at once', async () => {
  const { name, open } = historyPages()
  const v1 = await openDB<HistorySchema>(name, 1, {
    upgrade: (db, _old, _new, tx) => MIGRATIONS[0]!(db, tx),
  })
  const hour = (hours: number, values: readonly number[]) => ({
    org: ORG,
    metric: CALLS,
    hour: later(START, hours * HOUR_MS),
    timeMs: Float64Array.from(values, (_, i) => START + hours * HOUR_MS + i * 20_000),
    value: Float64Array.from(values),
  })
  await v1.put('chunks', hour(0, [4, 9, 5, 7]))
  await v1.put('chunks', hour(24, [1, Number.NaN]))
  const { place: _, ...refused } = errorEvent({ at: START, class: 'capacity', source: 'feed' })
  for (const identity of ['a', 'b'])
    await v1.put('errors', { org: ORG, at: START, identity, event: refused })
  v1.close()

  const expected = [
    [START, 4, 9, 18, 5, later(START, 40_000), 3],
    [later(START, MINUTE_MS), 7, 7, 7, 7, later(START, 60_000), 1],
    [later(START, DAY_MS), 1, 1, 1, Number.NaN, later(START, DAY_MS + 20_000), 1],
  ]
  const page = open()
  expect(await minutesOf(page)).toEqual(expected)
  await page.prune(later(START, 15 * DAY_MS - HOUR_MS))
  expect(await count(name, 'chunks')).toBe(1)
  expect(await minutesOf(page)).toEqual(expected)
  const { errors } = await page.read(ORG, START, later(START, HOUR_MS))
  expect(errors).toEqual([{ ...refused, place: 'unknown', count: 2 }])
})

test('whatever is written, sorted in and pruned in whatever order, each sample is counted once', async () => {
  const anyLot = fc.record({
    samples: anySamples,
    next: fc.constantFrom('wait', 'flush', 'tidy', 'prune'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyLot, { minLength: 1, maxLength: 5 }), async (lots) => {
      const { open } = historyPages()
      const page = open()
      const all = new Map<number, number>()
      // A day for each lot, so that none is late: what is late is told in other tests.
      for (const [day, { samples, next }] of lots.entries()) {
        const timeMs = samples.timeMs.map((time) => time + day * DAY_MS)
        samples.timeMs.forEach((_, i) => all.set(timeMs[i]!, samples.value[i]!))
        page.write(
          ORG,
          observation({ samples: [{ metric: CALLS, series: { ...samples, timeMs } }] }),
        )
        const newest = epochMs(timeMs.at(-1) ?? START)
        if (next === 'flush') await page.flushed()
        if (next === 'tidy') await page.prune(newest)
        if (next === 'prune') await page.prune(later(newest, 15 * DAY_MS))
      }
      const expected = summarised({
        timeMs: Float64Array.from(all.keys()),
        value: Float64Array.from(all.values()),
      })
      expect(await minutesOf(page)).toEqual(rowsOf(expected))
      const { summaries } = await page.readSummaries(ORG, ...WINDOW, HALF_HOUR_MS)
      const steps = summaries[0]?.steps
      expect(steps ? rowsOf(steps) : []).toEqual(rowsOf(coarsened(expected, HALF_HOUR_MS)))
    }),
    { numRuns: 25 },
  )
})
