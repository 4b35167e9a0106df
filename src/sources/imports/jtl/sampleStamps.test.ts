import { expect, test } from 'vitest'
import { seededRandom } from '#domain/stats/random.ts'
import { FILE_TEXTS } from '#testing/fileTexts.ts'
import { JTL_HEADER } from '#testing/jtlText.ts'
import { readFile } from '../readFile.ts'
import type { SampleEnd } from './sampleStamps.ts'

const START = Date.UTC(2026, 8, 17, 11)

type Row = { startMs: number; elapsed: number; thread: number }

/** What so many threads do, in the order in which JMeter writes it: as it ends. */
function rowsOf(threads: number, count: number): Row[] {
  const random = seededRandom(7)
  const free = Array.from({ length: threads }, () => START)
  const rows = Array.from({ length: count }, (_, i) => {
    const thread = i % threads
    const startMs = free[thread]! + Math.floor(200 * random())
    const elapsed = 20 + Math.floor(400 * random())
    free[thread] = startMs + elapsed
    return { startMs, elapsed, thread }
  })
  return rows.sort((a, b) => a.startMs + a.elapsed - b.startMs - b.elapsed)
}

const stampOf = ({ startMs, elapsed }: Row, end: SampleEnd) =>
  end === 'start' ? startMs : startMs + elapsed

const csvOf = (rows: readonly Row[], end: SampleEnd) =>
  [
    JTL_HEADER,
    ...rows.map((row) => `${stampOf(row, end)},${row.elapsed},a,200,,A 1-${row.thread},true,3`),
    '',
  ].join('\n')

const xmlOf = (rows: readonly Row[], end: SampleEnd) =>
  `<?xml version="1.0"?>\n<testResults version="1.2">\n${rows
    .map(
      (row) =>
        `<sample t="${row.elapsed}" ts="${stampOf(row, end)}" s="true" rc="200" lb="a" tn="A 1-${row.thread}" na="3"/>`,
    )
    .join('\n')}\n</testResults>`

const read = (text: string, stamp?: SampleEnd) =>
  readFile(new Blob([text]), { name: 'run.jtl', stamp })

test.each([
  ['CSV', csvOf],
  ['XML', xmlOf],
] as const)(
  '%s: rows are in the order of their ends, which tells what was stamped',
  async (_, textOf) => {
    const rows = rowsOf(20, 2_000)
    const starts = await read(textOf(rows, 'start'))
    const ends = await read(textOf(rows, 'end'))
    expect(starts.stamps).toMatchObject({ likely: 'start', startsInOrder: 1 })
    expect(starts.stamps!.endsInOrder).toBeLessThan(0.8)
    expect(ends.stamps).toMatchObject({ likely: 'end', endsInOrder: 1 })
    expect(ends.stamps!.startsInOrder).toBeLessThan(0.8)
  },
)

test.each([
  ['CSV', csvOf],
  ['XML', xmlOf],
] as const)('%s: a file of ends read as such says the same as one of starts', async (_, textOf) => {
  const rows = rowsOf(20, 500)
  const starts = await read(textOf(rows, 'start'))
  const ends = await read(textOf(rows, 'end'), 'end')
  expect(ends.observation.samples.map(({ series }) => series)).toEqual(
    starts.observation.samples.map(({ series }) => series),
  )
  expect(ends.summary).toEqual(starts.summary)
  expect(ends.stamps).toMatchObject({ likely: 'end' })
})

test('a file keeps its id however its times are read', async () => {
  const text = csvOf(rowsOf(5, 100), 'end')
  const [one, other] = [await read(text), await read(text, 'end')]
  expect(other.fileId).toBe(one.fileId)
  expect(other.summary.firstAt).toBeLessThan(one.summary.firstAt!)
})

test('one thread alone, few rows, and rows in no order do not tell', async () => {
  const random = seededRandom(3)
  const places = new Map(rowsOf(20, 500).map((row) => [row, random()]))
  const shuffled = [...places.keys()].sort((a, b) => places.get(a)! - places.get(b)!)
  for (const rows of [rowsOf(1, 500), rowsOf(20, 10), shuffled])
    expect((await read(csvOf(rows, 'start'))).stamps!.likely).toBe('unknown')
})

test('where there is nothing to ask nothing is asked', async () => {
  expect(
    (await read(`timeStamp,label,success\n${START},a,true\n${START},a,true\n`)).stamps,
  ).toBeNull()
  expect((await read(`${JTL_HEADER}\n`)).stamps).toBeNull()
  expect((await read(FILE_TEXTS['gatling-log'])).stamps).toBeNull()
})
