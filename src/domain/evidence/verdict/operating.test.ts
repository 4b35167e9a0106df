import { expect, test } from 'vitest'
import { plantedWindow } from '#testing/plantedWindow.ts'
import { type Random, seededRandom } from '../../stats/random.ts'
import { verdictOf } from './verdict.ts'

// A spot check of the two numbers that matter most; docs/evidence.md has the study with 1 000
// windows each.

const BINS = 600
const LIMIT = 600
const WINDOWS = 60

const between = (random: Random, low: number, high: number) => low + (high - low) * random()

/** Half full, with three stretches of 40–60 s at the limit. */
function threePulses(random: Random): number[] {
  const starts = [0, 1, 2].map((third) => Math.round(200 * third + between(random, 10, 130)))
  const length = Math.round(between(random, 40, 60))
  return Array.from({ length: BINS }, (_, i) => {
    const isFull = starts.some((start) => i >= start && i < start + length)
    return isFull ? LIMIT : Math.round(LIMIT * between(random, 0.49, 0.51))
  })
}

/** Up to the limit within half to three quarters of the window, then at it. */
function ramp(random: Random): number[] {
  const top = BINS * between(random, 0.5, 0.75)
  return Array.from({ length: BINS }, (_, i) =>
    Math.min(LIMIT, Math.round(LIMIT * (0.05 + (0.95 * i) / top))),
  )
}

/** One to six bursts of 10–50 s in which 70 % fail, wherever they like. */
function unrelatedBursts(random: Random): number[] {
  const chance = Array.from({ length: BINS }, () => 0.001)
  for (let left = Math.ceil(6 * random()); left > 0; left--) {
    const length = Math.round(between(random, 10, 50))
    const start = Math.floor(random() * (BINS - length))
    chance.fill(0.7, start, start + length)
  }
  return chance
}

function calls(
  seed: number,
  usage: (random: Random) => number[],
  chanceOf: (values: readonly number[], random: Random) => readonly number[],
): number {
  const random = seededRandom(seed)
  const words = Array.from({ length: WINDOWS }, () => {
    const values = usage(random)
    const errors = chanceOf(values, random).map(
      (chance) => Number(random() < chance) + Number(random() < chance),
    )
    return verdictOf(plantedWindow({ values, limit: LIMIT, errors })).word
  })
  return words.filter((word) => word === 'capacity-bound').length
}

test('bursts that have nothing to do with the limit are hardly ever blamed on it', () => {
  const blamed =
    calls(20_261, threePulses, (_, random) => unrelatedBursts(random)) +
    calls(20_262, ramp, (_, random) => unrelatedBursts(random))
  expect(blamed).toBeLessThanOrEqual(0.05 * 2 * WINDOWS)
})

test('a limit that refuses three in ten is found in nine windows of ten', () => {
  const refusals = (values: readonly number[]) =>
    values.map((value) => (value === LIMIT ? 0.3 : 0.01))
  expect(calls(20_263, threePulses, refusals)).toBeGreaterThanOrEqual(0.9 * WINDOWS)
  expect(calls(20_264, ramp, refusals)).toBeGreaterThanOrEqual(0.9 * WINDOWS)
})
