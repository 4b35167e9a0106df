import { deleteDB, openDB } from 'idb'
import { afterEach, expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import { summarised } from '#domain/series/minuteSummaries.ts'
import { DAY_MS, durationMs, epochMs, later, MINUTE_MS } from '#domain/units.ts'
import { rowsOf } from '#testing/anySummaries.ts'
import { CALLS, ORG, START } from '#testing/historyPages.ts'
import { MIGRATIONS } from './historyDb.ts'
import { createIndexedDbHistory } from './indexedDbHistory.ts'

const NAME = 'history-in-a-browser'
afterEach(() => deleteDB(NAME))

/** A page with its worker, and what became of the worker. */
function openPage() {
  const workers: Worker[] = []
  const heard: unknown[] = []
  const page = createIndexedDbHistory({
    name: NAME,
    now: () => START,
    after: (delayMs, call) => {
      const timer = setTimeout(call, delayMs)
      return () => clearTimeout(timer)
    },
    startWorker: () => {
      const worker = new Worker(new URL('./history.worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('message', ({ data }) => heard.push(data.kind))
      workers.push(worker)
      return worker
    },
  })
  return { page, workers, heard }
}

/** Two days, a sample every half minute. */
const twoDays = {
  timeMs: Float64Array.from({ length: 5_760 }, (_, i) => START + i * 30_000),
  value: Float64Array.from({ length: 5_760 }, (_, i) => (i % 97 === 0 ? 900 : i % 50)),
}
const TO = later(START, 2 * DAY_MS)

test('a worker sorts in, prunes, and gives both tiers back as they are', async () => {
  const { page, heard } = openPage()
  const errors = Array.from({ length: 4_100 }, (_, i) =>
    errorEvent({ at: later(START, i), class: 'capacity', source: 'feed', correlationId: `${i}` }),
  )
  page.write(ORG, observation({ samples: [{ metric: CALLS, series: twoDays }], errors }))
  await page.flushed()
  const read = await page.read(ORG, START, TO)
  expect(read.samples).toEqual([{ metric: CALLS, series: twoDays }])
  expect(read.errors).toEqual(errors)
  expect(heard.filter((kind) => kind === 'errors')).toHaveLength(2)

  await page.prune(later(TO, 13 * DAY_MS))
  const stepMs = durationMs(30 * MINUTE_MS)
  const { summaries } = await page.readSummaries(ORG, START, TO, stepMs)
  expect(summaries.map(({ metric }) => metric)).toEqual([CALLS])
  expect(rowsOf(summaries[0]!.steps)).toEqual(rowsOf(coarsened(summarised(twoDays), stepMs)))
  const after = await page.read(ORG, START, TO)
  expect(after.samples[0]!.series.timeMs[0]).toBeGreaterThan(START)
  expect(after.errors).toMatchObject([{ at: START, count: 4_100, correlationId: null }])
  expect(page.health()).toEqual({ kind: 'stored' })
  await page.close()
})

test('a worker that is ended in the middle of its work leaves nothing half done', async () => {
  const { page, workers } = openPage()
  page.write(ORG, observation({ samples: [{ metric: CALLS, series: twoDays }] }))
  await page.flushed()
  const tidying = page.prune(TO)
  const reading = page.readSummaries(ORG, START, TO, MINUTE_MS)
  workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'killed by a test' }))
  await tidying
  expect(rowsOf((await reading).summaries[0]!.steps)).toEqual(rowsOf(summarised(twoDays)))
  const { summaries } = await page.readSummaries(ORG, START, TO, MINUTE_MS)
  expect(rowsOf(summaries[0]!.steps)).toEqual(rowsOf(summarised(twoDays)))
  await page.close()
})

test('a newer Tidemark need not wait for the worker to let go', async () => {
  const { page } = openPage()
  page.write(ORG, observation({ samples: [{ metric: CALLS, series: twoDays }] }))
  await page.flushed()
  await page.read(ORG, START, epochMs(START + 1))
  const newer = await openDB(NAME, MIGRATIONS.length + 1)
  newer.close()
  expect(page.health()).toMatchObject({
    reason: 'a newer Tidemark in another tab took it over; reload this page',
  })
  await page.close()
})
