import Papa from 'papaparse'
import { bytePieces } from '#sources/imports/byteSource.ts'
import type { JtlSums } from '../../jtl/jtlFile.ts'
import { createPapaSums } from '../../jtl/papaSums.ts'
import { createSumOfRows } from '../../jtl/sumOfRows.ts'

export type WayOfReading = 'read' | 'scan' | 'papa' | 'json'

async function rawRead(file: File): Promise<Partial<JtlSums>> {
  for await (const piece of bytePieces(file, file.name)) piece.at(-1)
  return {}
}

async function scan(file: File): Promise<Partial<JtlSums>> {
  const rows = createSumOfRows()
  for await (const piece of bytePieces(file, file.name)) rows.push(piece)
  rows.end()
  return rows.sums
}

function papa(file: File): Promise<Partial<JtlSums>> {
  const { take, sums } = createPapaSums()
  return new Promise((done, failed) =>
    Papa.parse<string[]>(file, {
      chunk: ({ data }) => take(data),
      complete: () => done(sums),
      error: failed,
    }),
  )
}

async function json(file: File): Promise<Partial<JtlSums>> {
  const har = JSON.parse(await file.text()) as { log: { entries: unknown[] } }
  return { rows: har.log.entries.length }
}

const WAYS = { read: rawRead, scan, papa, json }

globalThis.onmessage = async ({ data }: MessageEvent<{ file: File; way: WayOfReading }>) =>
  globalThis.postMessage(await WAYS[data.way](data.file))
