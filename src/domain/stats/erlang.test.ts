import fc from 'fast-check'
import { expect, test } from 'vitest'
import { erlangB, erlangC, loadFor, serversFor } from './erlang.ts'

test('Erlang B: small cases, and large ones that must not overflow', () => {
  const cases: [number, number, number][] = [
    [1, 1, 1 / 2],
    [2, 1, 1 / 5],
    [3, 2, 4 / 19],
    [5, 3, 0.1100543],
    [10, 5, 0.0183846],
    [30, 25, 0.0526032],
    [1_000, 950, 0.00364929],
    [1_000, 1_000, 0.0248119],
  ]
  for (const [servers, load, loss] of cases) expect(erlangB(servers, load)).toBeCloseTo(loss, 7)
  expect(erlangB(1_000_000, 1_000)).toBe(0)
})

test('Erlang B follows its recursion', () => {
  for (const load of [0.3, 7, 140, 4_000]) {
    let loss = 1
    for (let n = 1; n <= 4_200; n++) {
      loss = (load * loss) / (n + load * loss)
      if (n % 7 === 0 && loss > 1e-300) expect(erlangB(n, load) / loss).toBeCloseTo(1, 10)
    }
  }
})

test('the load that a limit carries at a given loss: the printed table', () => {
  const losses = [0.001, 0.005, 0.01, 0.02, 0.05]
  const table: [number, number[]][] = [
    [1, [0.001, 0.005, 0.01, 0.02, 0.053]],
    [5, [0.762, 1.132, 1.361, 1.657, 2.218]],
    [10, [3.092, 3.961, 4.461, 5.084, 6.216]],
    [20, [9.411, 11.092, 12.031, 13.182, 15.249]],
    [50, [32.512, 35.982, 37.901, 40.255, 44.533]],
    [100, [75.242, 80.91, 84.064, 87.972, 95.24]],
    [500, [448.16, 464.517, 474.036, 486.439, 511.753]],
    [1_000, [930.325, 955.865, 971.204, 991.854, 1_036.392]],
  ]
  for (const [servers, loads] of table) {
    losses.forEach((loss, i) => expect(loadFor(servers, loss)).toBeCloseTo(loads[i]!, 3))
  }
})

test('the limit that a load needs', () => {
  expect([0.01, 0.001, 0.0001].map((loss) => serversFor(140, loss))).toEqual([159, 173, 182])
  expect([25, 90, 110, 140].map((load) => serversFor(load, 0.01))).toEqual([36, 107, 128, 159])
})

test('Erlang C: the call centre of the text books', () => {
  expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12)
  expect(erlangC(14, 10)).toBeCloseTo(0.1741319, 7)
  // 100 calls in 30 minutes, 180 s each, 14 agents.
  const load = (100 * 180) / 1_800
  const waits = erlangC(14, load)
  expect(100 * waits).toBeCloseTo(17.4, 1)
  expect(100 * (1 - waits * Math.exp((-(14 - load) * 20) / 180))).toBeCloseTo(88.8, 1)
  expect((waits * 180) / (14 - load)).toBeCloseTo(7.84, 2)
})

test('nothing offered, nothing there and numbers that are none have their limits', () => {
  expect([erlangB(0, 5), erlangB(-1, 5), erlangB(Number.NaN, 5), erlangB(0, 0)]).toEqual([
    1, 1, 1, 1,
  ])
  expect([erlangB(3, 0), erlangB(3, -2), erlangB(3, Number.NaN)]).toEqual([0, 0, 0])
  expect([erlangB(3, Infinity), erlangB(Infinity, 9), erlangB(3, 1e-320)]).toEqual([1, 0, 0])
  expect([erlangC(0, 1), erlangC(5, 5), erlangC(5, 9), erlangC(5, 0)]).toEqual([1, 1, 1, 0])
  expect([erlangC(Infinity, 9), erlangC(5, Number.NaN)]).toEqual([0, 0])
  expect([serversFor(0, 0.01), serversFor(9, 1), serversFor(9, 0)]).toEqual([0, 0, Infinity])
  expect([serversFor(Infinity, 0.1), serversFor(Number.NaN, 0.1)]).toEqual([Infinity, 0])
  expect([loadFor(0, 0.1), loadFor(5, 0), loadFor(5, 1)]).toEqual([0, 0, Infinity])
  expect(serversFor(9, Number.NaN)).toBe(Infinity)
})

test('more servers lose less, more load loses more, and the inverse is the smallest that does', () => {
  const load = fc.double({ min: 0.01, max: 5_000, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6_000 }), load, load, (servers, one, other) => {
      const low = Math.min(one, other)
      const high = Math.max(one, other)
      expect(erlangB(servers, low)).toBeLessThanOrEqual(erlangB(servers, high) * (1 + 1e-12))
      expect(erlangB(servers + 1, low)).toBeLessThanOrEqual(erlangB(servers, low))
      expect(erlangC(servers, low)).toBeGreaterThanOrEqual(erlangB(servers, low))
      const needed = serversFor(low, 0.02)
      expect(erlangB(needed, low)).toBeLessThanOrEqual(0.02)
      expect(erlangB(needed - 1, low)).toBeGreaterThan(0.02)
      expect(erlangB(servers, loadFor(servers, 0.02))).toBeCloseTo(0.02, 10)
    }),
  )
})

test('a hundred times the places take at most thirty times as long', () => {
  const leastMs = (places: number) => {
    let least = Infinity
    for (let run = 0; run < 9; run++) {
      const start = performance.now()
      for (let i = 0; i < 20; i++) erlangB(places, places)
      least = Math.min(least, performance.now() - start)
    }
    return least
  }
  leastMs(10_000)
  expect(leastMs(1_000_000) / leastMs(10_000)).toBeLessThan(30)
})
