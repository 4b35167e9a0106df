import { expect, test } from 'vitest'
import type { EvidenceReport } from '../evidence.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { durationMs } from '../../units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someEvidence, someVerdict } from '#testing/someEvidence.ts'
import type { PartId } from './evidencePart.ts'
import { evidenceParts } from './evidenceParts.ts'

const NOTHING = {
  which: null,
  leak: null,
  notReleased: null,
  storm: null,
  enough: null,
  raise: null,
  forecasts: new Map(),
} satisfies Partial<EvidenceReport>

const partsOf = (report: EvidenceReport) => evidenceParts(report, 'Europe/Berlin')
const ids = (report: EvidenceReport) => partsOf(report).map(({ id }) => id)

function rowsOf(id: PartId, verdict: Partial<Verdict> = {}, known: Partial<EvidenceReport> = {}) {
  const report = someEvidence({ verdict: someVerdict(verdict), ...known })
  const part = partsOf(report).find((one) => one.id === id)
  return (part?.rows ?? []).map(({ name, value }) => plainSpaces(`${name}: ${value}`))
}

test('parts come in the order in which they are read, the verdict before what else was found', () => {
  expect(ids(someEvidence())).toEqual([
    'dose',
    'sure',
    'shifts',
    'order',
    'against',
    'grades',
    'next',
    'forecast',
    'leak',
    'notReleased',
    'storm',
    'enough',
    'raise',
  ])
})

test('parts with nothing to say are left out; what speaks against it and what to do never are', () => {
  const verdict = someVerdict({
    word: 'cannot-tell',
    reason: 'coverage',
    p: null,
    pLevel: null,
    pOnset: null,
    difference: null,
    oddsRatio: null,
    fisherP: null,
    attributable: null,
    detectable: null,
    shifts: null,
    dose: [],
    lagMs: null,
    errors: 0,
  })
  const profile = { ...someEvidence().profile, grades: { A: 0, B: 0, C: 0, D: 0 } }
  expect(ids(someEvidence({ ...NOTHING, verdict, profile }))).toEqual(['against', 'next'])
})

test('how sure it is comes in numbers, each with its interval', () => {
  expect(rowsOf('sure')).toEqual([
    'Attributable fraction: 0.95 (0.91 to 0.97)',
    'Difference at limit − below: 76.8 points (68.4 to 83.4)',
    'Odds ratio, exact: 348 (155 to 874)',
    'Shift test, 1 044 shifts, 2 as extreme: p = 0.002',
    'Onset test: p = 0.002',
    'Limit reached, with room before it: twice',
    'Fisher, for display only: p = 2 × 10⁻⁹⁵',
  ])
})

test('from three crossings on the onset test is not asked', () => {
  expect(rowsOf('sure', { crossings: 3 }).join('\n')).not.toContain('Onset')
})

test('what the window could have shown is said wherever the limit is not found guilty', () => {
  const rows = rowsOf('sure', { word: 'not-capacity-bound', detectable: 0.31 })
  expect(rows).toContain('Smallest fraction that could be seen: 0.31')
})

test('the order says "about" of one ramp, and which came first', () => {
  const order = (verdict: Partial<Verdict>) => rowsOf('order', verdict, { which: null })[0]
  expect(order({})).toBe('Limit reached, then refusals: after 14 s (4 s to 24 s)')
  expect(order({ isLagRough: true })).toBe(
    'Limit reached, then refusals: after about 14 s (4 s to 24 s)',
  )
  expect(order({ lagMs: { value: -20_000, low: -30_000, high: -10_000 } })).toBe(
    'Refusals, then limit reached: after 20 s (10 s to 30 s)',
  )
  expect(rowsOf('order', { lagMs: null, laterByMs: durationMs(90_000) })[0]).toBe(
    'Refusals fit better later: by 1 min 30 s',
  )
})

test('each other limit is named with what speaks for or against it', () => {
  const rows = rowsOf('order')
  expect(rows).toHaveLength(2)
  expect(rows[1]).toMatch(/^Call sessions as the cause: no/)
})

test('against it stand refusals below, quiet time at the limit, and what nobody saw', () => {
  expect(rowsOf('against')).toEqual([
    'Refused below the limit: 12 of 312',
    'At the limit without refusals: 26 of 117 bins, 4 min 20 s',
    'Not covered: 6 min',
  ])
  expect(rowsOf('against', { binsNear: 4, errorsUncovered: 7 }).slice(2)).toEqual([
    'Not covered: 6 min, 7 refused then',
    'Just below the limit, from 80 %: 4 bins',
  ])
})

test('levels of use are named as the limit leaves them', () => {
  expect(rowsOf('dose')).toEqual([
    'below 60 %: 0.5 %, 2 of 412',
    '60 to 80 %: 1.0 %, 3 of 287',
    '80 to 90 %: 1.7 %, 2 of 118',
    '90 to 98 %: 1.8 %, 2 of 110',
    'at the limit: 78 %, 91 of 117',
  ])
  const empty = { from: 0.98, to: Infinity, bins: 0, withErrors: 0, errors: 0, attempts: null }
  expect(rowsOf('dose', { dose: [empty] })).toEqual(['at the limit: no bins'])
})

test('an unanswered "which limit" is worth a line only beside refusals', () => {
  const enough = { kind: 'refused', reason: 'no-clients', atLeast: null } as const
  expect(ids(someEvidence({ enough }))).toContain('enough')
  expect(ids(someEvidence({ enough, verdict: someVerdict({ errors: 0 }) }))).not.toContain('enough')
})

test('every number that has a meaning says it in a sentence', () => {
  for (const { rows } of partsOf(someEvidence()))
    for (const { meaning, isPictured } of rows)
      if (!isPictured) expect(meaning).toMatch(/^[A-Z0-9].*\.$/s)
})
