import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lowerBound, lowerBoundNear } from './lowerBound.ts'

test('a search from nearby finds what a search of the whole finds', () => {
  const anyColumn = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 80 })
  fc.assert(
    fc.property(
      anyColumn,
      fc.integer({ min: -1, max: 51 }),
      fc.nat({ max: 80 }),
      fc.nat({ max: 80 }),
      (values, wanted, a, b) => {
        const sorted = values.sort((x, y) => x - y)
        const high = Math.min(Math.max(a, b), sorted.length)
        const low = Math.min(a, b, high)
        expect(lowerBoundNear(sorted, wanted, low, high)).toBe(
          lowerBound(sorted, wanted, low, high),
        )
      },
    ),
  )
})
