import { expect, test } from 'vitest'
import { durationMs, epochMs } from '#domain/units.ts'
import { movingPlan } from './lookPlan.ts'

const HOUR = 3_600_000
const hourEnding = (to: number) => ({ from: epochMs(to - HOUR), to: epochMs(to) })
const ends = (to: number, intervalMs: number | null = 1_000) => {
  const { earlier, look } = movingPlan(
    hourEnding(to),
    intervalMs === null ? null : durationMs(intervalMs),
  )
  return [...earlier, look].map((one) => one.to)
}

test('the looks that must agree lie twenty bins apart', () => {
  expect(ends(10 * HOUR)).toEqual([10 * HOUR - 50_000, 10 * HOUR - 30_000, 10 * HOUR - 10_000])
  const [first, second] = ends(10 * HOUR, 15_000)
  expect(second! - first!).toBe(20 * 15_000)
})

test('while the clock moves on by less than a step, the look stays the same', () => {
  expect(ends(10 * HOUR + 4_900)).toEqual(ends(10 * HOUR))
})

test('what was the newest look serves again as an earlier one', () => {
  expect(ends(10 * HOUR + 20_000)[1]).toBe(ends(10 * HOUR)[2])
})

test('every look has the length of the window', () => {
  const { look, earlier } = movingPlan(hourEnding(10 * HOUR), null)
  for (const { from, to } of [look, ...earlier]) expect(to - from).toBe(HOUR)
})
