import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { leakWords } from '#domain/evidence/leak/leakWords.ts'
import { stormWords } from '#domain/evidence/storm/stormWords.ts'
import type { Verdict } from '#domain/evidence/verdict/verdict.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import type { Interval } from '#domain/stats/interval.ts'

/**
 * What `analyze --json` prints of one file: an agreed shape (docs/formats.md). Null: not known, or
 * without a bound.
 */
export type AnalyzeReport = {
  file: string
  verdict: Verdict['word']
  /** One sentence. */
  reason: string
  p: number | null
  coverage: number
  errors: number
  errorsAtLimit: number
  pAtLimit: number | null
  pBelow: number | null
  difference: JsonInterval | null
  oddsRatio: JsonInterval | null
  fisherP: number | null
  lagMs: JsonInterval | null
  limit: number | null
  peak: number | null
  leak: {
    word: string
    floors: number
    perIteration: JsonInterval | null
    p: number | null
    limitInIteration: JsonInterval | null
  } | null
  storm: {
    word: string
    attempts: number
    demands: number
    amplification: number | null
    p: number | null
    fromMs: number
    toMs: number
  } | null
  warnings: readonly string[]
}

type JsonInterval = { value: number | null; low: number | null; high: number | null }

/** A file goes from machine to machine: its times are those of nobody's desk. */
const ZONE = 'UTC'

/**
 * A report as JSON. Parts that have nothing to say (no floor, no burst of failures, clients not
 * told apart) are null.
 */
export function analyzeReport(
  file: string,
  report: EvidenceReport,
  warnings: readonly string[],
): AnalyzeReport {
  const { verdict, leak, storm } = report
  const { sentence } = verdictWords(report, ZONE)
  return {
    file,
    verdict: verdict.word,
    reason: sentence,
    p: verdict.p,
    coverage: verdict.coverage,
    errors: verdict.errors,
    errorsAtLimit: verdict.errorsAtLimit,
    pAtLimit: verdict.pAtLimit,
    pBelow: verdict.pBelow,
    difference: jsonInterval(verdict.difference),
    oddsRatio: jsonInterval(verdict.oddsRatio),
    fisherP: verdict.fisherP,
    lagMs: jsonInterval(verdict.lagMs),
    limit: verdict.limit,
    peak: verdict.peak,
    leak:
      leak === null || leak.count === 0
        ? null
        : {
            word: leak.word,
            floors: leak.count,
            perIteration: jsonInterval(leak.perIteration),
            p: leak.p,
            limitInIteration: jsonInterval(leak.reaches),
          },
    storm:
      storm === null || storm.reason === 'no-burst' || storm.reason === 'no-clients'
        ? null
        : {
            word: storm.word,
            attempts: storm.attempts,
            demands: storm.demands,
            amplification: storm.amplification,
            p: storm.p,
            fromMs: storm.from,
            toMs: storm.to,
          },
    warnings,
  }
}

/** JSON has no infinity: a side without a bound is null. */
const jsonInterval = (interval: Interval | null): JsonInterval | null =>
  interval && {
    value: finite(interval.value),
    low: finite(interval.low),
    high: finite(interval.high),
  }

const finite = (value: number) => (Number.isFinite(value) ? value : null)

/** The same for people, a line each. */
export function analyzeText(
  file: string,
  report: EvidenceReport,
  warnings: readonly string[],
): string[] {
  const { word, sentence, against, next } = verdictWords(report, ZONE)
  const leak = report.leak && leakWords(report.leak, report.verdict.limit, ZONE)
  const storm = report.storm && stormWords(report.storm, ZONE)
  return [
    `${file}: ${word}`,
    `  ${sentence}`,
    ...(against ? [`  ${against}`] : []),
    ...[leak, storm].flatMap((found) => (found ? [`  ${found.title}: ${found.sentence}`] : [])),
    `  ${next}`,
    ...warnings.map((warning) => `  note: ${warning}`),
  ]
}
