import { expect, test } from 'vitest'
import type { HistoryHour } from '#domain/incident/historyHours.ts'
import { epochMs, HOUR_MS } from '#domain/units.ts'
import { hoursShape } from './hoursShape.ts'

const hour = (known: Partial<HistoryHour>): HistoryHour => ({
  from: epochMs(0),
  to: epochMs(HOUR_MS),
  kind: 'measured',
  highest: 0,
  limit: 100,
  used: 0,
  isAtLeast: false,
  refused: 0,
  ...known,
})
const used = (share: number) => hour({ highest: 100 * share, used: share })
const MISSING = hour({ kind: 'missing', highest: null, limit: null, used: null })
const topsOf = (path: string) =>
  [...path.matchAll(/M[\d.]+ ([\d.]+)/g)].map(([, top]) => Number(top))

test('the wall is where all of a limit is used, and a bar over it is seen to be', () => {
  const shape = hoursShape([used(1), used(0.5), used(1.1), used(40)], 400)
  const [full, half, over, far] = topsOf(shape.bars)
  expect(topsOf(shape.wall)).toEqual([full])
  expect(half).toBeGreaterThan(full!)
  expect(over).toBeLessThan(full!)
  expect(far).toBeGreaterThan(0)
})

test('zero is a bar, missing a hatch, not kept neither of them', () => {
  const notKept = { ...MISSING, kind: 'notKept' as const }
  const shape = hoursShape([used(0), MISSING, notKept], 300)
  expect(shape.bars).toMatch(/^M0 \d+H99V\d+H0Z$/)
  expect(shape.missing).toMatch(/^M100 \d+H200V\d+H100Z$/)
})

test('the wall is one line as long as a limit is known, so that its dashes go on', () => {
  const unknown = hour({ highest: 7, limit: null, used: null })
  const shape = hoursShape([used(0.2), used(0.3), unknown, used(0.1)], 400)
  expect(shape.wall).toMatch(/^M0 \d+H100H200M300 \d+H400$/)
  expect(shape.unlimited).toMatch(/^M200/)
})

test('a triangle grows with what was refused, and is whole at both ends', () => {
  const refused = (count: number | null) => hour({ refused: count })
  const shape = hoursShape([refused(1), refused(0), refused(100), refused(null)], 20)
  const numbers = shape.refused
    .split('Z')
    .filter(Boolean)
    .map((one) => (one.match(/[\d.]+/g) ?? []).map(Number))
  expect(numbers).toHaveLength(3)
  const heights = numbers.map(([, bottom, , , top]) => bottom! - top!)
  expect(heights[0]).toBeLessThan(heights[1]!)
  expect(heights[2]).toBe(heights[1])
  for (const [left, , right] of numbers) {
    expect(left).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(20)
  }
})
