/**
 * What an import holds in memory after 200 and after 400 MB of a file over the same hour, garbage collected: nothing may grow with the rows
 * except in a plain table, whose every value counts. Run alone with `npx tsx bench/importMemory.ts`.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { openPass } from '#sources/imports/openPass.ts'
import { heldBytes } from '#testing/heldBytes.ts'
import { LONG_FILES } from '#testing/longFiles.ts'
import { report } from './record.ts'

const FORMATS = ['jtl-csv', 'jtl-xml', 'har', 'k6-json', 'gatling-log', 'csv'] as const
const HALF_BYTES = 200_000_000
const HOUR_MS = 3_600_000
const CHUNK_ROWS = 2_000
/** A whole number of rounds of `LONG_FILES`: the same is refused in the same seconds again. */
const ROUND = 92_400

/** What one import holds more than before it began, and how many rows it read, after each half. */
function halvesOf(format: (typeof FORMATS)[number]) {
  const { head, row } = LONG_FILES[format]
  const encoder = new TextEncoder()
  const rowsOfHalf = Math.round(HALF_BYTES / row(1, 1).length / ROUND) * ROUND
  const before = heldBytes()
  const pass = openPass('file', `${head}${row(0, 0)}${row(1, 1)}`, {})
  pass.push(encoder.encode(head))
  const held = [0, 1].map((half) => {
    for (let from = 0; from < rowsOfHalf; from += CHUNK_ROWS) {
      const some = Array.from({ length: Math.min(CHUNK_ROWS, rowsOfHalf - from) }, (_, k) =>
        row(half * rowsOfHalf + from + k, Math.floor(((from + k) * HOUR_MS) / rowsOfHalf)),
      )
      pass.push(encoder.encode(some.join('')))
    }
    return (heldBytes() - before) / 1e6
  })
  pass.push(encoder.encode(LONG_FILES[format].tail))
  const { samples } = pass.end().summary
  return { first: held[0]!, second: held[1]!, rowsOfHalf, samples }
}

export function benchImportMemory() {
  const found = FORMATS.map((format) => [format, halvesOf(format)] as const)
  const growth = ({ first, second }: { first: number; second: number }) => second - first
  report('importMemory', {
    title: 'what an import holds after 200 and after 400 MB of a file over the same hour, in Node',
    command: 'npx tsx bench/importMemory.ts',
    rows: Object.fromEntries(
      found.map(([format, halves]) => [
        format,
        {
          rows: halves.samples,
          'MB at 200': halves.first,
          'MB at 400': halves.second,
          'bytes a row': (growth(halves) * 1e6) / halves.rowsOfHalf,
        },
      ]),
    ),
    goals: found.map(([format, halves]) =>
      format === 'csv'
        ? {
            words: 'a plain table of 3 columns and times, per row',
            value: (growth(halves) * 1e6) / halves.rowsOfHalf,
            most: 36,
            unit: 'bytes',
          }
        : {
            words: `${format}: the second 200 MB add`,
            value: Math.max(0, growth(halves)),
            most: 4,
            unit: 'MB',
          },
    ),
  })
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) benchImportMemory()
