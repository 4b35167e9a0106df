import '../theme/tokens.css'
import { beforeEach, expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { errorMarks } from './errorMarks.ts'
import { GLYPH_PX } from './glyphRow.ts'
import { paintGlyphs } from './paintErrors.ts'
import { readPalette } from './palette.ts'
import { xOf } from './timeFrame.ts'

const AREA = { left: 44, top: 0, width: 450, height: 13 }
const LANE = { errorClass: 'auth', centreY: 6.5, heightPx: 13 } as const
const START = 1_800_000_000_000
/** A second a pixel. */
const WINDOW_MS = 450_000

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'dark'
})

/** Where glyphs begin, from the left, in CSS pixels: of each picture that is put down, and where it ends. */
function drawn(failures: readonly number[], from: number) {
  const window = { from: epochMs(from), to: epochMs(from + WINDOW_MS) }
  const log = {
    columns: (_: unknown, start: number, end: number, columns: number) => {
      const counts = new Float64Array(columns)
      for (const at of failures)
        if (at >= start && at < end)
          counts[Math.floor(((at - start) / (end - start)) * columns)]! += 1
      return counts
    },
  }
  const marks = errorMarks(log, 'auth', window, AREA.width, GLYPH_PX)
  const context = document.createElement('canvas').getContext('2d')!
  const put = vi.spyOn(context, 'drawImage')
  const x = (at: number) => xOf(at, window, AREA.left, AREA.width)
  const palette = readPalette(document.documentElement)
  paintGlyphs({ context, area: AREA, window, palette, x }, LANE, marks, 1)
  return (put.mock.calls as unknown as number[][])
    .map(([, , , , , left, , width]) => ({ left: left!, right: left! + width! }))
    .toSorted((a, b) => a.left - b.left)
}

test('in a row without a break no glyph lies over another, wherever its ends are', () => {
  const failures = Array.from({ length: 1_000 }, (_, i) => START - 200_000 + i * 1_000)
  for (let shift = 0; shift < GLYPH_PX; shift++) {
    const pictures = drawn(failures, START + shift * 1_000)
    expect(pictures.length).toBeGreaterThan(0)
    // A picture ends with the rim of its last glyph, which may reach two pixels into the next place.
    for (const [i, { left }] of pictures.entries())
      if (i > 0) expect(left).toBeGreaterThanOrEqual(pictures[i - 1]!.right - 4)
  }
})

test('a failure alone at the edge is there, whole', () => {
  const [only, ...others] = drawn([START + 1_000], START)
  expect(others).toEqual([])
  expect(only!.left).toBeGreaterThanOrEqual(AREA.left - 1)
})
