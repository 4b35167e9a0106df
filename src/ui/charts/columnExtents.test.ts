import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentsOf } from '#domain/series/gaps.ts'
import { type ColumnExtents, columnExtentsOf, extentIn, leftOf } from './columnExtents.ts'
import type { Box } from '#domain/charts/labelSpace.ts'
import { shadeCurve } from './seriesTitle.ts'

const AREA = { left: 44, top: 0, width: 100, height: 100 }

/** The extents of a line through points of the screen: x from the plot's left, y as they are. */
function extentsOf(points: readonly (readonly [number, number])[], pixelRatio = 1): ColumnExtents {
  const series = {
    timeMs: Float64Array.from(points, ([x]) => x),
    value: Float64Array.from(points, ([, y]) => y),
  }
  const segments = segmentsOf(series, Infinity)
  return columnExtentsOf(
    series,
    segments,
    AREA,
    pixelRatio,
    (at) => AREA.left + at,
    (value) => value,
  )
}
const columnsOf = ({ top, bottom }: ColumnExtents, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => [top[from + i], bottom[from + i]])

test('a line touches every column that it crosses, as far as it runs there', () => {
  const extents = extentsOf([
    [1, 10],
    [4, 40],
  ])
  expect(columnsOf(extents, 0, 6)).toEqual([
    [NaN, NaN],
    [10, 20],
    [20, 30],
    [30, 40],
    [40, 40],
    [NaN, NaN],
  ])
})

test('many points of one column are its highest and lowest, joined to its neighbours', () => {
  const extents = extentsOf([
    [2.1, 50],
    [2.3, 90],
    [2.5, 5],
    [2.7, 60],
    [3.5, 60],
  ])
  expect(columnsOf(extents, 2, 4)).toEqual([
    [5, 90],
    [60, 60],
  ])
})

test('a line from beyond the plot comes in at its edge; between segments nothing runs', () => {
  const extents = extentsOf([
    [-10, 10],
    [10, 30],
    [20, NaN],
    [30, 70],
  ])
  expect(columnsOf(extents, 0, 1)).toEqual([[20, 21]])
  expect(columnsOf(extents, 11, 12)).toEqual([[NaN, NaN]])
  expect(columnsOf(extents, 30, 31)).toEqual([[70, 70]])
  expect(extentIn(extents, { left: AREA.left + 12, right: AREA.left + 28 })).toBeNull()
})

test('columns are device pixels, whatever the ratio', () => {
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    const extents = extentsOf([[50, 20]], ratio)
    const column = extents.top.findIndex((top) => top === 20)
    expect(leftOf(extents, column)).toBeLessThanOrEqual(AREA.left + 50)
    expect(leftOf(extents, column + 1)).toBeGreaterThan(AREA.left + 50)
    expect(leftOf(extents, 1) - leftOf(extents, 0)).toBeCloseTo(1 / ratio)
  }
})

const anyLine = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 100 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((points) => points.toSorted(([a], [b]) => a - b))

test('every point of a curve lies in its extent and in its shade', () => {
  fc.assert(
    fc.property(anyLine, fc.integer({ min: 0, max: 100 }), (points, left) => {
      const extents = extentsOf(points)
      const boxes: Box[] = []
      shadeCurve(extents, { shade: (box) => boxes.push(box) })
      const span = { left: AREA.left + left, right: AREA.left + left + 50 }
      const extent = extentIn(extents, span)
      for (const [at, y] of points) {
        const x = AREA.left + at
        expect(
          boxes.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom),
        ).toBe(true)
        if (x < span.left || x > span.right) continue
        expect(extent!.top).toBeLessThanOrEqual(y)
        expect(extent!.bottom).toBeGreaterThanOrEqual(y)
      }
    }),
  )
})
