import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { columnsOf } from '../../columnsOf.ts'
import { createTableReading, limitsIn, seriesIn } from './tableReading.ts'

const START_MS = 1_789_642_800_000
type Row = readonly [second: number, open: number | null, limit: number | null]

function tableOf(rows: readonly Row[]) {
  const layout = { delimiter: ',', width: 3, hasHeader: false }
  const reading = createTableReading(layout, { time: 0, values: [1], limit: 2 })
  const lines = rows.map(
    ([second, open, limit]) => `${START_MS + second * 1000},${open ?? ''},${limit ?? ''}\n`,
  )
  reading.push(new TextEncoder().encode(lines.join('')))
  return reading.end()
}

test('a table in any order is the series of its rows, the last of one instant counting', () => {
  const cell = fc.option(fc.nat(9))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(12), cell, cell)), (rows) => {
      const table = tableOf(rows)
      const points = rows.map(([second, open]) => ({
        at: epochMs(START_MS + second * 1000),
        value: open ?? NaN,
      }))
      expect(seriesIn(table, 0)).toEqual(columnsOf(points))
      const sorted = rows.toSorted(([a], [b]) => a - b)
      const steps = sorted.filter(([, , limit], i) => i === 0 || limit !== sorted[i - 1]![2])
      expect(limitsIn(table).map(({ from, value }) => [from, value])).toEqual(
        steps.map(([second, , limit]) => [START_MS + second * 1000, limit]),
      )
    }),
  )
})

test('a table of many rows, newest first, is turned round', () => {
  const rows = Array.from({ length: 40_000 }, (_, i): Row => [39_999 - i, i % 1_000, null])
  const { timeMs, value } = seriesIn(tableOf(rows), 0)
  expect(timeMs).toHaveLength(40_000)
  expect(timeMs.every((at, i) => at === START_MS + i * 1000)).toBe(true)
  expect(value.every((open, i) => open === (39_999 - i) % 1_000)).toBe(true)
})
