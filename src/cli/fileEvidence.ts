import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { type AttemptRow, attemptColumns } from '#domain/evidence/demand/attempts.ts'
import { meanInFlight } from '#domain/evidence/demand/meanInFlight.ts'
import type { EvidenceInput } from '#domain/evidence/evidence.ts'
import { foundIterations } from '#domain/evidence/leak/foundIterations.ts'
import { failureProfile } from '#domain/evidence/verdict/failureProfile.ts'
import type { WatchedSeries } from '#domain/evidence/watchedSeries.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { median } from '#domain/stats/quantile.ts'
import { durationMs, epochMs, metricId, SECOND_MS } from '#domain/units.ts'
import type { ByteSource } from '#sources/imports/byteSource.ts'
import type { SeriesCsv } from '#sources/imports/csv/readSeriesCsv.ts'
import type { FileAttempt, FileImport } from '#sources/imports/fileImport.ts'
import { readFile } from '#sources/imports/readFile.ts'

/**
 * What is held against the limit: active threads, requests in flight, or a series of another file.
 */
export type Counted =
  | { kind: 'threads' }
  | { kind: 'inFlight' }
  | { kind: 'series'; name: string; csv: SeriesCsv }

/** A file with every attempt in it: none where it only counts over periods, or is a table. */
export type ReadTest = { file: FileImport; attempts: readonly FileAttempt[] }

/** Reads a file for the evidence. Throws ImportError as `readFile`. */
export async function readTest(
  source: ByteSource,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ReadTest> {
  const attempts: FileAttempt[] = []
  const file = await readFile(source, {
    name,
    signal,
    onAttempt: (attempt) => attempts.push(attempt),
  })
  return { file, attempts }
}

/**
 * What the evidence needs of a load test's file. The window is the file's own, from the first start
 * to the last answer; errors and attempts stand where they were answered, or where a report over periods
 * puts them. The limit is the given one, else that of the series' file, else the file's own.
 */
export function fileEvidence(
  { file, attempts }: ReadTest,
  counted: Counted,
  limit: number | null,
): EvidenceInput {
  const window = windowOf(file, attempts)
  const binMs =
    counted.kind === 'inFlight' ? inFlightBinMs(attempts, window) : periodMs(file, attempts)
  const steps: LimitSteps =
    limit === null
      ? counted.kind === 'series'
        ? (counted.csv.limits ?? [])
        : limitsIn(file)
      : [{ from: epochMs(0), value: limit, source: '--limit' }]
  const subject = watchedIn(file, attempts, counted, binMs, steps)
  const { errors } = file.observation
  return {
    from: epochMs(window.from),
    to: epochMs(window.to),
    subject,
    rivals: [],
    forecasts: [],
    capacity: capacityIn(file, attempts),
    profile: failureProfile(errors, { A: namedIn(errors), B: 0, C: 0, D: 0 }),
    attempts:
      attempts.length > 0 ? answersPer(attempts, binMs) : (attemptsIn(file) ?? EMPTY_SERIES),
    clients: clientsIn(attempts),
    // Floors of a series that was measured elsewhere; a test's own threads always end at none.
    run:
      counted.kind === 'series'
        ? {
            iterations: foundIterations(counted.csv.series),
            series: counted.csv.series,
            clientSide: null,
          }
        : null,
    guards: [],
    own: 0,
    isDetailed: true,
    clockErrorMs: null,
    minBinMs: binMs,
  }
}

/** From the first start to the last answer. */
function windowOf({ summary }: FileImport, attempts: readonly FileAttempt[]) {
  if (attempts.length > 0) {
    const from = attempts.reduce((least, { startMs }) => Math.min(least, startMs), Infinity)
    const end = attempts.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity)
    return { from, to: end + 1 }
  }
  const { firstAt, endAt } = summary
  return firstAt === null || endAt === null ? { from: 0, to: 0 } : { from: firstAt, to: endAt + 1 }
}

/** Refusals: single ones where they were answered, else as the file counts them. */
function capacityIn({ observation }: FileImport, attempts: readonly FileAttempt[]) {
  const single = attempts
    .filter(({ errorClass }) => errorClass === 'capacity')
    .map(({ endMs }) => ({ at: endMs, count: 1 }))
  const counted = observation.errors.filter((event) => event.class === 'capacity')
  const events = (attempts.length > 0 ? single : counted).toSorted((a, b) => a.at - b.at)
  return {
    timeMs: Float64Array.from(events, ({ at }) => at),
    count: Float64Array.from(events, ({ count }) => count),
  }
}

