import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalFrom, type Random, seededRandom } from '../../stats/random.ts'
import { durationMs, epochMs, metricId } from '../../units.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { whichLimitOf } from './whichLimit.ts'

const CALLS = metricId('calls.concurrent')
const SESSIONS = metricId('callSessions.concurrent')
const BINS = 1_440
const LIMIT = 100

/** Use that swings slowly and is cut off at the limit. */
const clipped = (level: number) => Math.min(LIMIT, Math.max(0, Math.round(85 + 15 * level)))

function watched(
  metric: WatchedSeries['metric'],
  title: string,
  value: ArrayLike<number>,
  everySec = 1,
): WatchedSeries {
  return {
    metric,
    title,
    provenance: 'measured',
    scope: 'organisation',
    intervalMs: durationMs(everySec * 1_000),
    series: {
      timeMs: Float64Array.from({ length: value.length }, (_, i) => i * everySec * 1_000),
      value: Float64Array.from(value),
    },
    limits: [{ from: epochMs(0), value: LIMIT, source: 'told with the value' }],
  }
}

/**
 * Calls refuse at their limit; call sessions go along with them as closely as `correlation` says.
 */
function twoLimits(random: Random, correlation: number) {
  const calls: number[] = []
  const sessions: number[] = []
  const errors = new Float64Array(BINS)
  const state = { one: normalFrom(random), other: normalFrom(random) }
  for (let bin = 0; bin < BINS; bin++) {
    state.one = 0.97 * state.one + 0.243 * normalFrom(random)
    state.other = 0.97 * state.other + 0.243 * normalFrom(random)
    const along = correlation * state.one + Math.sqrt(1 - correlation ** 2) * state.other
    calls.push(clipped(state.one))
    sessions.push(clipped(along))
    const chance = calls[bin] === LIMIT ? 0.3 : 0.01
    for (let attempt = 0; attempt < 2; attempt++) if (random() < chance) errors[bin]! += 1
  }
  const at = Float64Array.from({ length: BINS }, (_, bin) => bin * 1_000)
  return {
    from: epochMs(0),
    to: epochMs(BINS * 1_000),
    subjects: [watched(SESSIONS, 'Call sessions', sessions), watched(CALLS, 'Calls', calls)],
    capacity: { timeMs: at.map((ms) => ms + 1), count: errors },
    attempts: { timeMs: at.map((ms) => ms + 1_000), value: new Float64Array(BINS).fill(2) },
  }
}

test.each([0, 0.6, 0.9])('a rival that goes along at %f is told from the cause', (correlation) => {
  for (const seed of [1, 2, 3, 4]) {
    const which = whichLimitOf(twoLimits(seededRandom(seed), correlation))!
    expect([which.word, which.metrics]).toEqual(['one', [CALLS]])
    expect(which.ranking[0]!.metric).toBe(CALLS)
  }
})

test('two limits that are reached together cannot be separated, and both are named', () => {
  const which = whichLimitOf(twoLimits(seededRandom(5), 1))!
  expect(which.word).toBe('cannot-separate')
  expect(new Set(which.metrics)).toEqual(new Set([CALLS, SESSIONS]))
  expect(which.pairs).toEqual([
    {
      one: SESSIONS,
      other: CALLS,
      binsOnlyOne: 0,
      binsOnlyOther: 0,
      difference: null,
      better: 'cannot-separate',
    },
  ])
})

test('a rival that passed its own test and is beaten says so', () => {
  const which = whichLimitOf(twoLimits(seededRandom(1), 0.9))!
  const rival = which.ranking.find(({ metric }) => metric === SESSIONS)!
  expect(rival.verdict.p).toBeLessThan(0.025)
  expect(rival.isBeaten).toBe(true)
  expect(which.ranking[0]!.isBeaten).toBe(false)
})

test('a limit that is never reached is no rival, and costs the cause nothing', () => {
  const two = twoLimits(seededRandom(3), 0)
  const low = watched(metricId('low'), 'Low', new Float64Array(BINS).fill(40))
  const which = whichLimitOf({ ...two, subjects: [low, two.subjects[1]!] })!
  expect([which.word, which.metrics, which.pairs]).toEqual(['one', [CALLS], []])
  expect(which.ranking.map(({ metric }) => metric)).toEqual([CALLS, 'low'])
  expect(which.ranking[1]!.highestUse).toBe(0.4)
})

test('errors that have nothing to do with either are nobody’s', () => {
  const two = twoLimits(seededRandom(3), 0.3)
  const count = two.capacity.count.map((_, bin) => (bin % 97 < 3 ? 1 : 0))
  const which = whichLimitOf({ ...two, capacity: { ...two.capacity, count } })!
  expect([which.word, which.metrics]).toEqual(['none', []])
})

test('limits read at different paces are compared in the coarser bins', () => {
  const two = twoLimits(seededRandom(2), 0)
  const every15 = two.subjects[0]!.series.value.filter((_, i) => i % 15 === 0)
  const which = whichLimitOf({
    ...two,
    subjects: [watched(SESSIONS, 'Call sessions', every15, 15), two.subjects[1]!],
  })!
  const { binsOnlyOne, binsOnlyOther } = which.pairs[0]!
  expect(binsOnlyOne + binsOnlyOther).toBeLessThan(BINS / 15)
  expect(binsOnlyOther).toBeGreaterThan(0)
})

test('a verdict that is known already is taken over', () => {
  const two = twoLimits(seededRandom(2), 0)
  const { verdict } = whichLimitOf(two)!.ranking[0]!
  const which = whichLimitOf({ ...two, verdicts: new Map([[CALLS, verdict]]) })!
  expect(which.ranking[0]!.verdict).toBe(verdict)
})

test('fewer than two limits leave nothing to choose from', () => {
  const two = twoLimits(seededRandom(2), 0)
  expect(whichLimitOf({ ...two, subjects: [] })).toBeNull()
  expect(whichLimitOf({ ...two, subjects: two.subjects.slice(0, 1) })).toBeNull()
})

function expectNumbers(given: unknown) {
  if (typeof given === 'number') expect(given).not.toBeNaN()
  else if (given !== null && typeof given === 'object') Object.values(given).forEach(expectNumbers)
}

test('whatever is put in, there is an answer without a number that is none', () => {
  const anyValues = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 110 }), fc.constantFrom(Number.NaN, Infinity)),
    { maxLength: 80 },
  )
  const anyLimit = fc.constantFrom(null, 0, 1, LIMIT)
  fc.assert(
    fc.property(
      anyValues,
      anyValues,
      fc.array(fc.integer({ min: -10, max: 90 })),
      anyLimit,
      fc.boolean(),
      (one, other, errors, limit, isKnown) => {
        const limits = [{ from: epochMs(0), value: limit, source: '' }]
        const subjects = [
          watched(CALLS, 'Calls', one),
          { ...watched(SESSIONS, 'Call sessions', other), limits },
        ]
        const which = whichLimitOf({
          from: epochMs(0),
          to: epochMs(80_000),
          subjects,
          capacity: {
            timeMs: Float64Array.from(errors, (sec) => sec * 1_000),
            count: new Float64Array(errors.length).fill(1),
          },
          attempts: isKnown ? subjects[0]!.series : null,
        })!
        expectNumbers(which)
        expect(which.ranking.length).toBe(2)
      },
    ),
    { numRuns: 60 },
  )
  const nowhere = { ...twoLimits(seededRandom(1), 0), to: epochMs(0) }
  expect(whichLimitOf(nowhere)!.word).toBe('none')
})
