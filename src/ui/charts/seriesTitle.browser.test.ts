import '../theme/tokens.css'
import { beforeEach, expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import type { ColumnExtents } from './columnExtents.ts'
import { createLabelSpace } from '#domain/charts/labelSpace.ts'
import { readPalette } from './palette.ts'
import { type TitlePlaces, writeTitle } from './seriesTitle.ts'
import { xOf } from './timeFrame.ts'

const AREA = { left: 44, top: 0, width: 600, height: 200 }
const INSIDE = { left: 44, top: 0, right: 644, bottom: 200 }
const WINDOW_MS = 600_000

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'dark'
})

/** A level curve at a height, from one end of the plot to the other. */
const level = (y: number): ColumnExtents => ({
  top: new Float64Array(600).fill(y),
  bottom: new Float64Array(600).fill(y),
  first: 44,
  pixelRatio: 1,
})

const curves = [
  { title: 'Threads', reader: {}, extents: level(100) },
  { title: 'Users', reader: {}, extents: level(101) },
]

/** The names of both curves with a window that begins at `fromMs`, and where they were written. */
function named(fromMs: number, places: TitlePlaces) {
  const context = document.createElement('canvas').getContext('2d')!
  const wrote = vi.spyOn(context, 'fillText')
  const window = { from: epochMs(fromMs), to: epochMs(fromMs + WINDOW_MS) }
  const palette = readPalette(document.documentElement)
  const x = (at: number) => xOf(at, window, AREA.left, AREA.width)
  const space = createLabelSpace(INSIDE)
  for (const { extents, ...series } of curves)
    writeTitle({ context, area: AREA, window, palette, x }, series as never, extents, space, places)
  return Object.fromEntries(wrote.mock.calls.map(([text, left, y]) => [text, { left, y }]))
}

test('a name goes with its curve and halts at the left edge', () => {
  const places: TitlePlaces = new WeakMap()
  const first = named(0, places)
  expect(first['Threads']!.y).toBeLessThan(100)
  expect(first['Users']!.y).toBeGreaterThan(101)
  // Back by 50 px: both go along to the right. On by 200 px: they would leave, and halt.
  const back = named(-50_000, places)
  for (const title of ['Threads', 'Users'])
    expect(back[title]).toEqual({ left: first[title]!.left + 50, y: first[title]!.y })
  expect(named(150_000, places)).toEqual(first)
})

test('a name that leaves on the right is written anew as far left as there is room', () => {
  const places: TitlePlaces = new WeakMap()
  const first = named(0, places)
  expect(named(-590_000, places)).toEqual(first)
})
