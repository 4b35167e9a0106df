import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, createLabelSpace } from './labelSpace.ts'
import { extentIn, shadeLines } from './seriesTitle.ts'

const line = (...points: readonly (readonly [number, number])[]) =>
  Float64Array.from(points.flatMap((point) => [...point]))

test('a curve between two samples counts where it runs, not only where it was sampled', () => {
  const rise = line([0, 100], [100, 0])
  expect(extentIn([rise], { left: 40, right: 60 })).toEqual({ top: 40, bottom: 60 })
  expect(extentIn([rise], { left: -20, right: 10 })).toEqual({ top: 90, bottom: 100 })
  expect(extentIn([rise], { left: 101, right: 120 })).toBeNull()
})

const anyLine = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 100 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((points) => line(...points.toSorted(([a], [b]) => a - b)))

test('every point of a curve lies in its extent and in its shade', () => {
  fc.assert(
    fc.property(anyLine, fc.integer({ min: 0, max: 400 }), (curve, left) => {
      const boxes: Box[] = []
      shadeLines([curve], { shade: (box) => boxes.push(box) })
      const extent = extentIn([curve], { left, right: left + 50 })
      for (let i = 0; i < curve.length; i += 2) {
        const [x, y] = [curve[i]!, curve[i + 1]!]
        expect(
          boxes.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom),
        ).toBe(true)
        if (x < left || x > left + 50) continue
        expect(extent!.top).toBeLessThanOrEqual(y)
        expect(extent!.bottom).toBeGreaterThanOrEqual(y)
      }
    }),
  )
})

test('quiet words keep clear of curves, others only of what is written and of walls', () => {
  const space = createLabelSpace({ left: 0, top: 0, right: 100, bottom: 100 })
  const place = { left: 10, top: 40, right: 60, bottom: 52 }
  space.shade({ left: 0, top: 45, right: 100, bottom: 47 })
  expect(space.take(place, true)).toBe(false)
  expect(space.take(place)).toBe(true)
  expect(space.take(place)).toBe(false)
})
