import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import { CONNECTIONS, incidentAt, someIncident, withSamples } from '#testing/someIncident.ts'
import { withoutFormula } from './csvCell.ts'
import { errorsCsv, notesCsv, samplesCsv } from './rawCsv.ts'

/** What another reader makes of a file. */
function readBack(pieces: Iterable<string>): string[][] {
  const text = [...pieces].join('')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' })
  expect(errors).toEqual([])
  // The last record ends with its line.
  expect(data.at(-1)).toEqual([''])
  return data.slice(0, -1)
}

const objects = (rows: string[][]) =>
  rows
    .slice(1)
    .map(
      (row) =>
        Object.fromEntries(rows[0]!.map((name, i) => [name, row[i]])) as Record<string, string>,
    )

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＠',
      '\t',
      '\r',
      '\n',
      '"',
      "'",
      ' ',
      ',',
      ';',
      '1',
      'a',
      '\u00a0',
      '\u200b',
    ),
  }),
)

test('every sample is written as it was measured, with the limit in force then', () => {
  const incident = someIncident()
  const rows = objects(readBack(samplesCsv(incident)))
  expect(rows).toHaveLength(
    incident.samples.reduce((sum, { series }) => sum + series.timeMs.length, 0),
  )
  const ours = rows.filter(({ metric }) => metric === CONNECTIONS)
  const { series } = incident.samples.find(({ metric }) => metric === CONNECTIONS)!
  expect(ours.map(({ epoch_ms }) => Number(epoch_ms))).toEqual([...series.timeMs])
  expect(ours.map(({ value }) => Number(value))).toEqual([...series.value])
  expect(ours[0]).toEqual({
    metric: 'connections.open',
    title: 'WebSocket connections',
    time_utc: '2026-09-17T10:45:03.000Z',
    epoch_ms: String(incidentAt('12:45:03')),
    value: String(series.value[0]),
    limit: '1000',
  })
  expect(ours.at(-1)!['limit']).toBe('1500')
})

test('a gap and an unknown limit are empty, zero and negative numbers are numbers', () => {
  const incident = withSamples(someIncident({ limits: [] }), CONNECTIONS, {
    timeMs: Float64Array.of(-1_000, 0, 4_102_444_800_000, 9e15),
    value: Float64Array.of(0, NaN, -5.5, -Infinity),
  })
  const ours = objects(readBack(samplesCsv(incident))).filter(
    ({ metric }) => metric === CONNECTIONS,
  )
  expect(ours.map(({ time_utc, value, limit }) => [time_utc, value, limit])).toEqual([
    ['1969-12-31T23:59:59.000Z', '0', ''],
    ['1970-01-01T00:00:00.000Z', '', ''],
    ['2100-01-01T00:00:00.000Z', '-5.5', ''],
    ['', '', ''],
  ])
})

test('a long incident comes in pieces', () => {
  const timeMs = Float64Array.from({ length: 50_000 }, (_, i) => 1_000 * i)
  const incident = withSamples(someIncident(), CONNECTIONS, { timeMs, value: timeMs.slice() })
  const lengths = [...samplesCsv(incident)].map((piece) => piece.length)
  expect(lengths.length).toBeGreaterThan(20)
  expect(Math.max(...lengths)).toBeLessThan(70_000)
})

test('a failure keeps every field, whatever its texts', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (route, message, key) => {
      const event = errorEvent({
        at: epochMs(1_789_642_152_345),
        class: 'capacity',
        place: 'upgrade',
        source: 'har',
        status: 503,
        count: 2,
        route,
        app: 'softphone',
        code: '-1',
        message,
        correlationId: '1f0c44aa-0000-4000-8000-000000000000',
        limit: { namespace: 'presence', key, value: -3 },
      })
      const [row] = objects(readBack(errorsCsv(someIncident({ errors: [event] }))))
      expect(row).toEqual({
        time_utc: '2026-09-17T10:49:12.345Z',
        epoch_ms: '1789642152345',
        class: 'capacity',
        place: 'upgrade',
        status: '503',
        count: '2',
        source: 'har',
        route: withoutFormula(route),
        app: 'softphone',
        code: '-1',
        message: withoutFormula(message),
        correlation_id: '1f0c44aa-0000-4000-8000-000000000000',
        limit_namespace: 'presence',
        limit_key: withoutFormula(key),
        limit_value: '-3',
      })
    }),
  )
})

test('notes are written with who wrote them', () => {
  const [first] = objects(readBack(notesCsv(someIncident())))
  expect(first).toEqual({
    id: 'note-1',
    time_utc: '2026-09-17T11:28:00.000Z',
    epoch_ms: String(incidentAt('13:28:00')),
    place: 'notes',
    author: 'tester on call',
    text: 'Iteration 7 was started although the sockets of iteration 6 were still open.',
  })
})

test.each([
  ['=1+1', "'=1+1"],
  ['-1', '-1'],
  ['-1.5e-7', '-1.5e-7'],
  ['+1', "'+1"],
  ['-1-cmd|calc', "'-1-cmd|calc"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  [' "=1', `' "=1`],
  ['\u00a0＝1', "'\u00a0＝1"],
  ['\u200b=1', "'\u200b=1"],
  ['a;=1', "a;'=1"],
  ['a\r\n@x', "a\r\n'@x"],
  ['GET /a?b=c', 'GET /a?b=c'],
  ['2026-09-17', '2026-09-17'],
])('%j is written as %j', (text, written) => {
  expect(withoutFormula(text)).toBe(written)
})

test('no cell of text begins with what a spreadsheet runs, however cells are parted', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, author) => {
      const notes = [{ id: '1', at: incidentAt('13:00:00'), place: 'notes' as const, author, text }]
      const file = [...notesCsv(someIncident({ notes }))].join('')
      const cells = readBack([file]).flat()
      const parted = [...cells, ...cells.flatMap((cell) => cell.split(/[;\t\r\n]/))]
      for (const cell of parted.filter((one) => !/^-?\d/.test(one)))
        expect(cell).not.toMatch(/^[\s"\u200b]*[=+\-@＝＋－＠]|^[\t\r]/)
    }),
  )
})
