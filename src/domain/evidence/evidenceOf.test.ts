import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plantedTest } from '#testing/plantedTest.ts'
import { untidyInput } from '#testing/untidyInput.ts'
import type { Series } from '../series/series.ts'
import type { Interval } from '../stats/interval.ts'
import { epochMs, metricId } from '../units.ts'
import { enoughWords } from './enough/enoughWords.ts'
import type { EvidenceReport } from './evidence.ts'
import { evidenceOf } from './evidenceOf.ts'
import { forecastSentence, forecastWords } from './forecast/forecastWords.ts'
import { leakWords } from './leak/leakWords.ts'
import { notReleasedWords } from './leak/notReleasedWords.ts'
import { beforeAfterWords } from './raise/beforeAfterWords.ts'
import { rivalWords, whichLimitSentence } from './rivals/whichLimitWords.ts'
import { stormWords } from './storm/stormWords.ts'
import { verdictWords } from './verdict/verdictWords.ts'

const UNBOUNDED = /^report\.(.*\.)?(dose\.\d+\.to|oddsRatio\.(value|high)|reaches\.high)$/

/** Every number of a part is one, and nothing is undefined; infinite only what is said to be. */
function expectSound(part: unknown, path: string) {
  if (part === undefined || Number.isNaN(part)) expect.fail(`${path} is ${String(part)}`)
  if (typeof part === 'number' && !UNBOUNDED.test(path) && !Number.isFinite(part))
    expect.fail(`${path} is infinite`)
  if (part === null || typeof part !== 'object') return
  const entries = part instanceof Map ? part.entries() : Object.entries(part)
  for (const [key, inner] of entries) expectSound(inner, `${path}.${key}`)
}

function expectWords(report: EvidenceReport) {
  const { verdict, leak, notReleased, storm, enough, raise, which, forecasts } = report
  const words = [
    verdictWords(report, 'UTC'),
    leak && leakWords(leak, verdict.limit, 'UTC'),
    notReleased && notReleasedWords(notReleased, 'UTC'),
    storm && stormWords(storm, 'UTC'),
    enough && enoughWords(enough, verdict.limit),
    raise && beforeAfterWords(raise, 'UTC'),
    which && [whichLimitSentence(which, String), which.ranking.map(rivalWords)],
    [...forecasts.values()].flatMap((forecast) => [
      forecastWords(forecast),
      forecastSentence(forecast),
    ]),
  ].filter((one) => one !== null)
  const text = words.flatMap(textsOf).join('\n')
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|\[object/)
}

const textsOf = (part: unknown): string[] =>
  typeof part === 'string'
    ? [part]
    : part === null || typeof part !== 'object'
      ? []
      : Object.values(part).flatMap(textsOf)

function expectHolds({ value, low, high }: Interval) {
  expect(low).toBeLessThanOrEqual(value)
  expect(high).toBeGreaterThanOrEqual(value)
}

function expectAddsUp({ verdict, leak, notReleased, raise, enough, storm }: EvidenceReport) {
  const { errors, errorsAtLimit, errorsBelow, errorsUncovered } = verdict
  const sum = errorsAtLimit + errorsBelow + errorsUncovered
  expect(Math.abs(sum - errors)).toBeLessThanOrEqual(1e-9 * errors)
  const { p, pLevel, pOnset, fisherP, coverage, pAtLimit, pBelow, pNear, detectable } = verdict
  for (const share of [coverage, pAtLimit, pBelow, pNear, detectable, fisherP, p, pLevel, pOnset])
    expect(Math.min(1, Math.max(0, share ?? 0))).toBe(share ?? 0)
  for (const chance of [p, pLevel, pOnset, storm?.p ?? null])
    if (chance !== null) expect(chance).toBeGreaterThan(0)
  const { difference, oddsRatio, attributable, lagMs } = verdict
  const intervals = [
    difference,
    oddsRatio,
    attributable,
    lagMs,
    leak?.perIteration,
    leak?.reaches,
    notReleased?.idleTimeoutMs,
    raise?.difference,
    enough?.kind === 'answer' ? enough.replay : null,
  ]
  for (const interval of intervals) if (interval) expectHolds(interval)
  if (verdict.reason === 'follows-the-limit' || verdict.reason === 'part-follows')
    expect(errorsAtLimit).toBeGreaterThan(0)
}

