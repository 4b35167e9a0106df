import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function recordsIn(pieces: readonly Uint8Array[], delimiter = ','): CsvRecord[] {
  const records: CsvRecord[] = []
  const reader = createCsvRecords(delimiter, (record) => records.push(record))
  for (const piece of pieces) reader.push(piece)
  reader.end()
  return records
}

const recordsOf = (pieces: readonly string[]) => recordsIn(pieces.map(bytesOf))

const fieldsOf = (...pieces: string[]) => recordsOf(pieces).map(({ fields }) => fields)

test('records end with LF, CRLF or the file', () => {
  expect(fieldsOf('a,b\nc,d\r\ne,f')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ])
})

test('a quoted field may hold delimiters, doubled quotes and line breaks', () => {
  expect(fieldsOf('1,"a, ""b""\nc",2\n')).toEqual([['1', 'a, "b"\nc', '2']])
})

test('a record is told by the physical line it begins in', () => {
  const records = recordsOf(['h,h\n\n1,"a\nb\nc"\r\n2,x\n'])
  expect(records.map(({ line }) => line)).toEqual([1, 3, 6])
})

test('blank lines are left out', () => {
  expect(fieldsOf('\na,b\n\n\nc,d\n\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a CRLF cut in two by a piece is one line break', () => {
  expect(recordsOf(['a,b\r', '\nc,d\r', '\n']).map(({ line }) => line)).toEqual([1, 2])
})

test('a quote that is never closed costs its own line, not the rest of the file', () => {
  const records = recordsOf(['a,b\n1,"x\n2,y\n3,z\n'])
  expect(records.map(({ line, isQuoteOpen }) => [line, isQuoteOpen])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ])
})

test('a lost quote in a long file is noticed before the rest is swallowed', () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i},some ordinary text of a label\n`)
  const text = `0,"lost\n${lines.join('')}`
  const pieces = text.match(/[\s\S]{1,65536}/g)!
  const records = recordsOf(pieces)
  expect(records).toHaveLength(60_001)
  expect(records[0]).toMatchObject({ line: 1, isQuoteOpen: true })
  expect(records.at(-1)).toMatchObject({ line: 60_001, fields: ['59999', expect.any(String)] })
})

/** The bytes in pieces; the cuts are taken modulo the length. */
function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
}

const field = fc.string({
  unit: fc.constantFrom('a', 'B', '1', ' ', ',', ';', '"', '\n', 'é', '😀'),
})
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
})
const written = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')

test('what was written as CSV is read back', () => {
  fc.assert(
    fc.property(table, (rows) => {
      expect(fieldsOf(written(rows))).toEqual(rows)
    }),
  )
})

test('it does not matter where the pieces are cut', () => {
  fc.assert(
    fc.property(table, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), (rows, cuts, crlf) => {
      const bytes = bytesOf(written(rows).replaceAll('\n', crlf ? '\r\n' : '\n'))
      expect(recordsIn(cutAt(bytes, cuts))).toEqual(recordsIn([bytes]))
    }),
  )
})
