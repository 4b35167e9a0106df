import { expect, test } from 'vitest'
import { heldBytes } from '#testing/heldBytes.ts'
import { LONG_FILES } from '#testing/longFiles.ts'
import { timesAsLong } from '#testing/timesAsLong.ts'
import type { FilePass } from './filePass.ts'
import { openPass } from './openPass.ts'

const { 'artillery-json': _, 'autocannon-json': __, ...OF_ROWS } = LONG_FILES
type Format = keyof typeof OF_ROWS

const HOUR_MS = 3_600_000
const CHUNK_ROWS = 500
const encoder = new TextEncoder()

/** The rows from `from` to `to`, a handful at a time; the hour they lie in has `rows` of them. */
function* chunksOf(format: Format, { from, to, rows }: { from: number; to: number; rows: number }) {
  for (let at = from; at < to; at += CHUNK_ROWS) {
    const some = Array.from({ length: Math.min(CHUNK_ROWS, to - at) }, (_, k) =>
      OF_ROWS[format].row(at + k, Math.floor((((at + k) % rows) * HOUR_MS) / rows)),
    )
    yield encoder.encode(some.join(''))
  }
}

function begun(format: Format): FilePass {
  const { head, row } = OF_ROWS[format]
  const pass = openPass('file', `${head}${row(0, 0)}${row(1, 1)}`, {})
  pass.push(encoder.encode(head))
  return pass
}

/** Every value of a plain table counts: a time, two columns and a limit are 32 bytes a row. */
const BYTES_PER_ROW: Readonly<Record<Format, number>> = {
  'jtl-csv': 4,
  'jtl-xml': 4,
  har: 4,
  'k6-json': 4,
  'k6-csv': 4,
  'gatling-log': 4,
  csv: 36,
}
const formats = Object.entries(BYTES_PER_ROW) as [Format, number][]

test.each(formats)(
  '%s: what is held while a file is read grows with its seconds, not with its rows',
  (format, most) => {
    // A whole number of rounds of `LONG_FILES`: the same is refused in the same seconds again.
    const rows = 92_400
    const pass = begun(format)
    const read = (from: number, to: number) => {
      for (const chunk of chunksOf(format, { from, to, rows })) pass.push(chunk)
      return heldBytes()
    }
    const before = read(0, rows)
    const after = read(rows, 2 * rows)
    expect((after - before) / rows).toBeLessThan(most)
    pass.push(encoder.encode(OF_ROWS[format].tail))
    expect(pass.end().summary.samples).toBeGreaterThan(rows)
  },
)

test.each(formats)('%s: twice the rows take at most three times as long', (format) => {
  const reading = (rows: number) => {
    const chunks = [...chunksOf(format, { from: 0, to: rows, rows })]
    return () => {
      const pass = begun(format)
      for (const chunk of chunks) pass.push(chunk)
      pass.push(encoder.encode(OF_ROWS[format].tail))
      pass.end()
    }
  }
  expect(timesAsLong(reading(4_000), reading(8_000), 6)).toBeLessThan(3)
})
