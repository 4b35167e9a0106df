import fc from 'fast-check'
import { expect, test } from 'vitest'
import { papaRecords } from '#testing/papaRecords.ts'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'

function scanned(pieces: readonly Uint8Array[], delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = []
  const scanner = createCsvRecords(delimiter, (record) => records.push(record))
  for (const piece of pieces) scanner.push(piece)
  scanner.end()
  return records
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const textOf = (bytes: Uint8Array) => decoder.decode(bytes)

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const ends = [...at.map((end) => end % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const delimiter = fc.constantFrom(...DELIMITERS)
const cuts = fc.array(fc.nat(), { maxLength: 8 })

/** What gives a tokeniser trouble, far more often than it occurs in files. */
const TROUBLE =
  '"," ,"",;,\t,|,\n,\r\n,\r, ,a,1,é,😀,\u00a0,\u2003,\u2028,\u3000,\ufeff,\u1680,\u205f,\u202f,\v,\0'.split(
    ',',
  )
const trouble = fc.string({ unit: fc.constantFrom(',', ...TROUBLE), maxLength: 60 })

test('any text gives the records that PapaParse gives, wherever it is cut', () => {
  fc.assert(
    fc.property(trouble, delimiter, cuts, (text, by, at) => {
      expect(scanned(cut(bytesOf(text), at), by)).toEqual(papaRecords(text, by))
    }),
    { numRuns: 2_000 },
  )
})

test('bytes that are no UTF-8 give the records of the text they decode to', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x20, 0xc2, 0xa0, 0xe2, 0x80, 0xef, 0xbb, 0xbf, 0xf0),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(byte), cuts, (some, more, at) => {
      const bytes = Uint8Array.from([...some, ...more])
      expect(scanned(cut(bytes, at), ',')).toEqual(papaRecords(textOf(bytes), ','))
    }),
    { numRuns: 2_000 },
  )
})

const inPiecesOf = (bytes: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
const shapes = (records: readonly CsvRecord[]) =>
  records.map(({ line, fields, isQuoteOpen, isTooLong }) => [
    line,
    fields.length,
    isQuoteOpen,
    isTooLong,
  ])

const ordinary = Array.from({ length: 40_000 }, (_, i) => `${i},text of an ordinary label\n`)

test.each([1_000, 65_536, 300_000, 3_000_000])(
  'what is longer than a million bytes costs its first line, also in pieces of %d bytes',
  (size) => {
    const long = 'x'.repeat(1_100_000)
    const bytes = bytesOf(
      `a,"lost\n${ordinary.join('')}b,${long}\nc,"one\ntwo ${long}\nthree",4\nd,5\ne,"${long}`,
    )
    expect(shapes(scanned(inPiecesOf(bytes, size), ','))).toEqual([
      [1, 2, true, false],
      ...ordinary.map((_, i) => [2 + i, 2, false, false]),
      [40_002, 2, false, true],
      [40_003, 2, true, false],
      [40_004, 1, false, true],
      [40_005, 2, false, false],
      [40_006, 2, false, false],
      [40_007, 2, false, true],
    ])
  },
)

test('a file whose every line loses a quote is read in a time that grows with the file alone', () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},"lost\n`).join('')
  const records = scanned(inPiecesOf(bytesOf(lines), 65_536), ',')
  expect(records).toHaveLength(200_000)
  expect(records.every(({ isQuoteOpen }) => isQuoteOpen)).toBe(true)
})

test('a quote that closes far behind is searched for once', () => {
  const lines = Array.from({ length: 150_000 }, () => `"open and\n`).join('')
  const records = scanned([bytesOf(`${lines}closed",b\n`)], ',')
  expect(records.filter(({ isQuoteOpen }) => isQuoteOpen).length).toBeGreaterThan(50_000)
  expect(records.at(-1)!.fields.at(-1)).toBe('b')
})

test('a byte order mark inside a file is a character', () => {
  expect(scanned([bytesOf('a,\ufeffb\n')], ',')[0]!.fields).toEqual(['a', '\ufeffb'])
})
