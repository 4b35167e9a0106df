import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyIncident } from '#testing/anyIncident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import {
  ABANDONED,
  ATTEMPTS,
  CONNECTIONS,
  INCIDENT_COMPARISON,
  INCIDENT_FROM,
  incidentAt,
  someIncident,
  WAITING,
  withSamples,
} from '#testing/someIncident.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { durationMs, epochMs, later } from '../units.ts'
import { compareWindows } from './compareWindows.ts'
import { comparisonWords } from './comparisonWords.ts'
import type { ComparedWindows } from './comparisonRow.ts'
import type { Span } from './incident.ts'

const incident = someIncident()
const { a, b } = INCIDENT_COMPARISON
const between = (from: string, to: string): Span => ({ from: incidentAt(from), to: incidentAt(to) })
const rowOf = ({ rows }: ComparedWindows, name: string) => rows.find((row) => row.name === name)
const textsOf = (compared: ComparedWindows) =>
  comparisonWords(compared).map((text) => plainSpaces(Object.values(text).join(' | ')))

test('the raise of the afternoon worked, with the numbers that say so', () => {
  const compared = compareWindows(incident, { a, b })
  expect(compared).toMatchObject({ word: 'worked', limitA: 1_000, limitB: 1_500, a, b })
  expect(plainSpaces(compared.sentence)).toBe(
    'Worked. The higher limit removed 97 % of refusals at equal load; waiting and abandons per minute did not become worse; interacting, longest waiting and service level were not measured. Windows of 55 min and 45 min: rates per minute are compared.',
  )
  expect(rowOf(compared, 'Refused')).toMatchObject({
    unit: 'share',
    ofA: { count: 304, of: 4_180 },
    ofB: { count: 3 },
    isShown: true,
    method: 'Newcombe on effective counts',
  })
  const unequal = 'counted, windows of unequal length'
  expect(textsOf(compared)).toEqual([
    `Attempts | 4 180 | 4 211 | – | ${unequal}`,
    'Attempts per minute | 76.0 | 93.9 | +17.9 | −15.7 to +48.3, no difference shown',
    'Refused | 304 (7.3 %) | 3 (0.07 %) | −7.2 points | −15.9 to −3.1',
    'Peak of limit | 1 000 (100 %) | 1 242 (83 %) | −17 points | headroom 258',
    'Peak level | 1 000 | 1 242 | +242 | highest sample',
    'Waiting, median | 14 | 14 | 0 | −2.4 to +0.1, no difference shown',
    'Abandoned, per minute | 0.47 | 0.36 | −0.12 | −0.34 to +0.10, no difference shown',
    `Rate errors, 429 | 1 | 0 | – | ${unequal}`,
    `Auth errors | 1 | 0 | – | ${unequal}`,
  ])
})

test('what happened between the windows is no part of what is said of the raise', () => {
  const crowd = Array.from({ length: 500 }, (_, i) =>
    errorEvent({ at: later(incidentAt('13:40:30'), 300 * i), class: 'capacity', source: 'feed' }),
  )
  const errors = [...incident.errors, ...crowd].sort((one, other) => one.at - other.at)
  const compared = compareWindows({ ...incident, errors }, { a, b })
  expect(compared.word).toBe('worked')
  expect(rowOf(compared, 'Refused')).toEqual(rowOf(compareWindows(incident, { a, b }), 'Refused'))
})

test('rates of long windows count every second of them', () => {
  const from = epochMs(Date.UTC(2026, 8, 17))
  const to = later(from, 4_000_000)
  // 2 000 bins of a second in each window; the refusals lie in a few, and never in every second one.
  const errors = [501, 503, 505, 2_501].map((second) =>
    errorEvent({ at: later(from, second * 1_000), class: 'capacity', source: 'feed', count: 100 }),
  )
  const metrics = incident.metrics
    .filter(({ id }) => id === CONNECTIONS)
    .map((metric) => ({ ...metric, intervalMs: durationMs(1_000) }))
  const middle = epochMs((from + to) / 2)
  const long = { ...incident, from, to, errors, metrics, samples: [], clients: [], markers: [] }
  const compared = compareWindows(long, { a: { from, to: middle }, b: { from: middle, to } })
  const row = rowOf(compared, 'Refused per minute')!
  expect(row.a).toBeCloseTo(300 / (2_000 / 60), 10)
  expect(row.b).toBeCloseTo(100 / (2_000 / 60), 10)
  expect(row.difference!.value).toBeCloseTo(row.b! - row.a!, 10)
})

test('the highest level is told even where a lower one came nearer to its limit', () => {
  const [at, raised] = [incidentAt('13:00:00'), incidentAt('13:00:10')]
  const series = { timeMs: Float64Array.of(at, raised), value: Float64Array.of(990, 1_200) }
  const steps = [
    { from: epochMs(0), value: 1_000, source: '' },
    { from: raised, value: 1_500, source: '' },
  ]
  const moved = {
    ...withSamples(incident, CONNECTIONS, series),
    limits: [{ metric: CONNECTIONS, steps }],
  }
  const window = between('12:50:00', '13:10:00')
  const compared = compareWindows(moved, { a: window, b: between('13:10:00', '13:20:00') })
  expect(rowOf(compared, 'Peak of limit')).toMatchObject({
    a: 0.99,
    ofA: { count: 990, of: 1_000 },
  })
  expect(rowOf(compared, 'Peak level')).toMatchObject({ a: 1_200 })
})

test('windows of one limit are told apart by their refused shares alone', () => {
  const calm = between('12:45:00', '13:05:00')
  const busy = between('13:05:00', '13:25:00')
  const compared = compareWindows(incident, { a: calm, b: busy })
  expect(compared.word).toBe('difference')
  expect(plainSpaces(compared.sentence)).toMatch(
    /^Difference\. 0 % of attempts were refused in A and 8\.\d % in B \(\+\d\.\d to \+\d\d\.\d points\)\.$/,
  )
})

