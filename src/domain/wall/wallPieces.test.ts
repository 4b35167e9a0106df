import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { epochMs, HOUR_MS, later, SECOND_MS } from '../units.ts'
import { isNight, NIGHT_LIGHT, opacityFor } from './night.ts'
import { isHeaderSwapped, ORBIT_STEP_MS, orbitAt } from './orbit.ts'
import { severityOrder } from './severityOrder.ts'
import { clockStands, clockTrace, FIRST_WORD_MS, wallDeafness } from './wallBlindness.ts'
import { wallNumber } from './wallNumber.ts'
import type { WallState } from './wallState.ts'

const anyInstant = fc.integer({ min: 0, max: 4e12 }).map((at) => epochMs(at))
const STATES: readonly WallState[] = [
  'atLimit',
  'critical',
  'warn',
  'blind',
  'signedOut',
  'ok',
  'unknown',
  'off',
  'starting',
]

test('worst comes first, and equals keep their order', () => {
  const anyTiles = fc
    .array(fc.constantFrom(...STATES))
    .map((states) => states.map((state, place) => ({ state, place })))
  fc.assert(
    fc.property(anyTiles, (tiles) => {
      const ordered = severityOrder(tiles)
      expect(new Set(ordered)).toEqual(new Set(tiles))
      for (let i = 1; i < ordered.length; i++) {
        const [before, after] = [ordered[i - 1]!, ordered[i]!]
        const step = STATES.indexOf(after.state) - STATES.indexOf(before.state)
        expect(step > 0 || (step === 0 && after.place > before.place)).toBe(true)
      }
    }),
  )
})

test('the picture moves by two to eight pixels every one to three minutes, and never far', () => {
  expect(ORBIT_STEP_MS).toBeGreaterThanOrEqual(60_000)
  expect(ORBIT_STEP_MS).toBeLessThanOrEqual(180_000)
  fc.assert(
    fc.property(anyInstant, (now) => {
      const here = orbitAt(now)
      const next = orbitAt(later(now, ORBIT_STEP_MS))
      const moved = Math.hypot(next.x - here.x, next.y - here.y)
      expect(moved).toBeGreaterThanOrEqual(2)
      expect(moved).toBeLessThanOrEqual(8)
      expect(Math.hypot(here.x, here.y)).toBeLessThanOrEqual(8)
    }),
  )
})

test('the header is on either side for an hour', () => {
  expect(isHeaderSwapped(epochMs(0))).toBe(false)
  expect(isHeaderSwapped(epochMs(HOUR_MS))).toBe(true)
  expect(isHeaderSwapped(epochMs(2 * HOUR_MS))).toBe(false)
})

const utc = (hour: number, minute = 0) => epochMs(Date.UTC(2026, 8, 17, hour, minute))

test('night goes across midnight by the clock of the zone', () => {
  const night = { from: 22, to: 6 }
  const hours = [21, 22, 0, 5, 6, 12].map((hour) => isNight(utc(hour, 30), 'UTC', night))
  expect(hours).toEqual([false, true, true, true, false, false])
  expect(isNight(utc(20, 30), 'Europe/Berlin', night)).toBe(true)
  expect(isNight(utc(13), 'UTC', { from: 12, to: 14 })).toBe(true)
  expect(isNight(utc(13), 'UTC', { from: 13, to: 13 })).toBe(false)
})

test('night follows the clock through the end of daylight saving', () => {
  // 25 October 2026, 03:00 CEST becomes 02:00 CET.
  const before = epochMs(Date.UTC(2026, 9, 25, 0, 30))
  for (const hours of [0, 1, 2])
    expect(isNight(later(before, hours * HOUR_MS), 'Europe/Berlin', { from: 2, to: 4 })).toBe(true)
  expect(isNight(later(before, 3 * HOUR_MS), 'Europe/Berlin', { from: 2, to: 4 })).toBe(false)
})

test('the opacity of the night leaves two fifths of the light', () => {
  expect(opacityFor(NIGHT_LIGHT) ** 2.2).toBeCloseTo(0.4)
})

const at = (minutes: number) => epochMs(minutes * 60_000)
const dark = (since: number | null) => ({
  state: 'blind' as const,
  since: since === null ? null : at(since),
})

test('a wall that hears anybody is not blind', () => {
  const one = { state: 'ok' as const, since: null }
  expect(wallDeafness([dark(3), one], at(0), at(60))).toBeNull()
  expect(wallDeafness([], at(0), at(60))).toBeNull()
})

test('a wall that hears nobody is blind since it heard the last of them', () => {
  expect(wallDeafness([dark(3), dark(12), dark(null)], at(0), at(60))).toBe(at(12))
})

test('a wall that never heard anybody is blind since it began, once it had its time', () => {
  const starting = [{ state: 'starting' as const, since: null }]
  expect(wallDeafness(starting, at(0), later(at(0), FIRST_WORD_MS - 1))).toBeNull()
  expect(wallDeafness(starting, at(0), later(at(0), FIRST_WORD_MS))).toBe(at(0))
})

test('where everybody is signed out the tiles say so, and one that is blind as well makes it the wall', () => {
  const out = { state: 'signedOut' as const, since: at(5) }
  expect(wallDeafness([out, out], at(0), at(60))).toBeNull()
  expect(wallDeafness([out, dark(7)], at(0), at(60))).toBe(at(7))
})

test('a clock that stands while time passes is noticed, and one that was set is not', () => {
  const first = clockTrace(null, at(1), 0)
  const still = clockTrace(first, at(1), 11_000)
  expect(clockStands(still, 11_000)).toBe(true)
  expect(clockStands(clockTrace(still, at(0), 12_000), 12_000)).toBe(false)
  expect(clockStands(clockTrace(first, later(at(1), SECOND_MS), 9_000), 11_000)).toBe(false)
})

test.each([
  [0, '0'],
  [842, '842'],
  [1_000, '1 000'],
  [9_999, '9 999'],
  [10_000, '10 k'],
  [12_400, '12.4 k'],
  [14_990, '14.9 k'],
  [15_000, '15 k'],
  [125_700, '125 k'],
  [1_250_000, '1.2 M'],
  [-12_400, '−12.4 k'],
])('%d is written %s', (value, words) => {
  expect(plainSpaces(wallNumber(value))).toBe(words)
})

test('no number has more than four digits, and none reads as more than it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 - 1 }), (value) => {
      const words = plainSpaces(wallNumber(value)).replace(/(\d) (\d)/g, '$1$2')
      expect(words.replace(/\D/g, '').length).toBeLessThanOrEqual(4)
      const [, digits, unit] = /^([\d.]+)(?: ([kMG]))?$/.exec(words)!
      const size = { k: 1e3, M: 1e6, G: 1e9 }[unit as 'k'] ?? 1
      expect(Number(digits) * size).toBeLessThanOrEqual(value + 1e-3)
    }),
  )
})
