import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { windowEnds } from './dayAndClock.ts'

const at = (...parts: [number, number, number, number]) => epochMs(Date.UTC(...parts))

test('the ends of a window are as long as they need to be', () => {
  const noon = at(2026, 8, 17, 12)
  expect(windowEnds(at(2026, 8, 17, 9), noon, 'UTC')).toEqual(['09:00', '12:00'])
  expect(windowEnds(at(2026, 8, 3, 9), noon, 'UTC')).toEqual(['3 Sep 09:00', '17 Sep 12:00'])
  expect(windowEnds(at(2025, 11, 30, 9), at(2026, 0, 2, 12), 'UTC')).toEqual([
    '30 Dec 2025 09:00',
    '2 Jan 2026 12:00',
  ])
  expect(windowEnds(at(2025, 7, 3, 9), noon, 'UTC')).toEqual(['3 Aug 2025', '17 Sep 2026'])
})
