import { expect, test } from 'vitest'
import type { TileReading } from '#ui/tile/tileReading.ts'
import { worstFirst } from './tileOrder.ts'

const tile = (state: TileReading['state'], usedRatio: number | null = null) => ({
  reading: {
    title: `${state} ${usedRatio ?? ''}`.trim(),
    state,
    value: null,
    limit: usedRatio === null ? null : '50',
    usedRatio,
    used: null,
    details: [],
    off: null,
  } satisfies TileReading,
})

test('tiles go from the worst headroom to blind, unknown, awaited and off; equals keep their order', () => {
  const tiles = [
    tile('off'),
    tile('unknown'),
    tile('loading'),
    tile('ok', 0.101),
    tile('ok', 0.109),
    tile('blind'),
    tile('atLimit', 1),
    tile('warn', 0.85),
  ]
  expect(worstFirst(tiles).map(({ reading }) => reading.title)).toEqual([
    'atLimit 1',
    'warn 0.85',
    'ok 0.101',
    'ok 0.109',
    'blind',
    'unknown',
    'loading',
    'off',
  ])
})
