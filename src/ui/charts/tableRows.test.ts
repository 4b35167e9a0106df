import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { tableRows } from './tableRows.ts'

const reader = pyramidReader(
  seriesFromText(`
    0s 30s 60s 90s 120s   240s 270s
     5   9   7   1    -      4    8
  `),
)
const limit = [
  { from: epochMs(0), value: 10, source: 'default' },
  { from: epochMs(150_000), value: 20, source: 'change request' },
]

test('each row is a round stretch with its lowest and highest value and its limit', () => {
  const rows = tableRows(reader, limit, { from: epochMs(0), to: epochMs(300_000) }, 6)
  expect(
    rows.map((row) => [row.from / 60_000, row.lowest, row.highest, row.limit].join(' ')),
  ).toEqual(['0 5 9 10', '1 1 7 10', '2   20', '3   20', '4 4 8 20'])
})

test('no peak is lost, whatever the window', () => {
  const anyWindow = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 20, max: 400 }))
  fc.assert(
    fc.property(anyWindow, fc.integer({ min: 2, max: 30 }), ([start, length], most) => {
      const window = { from: epochMs(start * 1_000), to: epochMs((start + length) * 1_000) }
      const rows = tableRows(reader, limit, window, most)
      expect(rows.length).toBeLessThanOrEqual(most)
      expect([rows[0]!.from, rows.at(-1)!.to]).toEqual([window.from, window.to])
      const peak = reader.range(window.from, window.to)?.max ?? -Infinity
      expect(Math.max(...rows.map(({ highest }) => highest ?? -Infinity))).toBe(peak)
    }),
  )
})
