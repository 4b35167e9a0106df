import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { errorMarks } from './errorMarks.ts'

const START = 1_800_000_000_000
const WIDTH = 900
const MINUTE = 60_000
/** 15 minutes over 900 pixels: a second each. */
const windowFrom = (from: number) => ({ from: epochMs(from), to: epochMs(from + 15 * MINUTE) })

/** Counts failures as an error log does. */
const log = (failures: readonly number[]) => ({
  columns: (_: unknown, from: number, to: number, columns: number) => {
    const counts = new Float64Array(columns)
    for (const at of failures) {
      if (at < from || at >= to) continue
      counts[Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns))]! += 1
    }
    return counts
  },
})
const marksOf = (failures: readonly number[], from = START) =>
  errorMarks(log(failures), 'auth', windowFrom(from), WIDTH, 9)

test('a lonely failure is marked where it happened, to the pixel', () => {
  const at = START + 100_300
  const [mark] = marksOf([at])
  expect(Math.abs(mark!.at - at)).toBeLessThanOrEqual(1_000)
  expect(mark!.count).toBe(1)
})

test('failures within a mark are one with their count', () => {
  const bin = Math.ceil(START / 9_000) * 9_000
  expect(marksOf([bin + 1_000, bin + 2_000, bin + 8_000]).map(({ count }) => count)).toEqual([3])
})

test('every failure in the window is counted once', () => {
  const anyFailures = fc.array(fc.integer({ min: START, max: START + 15 * MINUTE - 1 }))
  fc.assert(
    fc.property(anyFailures, (failures) => {
      const counted = marksOf(failures).reduce((sum, { count }) => sum + count, 0)
      expect(counted).toBe(failures.length)
    }),
  )
})

test('marks keep their places while a live window slides', () => {
  const failures = [50, 52, 61, 70, 200, 203, 209].map((seconds) => START + seconds * 1_000)
  const still = marksOf(failures)
  for (const slide of [1_000, 4_321, 17_000]) {
    const slid = marksOf(failures, START + slide)
    expect(slid.map(({ count }) => count)).toEqual(still.map(({ count }) => count))
    slid.forEach(({ at }, i) => expect(at).toBeCloseTo(still[i]!.at, 0))
  }
})
