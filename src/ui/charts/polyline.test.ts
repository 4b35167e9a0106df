import { expect, test } from 'vitest'
import { traceArea } from './polyline.ts'

/** The corners of the area below a line, base at 100. */
function cornersOf(...line: readonly number[]) {
  const corners: [number, number][] = []
  const context = {
    moveTo: (x: number, y: number) => void corners.push([x, y]),
    lineTo: (x: number, y: number) => void corners.push([x, y]),
    closePath: () => undefined,
  }
  traceArea(context, Float64Array.from(line), 100)
  return corners
}

test('the area rises with a step of the line, not with a slope to where the line goes on', () => {
  // From 90 up to 50 within one pixel column, then level for thirty pixels.
  expect(cornersOf(10, 90, 10.5, 50, 40, 50)).toEqual([
    [10, 100],
    [10, 90],
    [10.5, 50],
    [40, 50],
    [40, 100],
  ])
})

test('of many points in a column the first, the lowest on the screen and the last make the area', () => {
  const corners = cornersOf(10, 40, 10.2, 20, 10.4, 80, 10.6, 30, 10.8, 60, 20, 60)
  expect(corners.slice(1, -1)).toEqual([
    [10, 40],
    [10.4, 80],
    [10.8, 60],
    [20, 60],
  ])
})
