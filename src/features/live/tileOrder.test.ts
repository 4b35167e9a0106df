import { expect, test } from 'vitest'
import { metricId } from '#domain/units.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'
import { chartedInFirstRow, TILES_SHOWN, worstFirst } from './tileOrder.ts'

const tile = (state: TileReading['state'], lastRatio: number | null = null) => ({
  reading: {
    title: `${state} ${lastRatio ?? ''}`.trim(),
    state,
    value: null,
    limit: lastRatio === null ? null : '50',
    usedRatio: lastRatio,
    lastRatio,
    used: null,
    details: [],
    off: null,
  } satisfies TileReading,
})

test('tiles go from the worst headroom to unknown, awaited and off; equals keep their order, blind ones their place', () => {
  const tiles = [
    tile('off'),
    tile('unknown'),
    tile('loading'),
    tile('ok', 0.101),
    tile('ok', 0.109),
    tile('blind', 0.3),
    tile('atLimit', 1),
    tile('stale', 0.95),
    tile('warn', 0.85),
  ]
  expect(worstFirst(tiles).map(({ reading }) => reading.title)).toEqual([
    'atLimit 1',
    'stale 0.95',
    'warn 0.85',
    'blind 0.3',
    'ok 0.101',
    'ok 0.109',
    'unknown',
    'loading',
    'off',
  ])
})

const row = 'abcdefgh'.split('').map((id) => ({ metric: { id: metricId(id) } }))
const order = (...charted: string[]) =>
  chartedInFirstRow(row, new Set(charted.map(metricId)))
    .map(({ metric }) => metric.id)
    .join('')

test('the first row ends with a charted metric that its headroom would put further down', () => {
  expect(order('h')).toBe('abcdehfg')
  expect(order('g', 'h')).toBe('abcdghef')
})

test('a charted metric within the first row keeps its place, also where another needs one', () => {
  expect(order('a', 'f')).toBe('abcdefgh')
  expect(order('f', 'h')).toBe('abcdfheg')
})

test('without charts, and with fewer tiles than places, nothing moves', () => {
  expect(order()).toBe('abcdefgh')
  expect(chartedInFirstRow(row.slice(0, TILES_SHOWN), new Set([metricId('f')]))).toEqual(
    row.slice(0, TILES_SHOWN),
  )
})
