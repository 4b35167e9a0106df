import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { observation } from '#domain/observation.ts'
import {
  type DurationMs,
  type EpochMs,
  epochMs,
  later,
  metricId,
  MINUTE_MS,
  orgId,
  SECOND_MS,
} from '#domain/units.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import { START } from './benchData.ts'

/** So many series of so many samples each, a second apart. */
export type HistoryLoad = { series: number; samples: number }

const ORG = orgId('bench')
const nameOf = (index: number) => metricId(`series-${index}`)
const FROM = epochMs(START)
const endOf = ({ samples }: HistoryLoad) => later(FROM, samples * SECOND_MS)

/** The same series each time: a level that wanders in whole numbers. */
function seriesOf(index: number, samples: number) {
  const timeMs = Float64Array.from({ length: samples }, (_, i) => FROM + i * SECOND_MS)
  let seed = index + 1
  const value = timeMs.map(() => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return 500 + (seed % 400)
  })
  return { timeMs, value }
}

const history = createIndexedDbHistory({
  name: 'bench-chunks',
  now: () => epochMs(Date.now()),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs)
    return () => clearTimeout(timer)
  },
})

/** One row per sample: the layout that comes to mind first. */
interface RowSchema extends DBSchema {
  rows: { key: [string, number]; value: { metric: string; at: number; value: number } }
}
let rows: Promise<IDBPDatabase<RowSchema>> | null = null
const openRows = () =>
  (rows ??= openDB<RowSchema>('bench-rows', 1, {
    upgrade: (db) => void db.createObjectStore('rows', { keyPath: ['metric', 'at'] }),
  }))
/** What a transaction writes of a series; longer ones make Chromium hold all of it at once. */
const ROWS_AT_ONCE = 5_000

/** Looking more often would be a load of its own. */
const LOOK_MS = 4

/** How long a piece of work took, and the longest time the page heard of nothing meanwhile, ms. */
async function timed(work: () => Promise<number>) {
  let longestGapMs = 0
  let before = performance.now()
  const looks = setInterval(() => {
    longestGapMs = Math.max(longestGapMs, performance.now() - before)
    before = performance.now()
  }, LOOK_MS)
  const start = performance.now()
  const count = await work()
  const tookMs = performance.now() - start
  clearInterval(looks)
  return { count, tookMs, longestGapMs }
}

async function writeRows({ series, samples }: HistoryLoad) {
  const db = await openRows()
  for (let index = 0; index < series; index++) {
    const { timeMs, value } = seriesOf(index, samples)
    for (let start = 0; start < samples; start += ROWS_AT_ONCE) {
      const tx = db.transaction('rows', 'readwrite', { durability: 'relaxed' })
      for (let i = start; i < Math.min(samples, start + ROWS_AT_ONCE); i++)
        void tx.store.put({ metric: nameOf(index), at: timeMs[i]!, value: value[i]! })
      await tx.done
    }
  }
  return series * samples
}

/** All rows of a series as the columns that charts read. */
async function readRows({ series, samples }: HistoryLoad) {
  const db = await openRows()
  let count = 0
  for (let index = 0; index < series; index++) {
    const range = IDBKeyRange.bound(
      [nameOf(index), FROM],
      [nameOf(index), endOf({ series, samples })],
    )
    const found = await db.getAll('rows', range)
    const timeMs = Float64Array.from(found, ({ at }) => at)
    count += timeMs.length
    Float64Array.from(found, ({ value }) => value)
  }
  return count
}

async function writeHistory({ series, samples }: HistoryLoad) {
  const all = Array.from({ length: series }, (_, index) => ({
    metric: nameOf(index),
    series: seriesOf(index, samples),
  }))
  history.write(ORG, observation({ samples: all }))
  await history.flushed()
  // Sorted into chunks and minutes, as after some time on a page.
  await history.prune(endOf({ series, samples }))
  return series * samples
}

async function readHistory(load: HistoryLoad) {
  const { samples } = await history.read(ORG, FROM, endOf(load))
  return samples.reduce((sum, { series }) => sum + series.timeMs.length, 0)
}

async function readMinutes(load: HistoryLoad) {
  const to = later(FROM, Math.floor((load.samples * SECOND_MS) / MINUTE_MS) * MINUTE_MS) as EpochMs
  const { summaries } = await history.readSummaries(ORG, FROM, to, MINUTE_MS as DurationMs)
  return summaries.reduce((sum, { steps }) => sum + steps.startMs.length, 0)
}

window.bench = {
  writeRows: (load: HistoryLoad) => timed(() => writeRows(load)),
  readRows: (load: HistoryLoad) => timed(() => readRows(load)),
  writeHistory: (load: HistoryLoad) => timed(() => writeHistory(load)),
  readHistory: (load: HistoryLoad) => timed(() => readHistory(load)),
  readMinutes: (load: HistoryLoad) => timed(() => readMinutes(load)),
}
