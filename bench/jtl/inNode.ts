import { createReadStream } from 'node:fs'
import Papa from 'papaparse'
import { fileSource } from '#cli/fileSource.ts'
import { bytePieces } from '#sources/imports/byteSource.ts'
import { readFile } from '#sources/imports/readFile.ts'
import { medianOf } from '../measure.ts'
import { report } from '../record.ts'
import type { JtlSums } from './jtlFile.ts'
import { createPapaSums } from './papaSums.ts'
import { createSumOfRows } from './sumOfRows.ts'
import { COMMAND, sameSums } from './results.ts'

const ROUNDS = 5

async function rawRead(path: string): Promise<Partial<JtlSums>> {
  let lines = -1
  for await (const piece of bytePieces(await fileSource(path), path))
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1
  return { rows: lines }
}

async function scan(path: string): Promise<Partial<JtlSums>> {
  const rows = createSumOfRows()
  for await (const piece of bytePieces(await fileSource(path), path)) rows.push(piece)
  rows.end()
  return rows.sums
}

async function wholeImport(path: string): Promise<Partial<JtlSums>> {
  const { summary } = await readFile(await fileSource(path), { name: path })
  const errors = Object.values(summary.classes!).reduce((sum, count) => sum + count, 0)
  return { rows: summary.samples, errors }
}

function papaStreaming(path: string): Promise<Partial<JtlSums>> {
  const { take, sums } = createPapaSums()
  return new Promise((done, failed) =>
    Papa.parse<string[]>(createReadStream(path), {
      chunk: ({ data }) => take(data),
      complete: () => done(sums),
      error: failed,
    }),
  )
}

/** What reading a JTL costs in Node, a round of all ways after the other. */
export async function benchJtlInNode(path: string, expected: JtlSums, megabytes: number) {
  const ways = { 'raw read': rawRead, scan, import: wholeImport, 'Papa streaming': papaStreaming }
  const times = Object.entries(ways).map(([name, run]) => ({ name, run, ms: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, run, ms } of times) {
      const start = performance.now()
      const sums = await run(path)
      ms.push(performance.now() - start)
      sameSums(name, sums, expected)
    }
  const papaMs = medianOf(times.at(-1)!.ms)
  const rows = times.map(({ name, ms }) => {
    const own = medianOf(ms)
    return [name, { ms: own, 'MB/s': (megabytes * 1000) / own, 'Papa / it': papaMs / own }]
  })
  report('jtl in Node', {
    title: `JTL in Node: ${expected.rows} rows, ${megabytes.toFixed(0)} MB, median of ${ROUNDS}`,
    command: COMMAND,
    rows: Object.fromEntries(rows),
    goals: [],
  })
}
