import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inversionChances } from './inversions.ts'
import { mannKendall, slopeInterval } from './mannKendall.ts'
import { normalFrom, seededRandom } from './random.ts'

const floors = (text: string) => text.split(' ').map(Number)

test('the vectors: S and its exact p', () => {
  const vectors: [string, number, number][] = [
    ['1 2 3 4', 6, 1 / 24],
    ['10 12 11 15 18', 8, 0.0416667],
    ['0 0 0 5', 3, 0.25],
    ['3 3 4 4 5 5', 12, 0.0111111],
    ['5 5 5 5', 0, 1],
    ['1 2 2 3', 5, 0.0833333],
    ['2 1 3 4 5 6', 13, 0.00833333],
    ['100 114 127 142 156', 10, 1 / 120],
    ['4 3 2 1', -6, 1],
  ]
  for (const [text, s, p] of vectors) {
    const found = mannKendall(floors(text))
    expect(found.s, text).toBe(s)
    expect(found.p, text).toBeCloseTo(p, 7)
  }
})

test('the vectors: slope and its 90 % interval', () => {
  const vectors: [string, number, number, number][] = [
    ['1 2 3 4', 1, 1, 1],
    ['10 12 11 15 18', 2, 0.5, 3.5],
    ['0 0 0 5', 0.833333, 0, 5],
    ['3 3 4 4 5 5', 0.5, 0, 0.666667],
    ['2 1 3 4 5 6', 1, 0.666667, 1.333333],
    ['100 114 127 142 156', 14, 13.5, 14.5],
    ['5 5 5 5', 0, 0, 0],
  ]
  for (const [text, value, low, high] of vectors) {
    const interval = slopeInterval(floors(text))!
    expect(interval.value, text).toBeCloseTo(value, 6)
    expect(interval.low, text).toBeCloseTo(low, 6)
    expect(interval.high, text).toBeCloseTo(high, 6)
  }
  expect(slopeInterval(floors('1 2 2 3'))!.value).toBeCloseTo(0.583333, 6)
})

test('n strictly rising floors have p = 1/n!', () => {
  let factorial = 1
  for (let n = 1; n <= 30; n++) {
    factorial *= n
    const rising = Array.from({ length: n }, (_, i) => i * i)
    expect(mannKendall(rising).p * factorial).toBeCloseTo(1, 10)
  }
})

test('the chances of inversions are those of all arrangements, counted one by one', () => {
  const arrangements = (rest: number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((value, i) =>
          arrangements(rest.filter((_, j) => j !== i)).map((tail) => [value, ...tail]),
        )
  const inversions = (row: number[]) =>
    row.reduce((sum, value, i) => sum + row.slice(i).filter((later) => later < value).length, 0)
  for (const values of [
    [1, 1, 2, 3, 3, 3],
    [1, 2, 2, 2, 2],
    [4, 4],
  ]) {
    const groups = [...new Set(values)].map((one) => values.filter((v) => v === one).length)
    const all = arrangements(values)
    inversionChances(groups).forEach((chance, i) => {
      const count = all.filter((row) => inversions(row) === i).length
      expect(chance).toBeCloseTo(count / all.length, 12)
    })
  }
})

test('the normal approximation takes over without a step', () => {
  const random = seededRandom(2)
  for (let run = 0; run < 20; run++) {
    const values = Array.from({ length: 31 }, (_, i) => Math.round(normalFrom(random) * 4 + i / 8))
    const approximate = mannKendall(values)
    const groups = [...new Set(values)].map((one) => values.filter((v) => v === one).length)
    const pairs = 465 - groups.reduce((sum, g) => sum + (g * (g - 1)) / 2, 0)
    const exact = inversionChances(groups)
      .subarray(0, (pairs - approximate.s) / 2 + 1)
      .reduce((sum, chance) => sum + chance, 0)
    expect(Math.abs(approximate.p - exact)).toBeLessThan(0.006)
  }
})

test('the slope interval narrows with more values, and holds the slope', () => {
  const random = seededRandom(4)
  const noisy = (n: number) =>
    slopeInterval(Array.from({ length: n }, (_, i) => 2 * i + normalFrom(random)))!
  const short = noisy(8)
  const long = noisy(60)
  expect(long.high - long.low).toBeLessThan(short.high - short.low)
  for (const interval of [short, long, noisy(30), noisy(31)]) {
    expect(interval.low).toBeLessThanOrEqual(interval.value)
    expect(interval.high).toBeGreaterThanOrEqual(interval.value)
    expect(interval.value).toBeCloseTo(2, 0)
  }
})

test('too few values, gaps and constants give an answer or none', () => {
  expect(mannKendall([])).toEqual({ s: 0, p: 1 })
  expect(mannKendall([3])).toEqual({ s: 0, p: 1 })
  expect(mannKendall(new Float64Array(200))).toEqual({ s: 0, p: 1 })
  expect(mannKendall([1, Number.NaN, 2, 3, 4]).p).toBeCloseTo(1 / 24, 12)
  expect(slopeInterval([])).toBeNull()
  expect(slopeInterval([1, 2, 3])).toBeNull()
  expect(slopeInterval([1, Number.NaN, 3, 4, 5])!.value).toBe(1)
  expect(slopeInterval(Array.from({ length: 40 }, () => Number.NaN))).toBeNull()
})

test('p is a probability and does not change when the scale does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 45 }), (values) => {
      const { s, p } = mannKendall(values)
      expect(p).toBeGreaterThan(0)
      expect(p).toBeLessThanOrEqual(1)
      expect(mannKendall(values.map((value) => value ** 3 * 7 - 2))).toEqual({ s, p })
      expect(mannKendall(values.toReversed()).s + s).toBe(0)
    }),
  )
})