test('two calm windows show no difference, and it is said so', () => {
  const compared = compareWindows(incident, {
    a: between('13:45:00', '14:00:00'),
    b: between('14:03:00', '14:18:00'),
  })
  expect(compared.word).toBe('no-difference')
  expect(compared.sentence).toMatch(/^No difference shown\. /)
  expect(rowOf(compared, 'Refused')?.isShown).toBe(false)
})

test('a raise that lies within a window is not judged as one between them', () => {
  const compared = compareWindows(incident, {
    a: between('12:45:00', '13:50:00'),
    b: between('13:55:00', '14:30:00'),
  })
  expect(['difference', 'no-difference']).toContain(compared.word)
})

test('where nobody counts attempts, refusals per minute are compared', () => {
  const metrics = incident.metrics.filter(({ id }) => id !== ATTEMPTS)
  const compared = compareWindows({ ...incident, metrics }, { a, b })
  expect(rowOf(compared, 'Attempts')).toBeUndefined()
  const row = rowOf(compared, 'Refused per minute')
  expect(row?.unit).toBe('perMinute')
  expect(row?.a).toBeCloseTo(304 / 55, 9)
  expect(row?.b).toBeCloseTo(3 / 45, 9)
  // The raise is still judged, and says that the load cannot be compared.
  expect(compared).toMatchObject({ word: 'cannot-tell' })
})

test('a queue that waits longer after the raise is shown and takes the praise away', () => {
  const { timeMs } = incident.samples.find(({ metric }) => metric === WAITING)!.series
  const value = timeMs.map((at, i) => (at < a.to ? 14 : 40) + (i % 3))
  const compared = compareWindows(withSamples(incident, WAITING, { timeMs, value }), { a, b })
  expect(rowOf(compared, 'Waiting, median')).toMatchObject({ a: 15, b: 41, isShown: true })
  expect(compared.word).toBe('cannot-tell')
})

test('a window that is empty or lies outside leaves no rows', () => {
  const outside = { from: later(incident.to, 1_000), to: later(incident.to, 9_000) }
  for (const other of [outside, { from: b.to, to: b.from }]) {
    expect(compareWindows(incident, { a, b: other })).toMatchObject({
      rows: [],
      word: 'cannot-tell',
    })
  }
})

test('without samples, limits and errors nothing is said', () => {
  const nothing = someIncident({ metrics: [], samples: [], limits: [], errors: [] })
  const compared = compareWindows(nothing, { a, b })
  expect(compared).toMatchObject({ limitA: null, limitB: null })
  expect(compared.rows.map(({ name, a: one, b: other }) => [name, one, other])).toEqual([
    ['Refused per minute', 0, 0],
  ])
  expect(compared.word).toBe('no-difference')
})

test('abandoned conversations that are given as a share are compared as medians', () => {
  const metrics = incident.metrics.map((metric) =>
    metric.id === ABANDONED ? { ...metric, kind: 'gauge' as const } : metric,
  )
  expect(
    rowOf(compareWindows({ ...incident, metrics }, { a, b }), 'Abandoned, median'),
  ).toBeDefined()
})

test('a peak beyond the limit is said to be above it', () => {
  const series = {
    timeMs: Float64Array.of(INCIDENT_FROM + 1_000, b.from + 1_000),
    value: Float64Array.of(900, 1_530),
  }
  const texts = textsOf(compareWindows(withSamples(incident, CONNECTIONS, series), { a, b }))
  expect(texts).toContain(
    'Peak of limit | 900 (90 %) | 1 530 (102 %) | +12 points | 30 above the limit',
  )
})

const anyComparison = fc
  .tuple(fc.nat(900), fc.nat(900), fc.nat(900), fc.nat(900))
  .map((secs) => secs.map((sec) => epochMs(1_789_642_800_000 + 1_000 * sec)))
  .map(([one, two, three, four]) => ({
    a: { from: one!, to: two! },
    b: { from: three!, to: four! },
  }))

test('windows exchanged give the opposite differences', () => {
  fc.assert(
    fc.property(anyIncident, anyComparison, (any, windows) => {
      const one = compareWindows(any, windows)
      const other = compareWindows(any, { a: windows.b, b: windows.a })
      expect(other.rows.map(({ name }) => name)).toEqual(one.rows.map(({ name }) => name))
      for (const [i, row] of one.rows.entries()) {
        const mirrored = other.rows[i]!
        expect([mirrored.a, mirrored.b]).toEqual([row.b, row.a])
        expect(mirrored.isShown).toBe(row.isShown)
        if (!row.difference) expect(mirrored.difference).toBeNull()
        else {
          expect(mirrored.difference!.value).toBeCloseTo(-row.difference.value, 9)
          expect(mirrored.difference!.low).toBeCloseTo(-row.difference.high, 9)
          expect(mirrored.difference!.high).toBeCloseTo(-row.difference.low, 9)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('of any incident every number is one, and is written', () => {
  fc.assert(
    fc.property(anyIncident, anyComparison, (any, windows) => {
      const compared = compareWindows(any, windows)
      for (const { a: one, b: other, difference } of compared.rows) {
        for (const number of [one, other])
          expect(number === null || Number.isFinite(number)).toBe(true)
        if (!difference) continue
        expect(difference.low).toBeLessThanOrEqual(difference.value)
        expect(difference.high).toBeGreaterThanOrEqual(difference.value)
      }
      expect(JSON.stringify([compared.sentence, comparisonWords(compared)])).not.toMatch(
        /NaN|undefined|Infinity|null/,
      )
    }),
    { numRuns: 60 },
  )
})
