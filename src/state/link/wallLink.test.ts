import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, orgId } from '#domain/units.ts'
import { anyZone } from '#testing/anyLink.ts'
import { searchOfText, textOfSearch } from './searchText.ts'
import { DEFAULT_WALL, WALL_THEMES, type WallSetUp, wallSearchOf, wallSetUpOf } from './wallLink.ts'

const anyHour = fc.integer({ min: 0, max: 23 })
const anyId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map(orgId)
const anySetUp: fc.Arbitrary<WallSetUp> = fc.record({
  diagonalInches: fc.integer({ min: 50, max: 3_000 }).map((tenths) => tenths / 10),
  distanceM: fc.integer({ min: 5, max: 500 }).map((tenths) => tenths / 10),
  resolution: fc.option(
    fc.record({
      width: fc.integer({ min: 320, max: 15_360 }),
      height: fc.integer({ min: 240, max: 8_640 }),
    }),
  ),
  tiles: fc.option(fc.integer({ min: 1, max: 7 })),
  dwellMs: fc.integer({ min: 10, max: 600 }).map((seconds) => durationMs(seconds * 1_000)),
  zone: anyZone,
  night: fc.option(fc.record({ from: anyHour, to: anyHour })),
  theme: fc.constantFrom(...WALL_THEMES),
  hasSound: fc.boolean(),
  name: fc.option(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' })),
  organisations: fc.option(fc.array(anyId, { minLength: 1, maxLength: 8 })),
})

test('a set-up survives the way through an address', () => {
  fc.assert(
    fc.property(anySetUp, (setUp) => {
      const address = textOfSearch(wallSearchOf(setUp))
      expect(wallSetUpOf(searchOfText(address))).toEqual({ setUp, isWhole: true, notices: [] })
    }),
  )
})

test('a bare address is not whole: nobody knows the screen', () => {
  expect(wallSetUpOf({})).toEqual({ setUp: DEFAULT_WALL, isWhole: false, notices: [] })
  expect(wallSetUpOf({ diagonal: '55' }).isWhole).toBe(false)
  expect(wallSetUpOf({ diagonal: '55', distance: '5' }).isWhole).toBe(true)
})

test.each([
  ['diagonal', 'wide'],
  ['diagonal', '0'],
  ['distance', '-3'],
  ['resolution', '1080p'],
  ['tiles', '8'],
  ['dwell', '3s'],
  ['dwell', 'often'],
  ['zone', 'Mars/Olympus'],
  ['night', '22-30'],
  ['theme', 'system'],
  ['sound', 'loud'],
  ['organisations', 'a,,b'],
  ['organisations', '%E0%A4%A'],
])('%s=%s is named and keeps the wall from being shown', (name, value) => {
  const { isWhole, notices } = wallSetUpOf({ diagonal: '55', distance: '5', [name]: value })
  expect(isWhole).toBe(false)
  expect(notices).toEqual([expect.stringContaining(`${name}=${value}, which is not understood`)])
})
