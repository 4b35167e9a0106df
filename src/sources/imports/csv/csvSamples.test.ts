import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { papaRecords } from '#testing/papaRecords.ts'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'

/** Real files of real load tests live beside the repository, not in it. */
const SAMPLES = join(process.cwd(), '..', 'shared', 'samples')
/** Odd, so that cells, characters and line breaks are cut everywhere. */
const PIECE_BYTES = 4_099

function scanned(bytes: Uint8Array, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = []
  const scanner = createCsvRecords(delimiter, (record) => records.push(record))
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    scanner.push(bytes.subarray(at, at + PIECE_BYTES))
  scanner.end()
  return records
}

/** Records that differ, the first few: a million equal ones need not be printed. */
function differences(one: readonly CsvRecord[], other: readonly CsvRecord[]) {
  const all = Array.from({ length: Math.max(one.length, other.length) }, (_, i) => i)
  return all
    .filter((i) => JSON.stringify(one[i]) !== JSON.stringify(other[i]))
    .slice(0, 3)
    .map((i) => [one[i], other[i]])
}

if (!existsSync(SAMPLES)) {
  test.skip('real samples give the records of PapaParse (the folder ../shared/samples is not here)', () => {})
} else {
  const tables = readdirSync(SAMPLES).filter((name) => /\.(jtl|csv|log)$/.test(name))
  test.each(tables)('%s gives the records that PapaParse gives', (name) => {
    const bytes = readFileSync(join(SAMPLES, name))
    const text = new TextDecoder().decode(bytes)
    for (const delimiter of [',', '\t']) {
      const records = papaRecords(text, delimiter)
      expect(records.length).toBeGreaterThan(1)
      expect(differences(scanned(bytes, delimiter), records)).toEqual([])
    }
  })
}
