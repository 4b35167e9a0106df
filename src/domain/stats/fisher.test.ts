import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditionalOddsRatio, fisherExact } from './fisher.ts'
import type { TwoByTwo } from './hypergeometric.ts'

/** Six digits of any size of number. */
const expectRelative = (found: number, wanted: number) =>
  expect(Math.abs(found / wanted - 1), `${found} for ${wanted}`).toBeLessThan(1e-6)

// scipy 1.17.1 (fisher_exact, odds_ratio); the second is Fisher's twins, the first his lady tasting
// tea.
const tables: { table: TwoByTwo; p: [number, number, number]; odds: [number, number, number] }[] = [
  {
    table: [
      [3, 1],
      [1, 3],
    ],
    p: [34 / 70, 17 / 70, 69 / 70],
    odds: [6.408319658, 0.2117355954, 626.2435306],
  },
  {
    table: [
      [2, 10],
      [15, 3],
    ],
    p: [0.0005367241191, 0.999984519, 0.00046518094],
    odds: [0.04693663905, 0.003317163951, 0.3631896024],
  },
  {
    table: [
      [8, 2],
      [1, 5],
    ],
    p: [5 / 143, 7 / 286, 0.9991259],
    odds: [15.46581972, 1.008849208, 1059.639495],
  },
  {
    table: [
      [42, 18],
      [3, 537],
    ],
    p: [1.512787e-46, 1.512787e-46, 1],
    odds: [399.6438865, 112.8408578, 2200.686203],
  },
]

test('p of the published tables', () => {
  for (const { table, p } of tables) {
    const found = fisherExact(table)
    expectRelative(found.twoSided, p[0])
    expectRelative(found.greater, p[1])
    expectRelative(found.less, p[2])
  }
})

test('odds ratios and their exact intervals of the published tables', () => {
  for (const { table, odds } of tables) {
    const found = conditionalOddsRatio(table)!
    expectRelative(found.value, odds[0])
    expectRelative(found.low, odds[1])
    expectRelative(found.high, odds[2])
  }
})

test('a cell as low or as high as its margins allow has no finite odds ratio', () => {
  const none = conditionalOddsRatio([
    [0, 10],
    [5, 5],
  ])!
  expect(none.value).toBe(0)
  expect(none.low).toBe(0)
  expect(none.high).toBeGreaterThan(0)
  expect(none.high).toBeLessThan(2)
  const all = conditionalOddsRatio([
    [5, 5],
    [0, 10],
  ])!
  expect(all.value).toBe(Infinity)
  expect(all.low).toBeCloseTo(1 / none.high, 9)
  expect(all.high).toBe(Infinity)
})

test('margins that leave one table, and counts that are none, say nothing', () => {
  const silent: TwoByTwo[] = [
    [
      [0, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [3, 4],
    ],
    [
      [0, 5],
      [0, 4],
    ],
    [
      [-1, 2],
      [3, 4],
    ],
    [
      [Number.NaN, 2],
      [3, 4],
    ],
    [
      [Infinity, 2],
      [3, 4],
    ],
  ]
  for (const table of silent) {
    expect(fisherExact(table)).toEqual({ twoSided: 1, greater: 1, less: 1 })
    expect(conditionalOddsRatio(table)).toBeNull()
  }
  const [{ table }] = tables as [(typeof tables)[0]]
  expect(conditionalOddsRatio(table, 1)).toBeNull()
  expect(conditionalOddsRatio(table, Number.NaN)).toBeNull()
})

const count = fc.integer({ min: 0, max: 60 })

/** Every table of the same margins weighed one by one. */
function byEnumeration(a: number, b: number, c: number, d: number) {
  const choose = (n: number, k: number) => {
    let ways = 1
    for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1)
    return ways
  }
  const weights = new Map<number, number>()
  for (let x = Math.max(0, a - d); x <= Math.min(a + b, a + c); x++) {
    weights.set(x, choose(a + b, x) * choose(c + d, a + c - x))
  }
  const share = (kept: (x: number, weight: number) => boolean) => {
    let all = 0
    let part = 0
    for (const [x, weight] of weights) {
      all += weight
      if (kept(x, weight)) part += weight
    }
    return part / all
  }
  return {
    twoSided: share((_, weight) => weight <= weights.get(a)! * (1 + 1e-7)),
    greater: share((x) => x >= a),
    less: share((x) => x <= a),
  }
}

test('p agrees with the enumeration of all tables', () => {
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const found = fisherExact([
        [a, b],
        [c, d],
      ])
      const wanted = byEnumeration(a, b, c, d)
      expect(found.twoSided / wanted.twoSided).toBeCloseTo(1, 8)
      expect(found.greater / wanted.greater).toBeCloseTo(1, 8)
      expect(found.less / wanted.less).toBeCloseTo(1, 8)
    }),
  )
})

test('rows and columns exchanged change nothing, one pair turned round inverts the odds ratio', () => {
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const table: TwoByTwo = [
        [a, b],
        [c, d],
      ]
      const transposed: TwoByTwo = [
        [a, c],
        [b, d],
      ]
      const turned: TwoByTwo = [
        [c, d],
        [a, b],
      ]
      const p = fisherExact(table).twoSided
      expect(fisherExact(transposed).twoSided / p).toBeCloseTo(1, 9)
      expect(fisherExact(turned).twoSided / p).toBeCloseTo(1, 9)
      const odds = conditionalOddsRatio(table)
      const same = conditionalOddsRatio(transposed)
      const inverse = conditionalOddsRatio(turned)
      if (odds === null) {
        expect(same).toBeNull()
        return
      }
      expect(odds.low).toBeLessThanOrEqual(odds.value)
      expect(odds.value).toBeLessThanOrEqual(odds.high)
      if (odds.low > 0) expect(same!.low / odds.low).toBeCloseTo(1, 9)
      if (odds.high < Infinity) expect(inverse!.low * odds.high).toBeCloseTo(1, 9)
    }),
  )
})

const large = (scale: number): TwoByTwo => [
  [42 * scale, 18 * scale],
  [39 * scale, 537 * scale],
]

test('hundreds of thousands of attempts neither overflow nor lose the interval', () => {
  const { twoSided, less } = fisherExact(large(1_000))
  expect(twoSided).toBe(0)
  expect(less).toBe(1)
  const odds = conditionalOddsRatio(large(1_000))!
  // Woolf's normal interval is as good as exact at this size.
  const woolf = Math.log((42 * 537) / (18 * 39))
  const half = 1.959964 * Math.sqrt((1 / 42 + 1 / 18 + 1 / 39 + 1 / 537) / 1_000)
  expect(Math.log(odds.value)).toBeCloseTo(woolf, 4)
  expect(Math.log(odds.low)).toBeCloseTo(woolf - half, 3)
  expect(Math.log(odds.high)).toBeCloseTo(woolf + half, 3)
  const alike = fisherExact([
    [200_000, 300_000],
    [200_500, 300_000],
  ])
  expect(alike.twoSided).toBeGreaterThan(0.5)
  expect(alike.twoSided).toBeLessThan(0.65)
})

test('sixteen times the attempts take at most eight times as long', () => {
  const leastMs = (table: TwoByTwo) => {
    let least = Infinity
    for (let run = 0; run < 9; run++) {
      const start = performance.now()
      fisherExact(table)
      conditionalOddsRatio(table)
      least = Math.min(least, performance.now() - start)
    }
    return least
  }
  leastMs(large(100))
  expect(leastMs(large(1_600)) / leastMs(large(100))).toBeLessThan(8)
})
