import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, epochMs, later, MINUTE_MS } from '../units.ts'
import type { BurnTier } from './burnRate.ts'
import { addAttempts, addErrors, addHeard, newBins, windowsAt } from './failureBins.ts'

/** Steps of 3 s. */
const TIER: BurnTier = {
  longMs: durationMs(5 * MINUTE_MS),
  shortMs: MINUTE_MS,
  budgetUsed: 0.02,
  leastLong: 1,
  leastShort: 1,
}
const END = epochMs(600_000)

/** Bins in which something is heard every second from `fromSec` on. */
function heard(fromSec: number, toSec = 600, isCounted = true) {
  const bins = newBins(TIER)
  for (let sec = fromSec; sec < toSec; sec++) {
    const at = epochMs(sec * 1_000)
    addHeard(bins, at, at)
    if (isCounted) addAttempts(bins, at, later(at, 1_000), 2)
  }
  return bins
}

test('windows end before the instant they are judged at', () => {
  const bins = heard(0)
  addErrors(bins, epochMs(599_999), 3)
  addErrors(bins, END, 100)
  addErrors(bins, epochMs(540_000), 5)
  addErrors(bins, epochMs(300_000), 7)
  addErrors(bins, epochMs(299_999), 1_000)
  expect(windowsAt(bins, TIER, END)).toEqual({
    long: { errors: 15, attempts: 600 },
    short: { errors: 8, attempts: 120 },
  })
})

test('a window that reaches back further than the record is not judged', () => {
  expect(windowsAt(heard(301), TIER, END)).toBeNull()
  expect(windowsAt(heard(300), TIER, END)).not.toBeNull()
})

test('a record with too many holes is not judged either, and one that has fallen silent is not calm', () => {
  const holed = (toSec: number) => {
    const bins = heard(0, 400)
    for (let sec = toSec; sec < 600; sec++) {
      addHeard(bins, epochMs(sec * 1_000), epochMs(sec * 1_000))
      addAttempts(bins, epochMs(sec * 1_000), epochMs(sec * 1_000 + 1_000), 2)
    }
    return bins
  }
  expect(windowsAt(holed(480), TIER, END)).toBeNull()
  expect(windowsAt(holed(450), TIER, END)).not.toBeNull()
  expect(windowsAt(heard(0, 570), TIER, END)).toBeNull()
  expect(windowsAt(heard(0, 595), TIER, END)).not.toBeNull()
})

test('where nobody counts attempts there are none, not 0', () => {
  expect(windowsAt(heard(0, 600, false), TIER, END)?.long).toEqual({ errors: 0, attempts: null })
})

test('a count for a whole minute is known for all of it', () => {
  const bins = newBins(TIER)
  for (let minute = 1; minute <= 10; minute++) {
    const at = epochMs(minute * 60_000)
    addHeard(bins, later(at, -60_000), at)
    addAttempts(bins, later(at, -60_000), at, 30)
  }
  expect(windowsAt(bins, TIER, END)).toMatchObject({
    long: { attempts: 150 },
    short: { attempts: 30 },
  })
})

test('whatever comes in whatever order, a window holds what lies in it', () => {
  const anyErrors = fc.array(
    fc.record({ sec: fc.integer({ min: 300, max: 599 }), count: fc.integer({ min: 1, max: 9 }) }),
    { maxLength: 50 },
  )
  fc.assert(
    fc.property(anyErrors, (errors) => {
      const bins = heard(0)
      for (const { sec, count } of errors) addErrors(bins, epochMs(sec * 1_000), count)
      const sum = (from: number) =>
        errors.filter(({ sec }) => sec >= from).reduce((all, { count }) => all + count, 0)
      const windows = windowsAt(bins, TIER, END)
      expect(windows?.long.errors).toBe(sum(300))
      expect(windows?.short.errors).toBe(sum(540))
    }),
  )
})
