import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReplay } from './replay.ts'

function replayOf(
  arrivalMs: readonly number[],
  holdMs: readonly number[],
  others: readonly number[] = [],
) {
  const replay = createReplay(Float64Array.from(arrivalMs), others)
  holdMs.forEach((hold, demand) => replay.hold(demand, hold))
  return replay
}

test('who meets a full house is refused, and a place is free again at the instant of its end', () => {
  const replay = replayOf([0, 1, 2, 3], [2, 2, 2, Infinity])
  expect(replay.refusedShare(0)).toBe(1)
  expect(replay.refusedShare(1)).toBe(0.5)
  expect(replay.refusedShare(2)).toBe(0)
  expect(replay.smallestLimit(0, 0)).toBe(2)
  expect(replay.smallestLimit(0.5, 99)).toBe(1)
})

test('places that others hold are not there', () => {
  const replay = replayOf([0, 1, 2, 3], [2, 2, 2, 2], [5, 5, 6, 7])
  expect(replay.refusedShare(6)).toBe(0.75)
  expect(replay.smallestLimit(0, 4)).toBe(9)
})

test('nothing wanted needs no limit', () => {
  expect(replayOf([], []).refusedShare(3)).toBe(0)
  expect(replayOf([], []).smallestLimit(0.01, Number.NaN)).toBe(0)
})

const anyDemands = fc
  .array(
    fc.record({ at: fc.integer({ min: 0, max: 60 }), hold: fc.integer({ min: 0, max: 30 }) }),
    { maxLength: 40 },
  )
  .map((demands) => demands.toSorted((a, b) => a.at - b.at))

test('a replay refuses whom a list of the places taken refuses', () => {
  fc.assert(
    fc.property(anyDemands, fc.integer({ min: 0, max: 8 }), (demands, limit) => {
      let ends: number[] = []
      let refused = 0
      for (const { at, hold } of demands) {
        ends = ends.filter((end) => end > at)
        if (ends.length < limit) ends.push(at + Math.max(hold, 1e-6))
        else refused += 1
      }
      const replay = replayOf(
        demands.map(({ at }) => at),
        demands.map(({ hold }) => Math.max(hold, 1e-6)),
      )
      expect(replay.refusedShare(limit) * demands.length).toBeCloseTo(refused, 9)
    }),
  )
})

test('the smallest limit is enough, one less is not, whatever the guess', () => {
  fc.assert(
    fc.property(anyDemands, fc.integer({ min: -3, max: 90 }), (demands, guess) => {
      const replay = replayOf(
        demands.map(({ at }) => at),
        demands.map(({ hold }) => hold),
      )
      const limit = replay.smallestLimit(0.1, guess)
      expect(replay.refusedShare(limit)).toBeLessThanOrEqual(0.1)
      if (limit > 0) expect(replay.refusedShare(limit - 1)).toBeGreaterThan(0.1)
    }),
  )
})
