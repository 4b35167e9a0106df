import Papa from 'papaparse'
import { SaxesParser } from 'saxes'
import { bytePieces } from '#sources/imports/byteSource.ts'
import type { JtlSums } from '../../jtl/jtlFile.ts'
import { createPapaSums } from '../../jtl/papaSums.ts'
import { createSumOfRows } from '../../jtl/sumOfRows.ts'

export type WayOfReading = 'read' | 'scan' | 'papa' | 'json' | 'sax'

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

/** The least that can be done with the parser: samples and failures are counted. */
async function sax(file: File): Promise<Partial<JtlSums>> {
  const parser = new SaxesParser()
  const decoder = new TextDecoder()
  const sums = { rows: 0, errors: 0 }
  parser.on('opentag', ({ name, attributes }) => {
    if (name !== 'httpSample') return
    sums.rows += 1
    if (attributes['s'] === 'false') sums.errors += 1
  })
  for await (const piece of bytePieces(file, file.name))
    parser.write(decoder.decode(piece, { stream: true }))
  parser.close()
  return sums
}

const WAYS = { read: rawRead, scan, papa, json, sax }

globalThis.onmessage = async ({ data }: MessageEvent<{ file: File; way: WayOfReading }>) =>
  globalThis.postMessage(await WAYS[data.way](data.file))
