import { classify } from '#domain/errors/classify.ts'
import { type ErrorClass, type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { epochMs } from '#domain/units.ts'
import { columnsOf } from '../../columnsOf.ts'
import type { FileFormat } from '../fileFormat.ts'
import type { FileImport, Rejection } from '../fileImport.ts'
import { createRedactor, removalWords } from '../redaction.ts'
import { groupsOf, type NamedCounts } from './attemptGroups.ts'
import { fileIdOf } from './fileId.ts'
import { attemptsMetric, fileMarkers, type SeriesNames, levelMetric } from './fileSeries.ts'

/** What a load tool counted over a stretch of time. */
export type Period = {
  fromMs: number
  toMs: number
  /** Attempts begun; null where the tool does not count them. */
  attempts: number | null
  /** Replies by status as it stands in the file. */
  codes: ReadonlyMap<string, number>
  /** Failures without a reply, by the tool's words. */
  errors: ReadonlyMap<string, number>
  /** What was open at its end: virtual users, connections. */
  level: number | null
}

/** A report that counts over periods, read. */
export type PeriodReport = {
  periods: readonly Period[]
  /** Replies by status over all of it; null where the tool does not tell them apart. */
  codes: ReadonlyMap<string, number> | null
  samples: number
  /** Replies by label, then by status; null where the tool does not tell labels. */
  labels: ReadonlyMap<string, ReadonlyMap<string, number>> | null
  rejected: readonly Rejection[]
  warnings: readonly string[]
}

const MOST_REJECTIONS = 20

/**
 * Makes what the stores take of a report that counts over periods. A count stands at the end of its
 * period; a failure in the middle, since nobody wrote down when in it it was.
 */
export function importOfPeriods(
  name: string,
  format: FileFormat,
  names: SeriesNames,
  report: PeriodReport,
): FileImport {
  const redactor = createRedactor()
  const clean = (text: string) => redactor.clean(text)
  const periods = report.periods.toSorted((a, b) => a.fromMs - b.fromMs)
  const [first] = periods
  const last = periods.at(-1)
  const origin = clean(name)
  const fileId = fileIdOf(name, first?.fromMs ?? null)
  const run = { fileId, firstMs: first?.fromMs ?? 0, endMs: last?.toMs ?? 0 }
  const failures = periods.flatMap((period) => failuresOf(period, names, clean))
  const levels = periods.flatMap(({ toMs, level }) =>
    level === null ? [] : [{ at: epochMs(toMs), value: level }],
  )
  const attempts = periods.flatMap(({ toMs, attempts: value }) =>
    value === null ? [] : [{ at: epochMs(toMs), value }],
  )
  const series = [
    { metric: levelMetric(names, run.fileId, origin), of: levels },
    { metric: attemptsMetric(names, run.fileId, origin), of: attempts },
  ].filter(({ of }) => of.length > 0)
  const codes = report.codes && cleanCounts(report.codes, clean)
  const groups = groupsOf('label', labelled(report.labels), clean)
  // A reason may quote what stands there.
  const rejected = report.rejected
    .slice(0, MOST_REJECTIONS)
    .map(({ line, reason }) => ({ line, reason: clean(reason) }))
  const removed = removalWords(redactor.removals())
  const counts = {
    summary: {
      samples: report.samples,
      subSamples: null,
      rejected: report.rejected.length,
      codes,
      classes: classesOf(failures),
      firstAt: first ? epochMs(first.fromMs) : null,
      lastAt: last ? epochMs(last.fromMs) : null,
      endAt: last ? epochMs(last.toMs) : null,
      peakThreads: levels.reduce<number | null>(
        (peak, { value }) => Math.max(peak ?? 0, value),
        null,
      ),
      labels: report.labels?.size ?? null,
    },
    rejected,
    warnings: [...report.warnings, ...(removed ? [removed] : [])],
    removals: redactor.removals(),
  }
  return {
    format,
    fileId,
    observation: observation({
      metrics: series.map(({ metric }) => metric),
      samples: series.map(({ metric, of }) => ({ metric: metric.id, series: columnsOf(of) })),
      errors: failures,
      markers: first ? fileMarkers(names.kind, run, origin) : [],
    }),
    ...counts,
    groups,
    clock: null,
    stamps: null,
  }
}

const labelled = (labels: PeriodReport['labels']): NamedCounts[] =>
  [...(labels ?? [])].map(([name, codes]) => {
    const failures = [...codes].filter(([code]) => Number(code) >= 400)
    const refusals = failures.filter(
      ([code]) => classify({ status: Number(code) }).class === 'capacity',
    )
    return {
      name,
      attempts: sumOf([...codes]),
      refused: sumOf(refusals),
      failed: sumOf(failures),
    }
  })

const sumOf = (counts: readonly (readonly [string, number])[]) =>
  counts.reduce((sum, [, count]) => sum + count, 0)

function failuresOf(
  { fromMs, toMs, codes, errors }: Period,
  { kind }: SeriesNames,
  clean: (text: string) => string,
): ErrorEvent[] {
  const at = epochMs((fromMs + toMs) / 2)
  const ofCodes = [...codes].flatMap(([code, count]) => {
    const status = Number(code)
    if (!(status >= 400) || count <= 0) return []
    const read = classify({ status })
    return [errorEvent({ at, class: read.class, place: read.place, status, source: kind, count })]
  })
  const ofErrors = [...errors].flatMap(([words, count]) => {
    if (count <= 0) return []
    const read = classify({ status: 0, text: words })
    const { class: errorClass, place, status } = read
    const said = clean(words)
    return [
      errorEvent({
        at,
        class: errorClass,
        place,
        status,
        source: kind,
        count,
        code: said,
        message: said,
      }),
    ]
  })
  return [...ofCodes, ...ofErrors]
}

function classesOf(events: readonly ErrorEvent[]): Partial<Record<ErrorClass, number>> {
  const classes: Partial<Record<ErrorClass, number>> = {}
  for (const event of events) classes[event.class] = (classes[event.class] ?? 0) + event.count
  return classes
}

function cleanCounts(codes: ReadonlyMap<string, number>, clean: (text: string) => string) {
  const counts = new Map<string, number>()
  for (const [code, count] of codes) counts.set(clean(code), (counts.get(clean(code)) ?? 0) + count)
  return Object.fromEntries(counts)
}
