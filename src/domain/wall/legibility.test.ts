import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  arcMinutesOfFont,
  characterHeightMm,
  leastFontPx,
  mmPerPixel,
  type Viewing,
} from './legibility.ts'

/** Published table: character height in millimetres by distance and angle. */
test.each([
  [2, [9.3, 11.6, 12.8, 17.5]],
  [3, [14.0, 17.5, 19.2, 26.2]],
  [5, [23.3, 29.1, 32.0, 43.6]],
  [7, [32.6, 40.7, 44.8, 61.1]],
  [10, [46.5, 58.2, 64.0, 87.3]],
] as const)('characters read from %d m are as high as the table says', (distanceM, heights) => {
  const found = [16, 20, 22, 30].map((arc) => characterHeightMm(distanceM, arc))
  expect(found.map((height) => Number(height.toFixed(1)))).toEqual(heights)
})

const HD = { width: 1920, height: 1080 }
const UHD = { width: 3840, height: 2160 }

test.each([
  [43, HD, 0.496, [68, 84, 93]],
  [55, HD, 0.634, [53, 66, 73]],
  [55, UHD, 0.317, [105, 132, 145]],
  [65, UHD, 0.375, [89, 111, 122]],
  [75, UHD, 0.432, [77, 97, 106]],
] as const)(
  'a %d-inch screen read from 5 m needs the font sizes of the table',
  (diagonalInches, resolution, mm, sizes) => {
    expect(mmPerPixel(diagonalInches, resolution)).toBeCloseTo(mm, 3)
    const viewing = { diagonalInches, resolution, distanceM: 5, pixelRatio: 1 }
    expect([16, 20, 22].map((arc) => leastFontPx(viewing, arc))).toEqual(sizes)
  },
)

test('a screen with two device pixels per CSS pixel needs half as many of those', () => {
  const viewing = { diagonalInches: 55, resolution: UHD, distanceM: 5, pixelRatio: 2 }
  expect(leastFontPx(viewing, 16)).toBe(52.5)
})

const anyViewing: fc.Arbitrary<Viewing> = fc.record({
  diagonalInches: fc.double({ min: 10, max: 150, noNaN: true }),
  distanceM: fc.double({ min: 0.5, max: 30, noNaN: true }),
  resolution: fc.constantFrom(HD, UHD, { width: 1280, height: 800 }, { width: 2560, height: 1080 }),
  pixelRatio: fc.constantFrom(1, 1.25, 1.5, 2),
})

test('the least font size spans its angle, and a device pixel less does not', () => {
  fc.assert(
    fc.property(anyViewing, fc.constantFrom(16, 20, 22, 30), (viewing, arc) => {
      const least = leastFontPx(viewing, arc)
      expect(arcMinutesOfFont(viewing, least)).toBeGreaterThanOrEqual(arc - 1e-6)
      expect(arcMinutesOfFont(viewing, least - 1 / viewing.pixelRatio)).toBeLessThan(arc)
    }),
  )
})