test('whatever is asked, there is an answer whose numbers are numbers and whose words are words', () => {
  fc.assert(
    fc.property(untidyInput, (input) => {
      const report = evidenceOf(structuredClone(input))
      expectSound(report, 'report')
      expect(structuredClone(report)).toEqual(report)
      expectWords(report)
      expectAddsUp(report)
    }),
    { numRuns: 150, seed: 3 },
  )
})

test('of a test in which everything happens, every part is said', () => {
  const report = evidenceOf(plantedTest())
  expect(report.verdict).toMatchObject({
    word: 'capacity-bound',
    reason: 'follows-the-limit',
    crossings: 12,
    coverage: 1,
    errorsBelow: 0,
    lagMs: { value: 0 },
  })
  expect(report.which).toMatchObject({ word: 'one', metrics: ['Connections'] })
  expect(report.leak).toMatchObject({ word: 'leak', count: 18, perIteration: { value: 4 } })
  expect(report.notReleased).toMatchObject({ now: 72, baseline: 5, reason: 'no-decay' })
  expect(report.forecasts.get(metricId('Connections'))).toMatchObject({ kind: 'trend' })
  expect(report.storm).toMatchObject({ word: 'storm', demands: 20, clients: 20 })
  expect(report.storm?.backoff).toHaveLength(3)
  expect(report.enough).toMatchObject({ kind: 'answer', replay: { value: 118 } })
  expect(report.raise).toMatchObject({ oldLimit: 100, newLimit: 200, guards: [{ isWorse: false }] })
  expect(report.profile.classes.capacity).toBe(report.verdict.errors)
  expect(report.clockErrorMs).toBe(200)
})

test('columns out of order are judged as if they came in order', () => {
  const tidy = plantedTest()
  const reversed = ({ timeMs, value }: Series): Series => ({
    timeMs: timeMs.toReversed(),
    value: value.toReversed(),
  })
  const { verdict, leak, forecasts } = evidenceOf({
    ...tidy,
    subject: { ...tidy.subject!, series: reversed(tidy.subject!.series) },
    capacity: { timeMs: tidy.capacity.timeMs.toReversed(), count: tidy.capacity.count },
    attempts: reversed(tidy.attempts!),
    run: { ...tidy.run!, iterations: tidy.run!.iterations.toReversed() },
  })
  const expected = evidenceOf(tidy)
  expect(verdict).toEqual(expected.verdict)
  expect(leak).toEqual(expected.leak)
  expect(forecasts).toEqual(expected.forecasts)
})

test('a sample that no organisation can count is a gap, not a demand for as many places', () => {
  const tidy = plantedTest()
  const { timeMs, value } = tidy.subject!.series
  const broken = evidenceOf({
    ...tidy,
    subject: { ...tidy.subject!, series: { timeMs, value: value.with(50, 1e300) } },
  })
  expect(broken.verdict).toMatchObject({ word: 'capacity-bound', peak: 100 })
  expect(broken.enough).toMatchObject({ kind: 'answer', replay: { value: 118 } })
})

test('a window that ends before it begins, or is none, holds nothing', () => {
  const tidy = plantedTest()
  for (const [from, to] of [
    [tidy.to, tidy.from],
    [Number.NaN, tidy.to],
    [tidy.from, Infinity],
  ]) {
    const report = evidenceOf({ ...tidy, from: epochMs(from!), to: epochMs(to!) })
    expect(report).toMatchObject({
      verdict: { reason: 'no-samples' },
      storm: { reason: 'no-burst' },
    })
    expectWords(report)
  }
})