/** How fine the file counts: a report over periods no finer than those. */
function periodMs(file: FileImport, attempts: readonly FileAttempt[]): number {
  const times = attempts.length > 0 ? undefined : (attemptsIn(file) ?? levelIn(file))?.timeMs
  const distances = times ? Array.from(times.subarray(1), (at, i) => at - times[i]!) : []
  return Math.max(SECOND_MS, median(distances) ?? SECOND_MS)
}

const seriesIn = ({ observation }: FileImport, kind: 'gauge' | 'count'): Series | null => {
  const metric = observation.metrics.find((one) => one.kind === kind)
  return observation.samples.find((one) => one.metric === metric?.id)?.series ?? null
}
/** What the file says was open: threads, users, sockets, or the first column of a table. */
export const levelIn = (file: FileImport) => seriesIn(file, 'gauge')
const attemptsIn = (file: FileImport) => seriesIn(file, 'count')

const limitsIn = ({ observation }: FileImport): LimitSteps => {
  const metric = observation.metrics.find(({ kind }) => kind === 'gauge')
  return observation.limits.flatMap((one) => (one.metric === metric?.id ? [one.step] : []))
}

function watchedIn(
  file: FileImport,
  attempts: readonly FileAttempt[],
  counted: Counted,
  binMs: number,
  limits: LimitSteps,
): WatchedSeries {
  const common = {
    metric: metricId(counted.kind),
    provenance: 'measured' as const,
    scope: 'sampledClients' as const,
    limits,
    intervalMs: durationMs(binMs),
  }
  if (counted.kind === 'series') {
    const { csv, name } = counted
    return {
      ...common,
      title: csv.title ?? name,
      scope: 'organisation',
      intervalMs: null,
      series: csv.series,
    }
  }
  if (counted.kind === 'threads') {
    const level = file.observation.metrics.find(({ kind }) => kind === 'gauge')
    return {
      ...common,
      title: level?.title ?? 'Active threads',
      series: levelIn(file) ?? EMPTY_SERIES,
    }
  }
  const accepted = attempts.filter(({ errorClass }) => errorClass === null)
  const series = meanInFlight(
    accepted.map(({ startMs }) => startMs),
    accepted.map(({ endMs }) => endMs),
    binMs,
  )
  return { ...common, title: 'Requests in flight', series }
}

const MOST_BINS = 600
const ANSWERS_PER_BIN = 5

/**
 * How fine requests in flight are counted: 600 bins if they are no shorter than five usual answers
 * take. In shorter ones neighbouring bins hold the same requests, and one pause of the load
 * generator, which reads answers late, would look like more in flight than the server ever had.
 */
function inFlightBinMs(
  attempts: readonly FileAttempt[],
  { from, to }: { from: number; to: number },
): number {
  const accepted = attempts.filter(({ errorClass }) => errorClass === null)
  const usualMs = median(accepted.map(({ startMs, endMs }) => endMs - startMs)) ?? 0
  return roundedUp(Math.max(10, (to - from) / MOST_BINS, ANSWERS_PER_BIN * usualMs))
}

/** The next of 10, 20, 50, 100, 200, 500 … */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? 10 * power
}

/** Answers per bin as a count series: each stands at the end of its bin. */
function answersPer(attempts: readonly FileAttempt[], binMs: number): Series {
  const counts = new Map<number, number>()
  for (const { endMs } of attempts) {
    const bin = Math.floor(endMs / binMs)
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  const bins = Float64Array.from(counts.keys()).sort()
  const timeMs: number[] = []
  const value: number[] = []
  let before: number | null = null
  for (const bin of bins) {
    // A pause is zero from its first bin to its last.
    if (before !== null && bin > before + 1) {
      timeMs.push(bin * binMs)
      value.push(0)
    }
    timeMs.push((bin + 1) * binMs)
    value.push(counts.get(bin)!)
    before = bin
  }
  return { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) }
}

/** Threads are the clients; what a request held, it gave back with its answer. */
function clientsIn(attempts: readonly FileAttempt[]): EvidenceInput['clients'] {
  const rows = attempts.flatMap(({ startMs, endMs, thread, errorClass }): AttemptRow[] =>
    thread === null
      ? []
      : [{ client: thread, startMs, endMs, failed: errorClass !== null, releasedMs: endMs }],
  )
  return rows.length > 0 ? attemptColumns(rows) : null
}

/** Capacity errors in which the server itself named a limit. */
const namedIn = (errors: readonly ErrorEvent[]) =>
  errors.reduce(
    (sum, event) => sum + (event.class === 'capacity' && event.limit !== null ? event.count : 0),
    0,
  )
