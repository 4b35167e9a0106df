import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { SECOND_MS } from '#domain/units.ts'
import { createCsvScanner } from '../csv/csvScanner.ts'
import type { ScannedRow } from '../csv/scannedRow.ts'
import { createRedactor } from '../redaction.ts'
import { createFailureBook } from './failureBook.ts'
import type { JtlDialect } from './jtlDialect.ts'
import { createJtlObservation, type JtlRun } from './jtlObservation.ts'
import { createJtlSummary, type JtlSummary } from './jtlSummary.ts'
import { createJtlRowReader, type Rejection } from './jtlRowReader.ts'
import { createRepeatFinder } from './repeatFinder.ts'

/** What a JMeter CSV file holds, beside its series. Free of secrets. */
export type JtlCounts = {
  summary: JtlSummary
  /** The first 20 records that were left out; `summary.rejected` counts all. */
  rejected: readonly Rejection[]
  /** What a reader should know about how the file was read, one sentence each. */
  warnings: readonly string[]
  /** Secrets taken out of texts that are kept, counted once per distinct text. */
  removedSecrets: number
}

/**
 * One attempt of a load test; `thread` is as it stands in the file, and must not be shown or kept.
 */
export type JtlAttempt = {
  startMs: number
  endMs: number
  thread: string | null
  errorClass: ErrorClass | null
}

const MAX_REJECTIONS = 20

/** The state of one pass: rows become samples, samples are judged, counted and collected. */
export function createJtlPass(
  name: string,
  dialect: JtlDialect,
  onAttempt: ((attempt: JtlAttempt) => void) | undefined,
) {
  const redactor = createRedactor()
  const reader = createJtlRowReader(dialect)
  const { texts, sample } = reader
  const failures = createFailureBook(texts)
  const summary = createJtlSummary(dialect, texts, redactor)
  const collected = createJtlObservation(name, texts, redactor)
  const repeats = createRepeatFinder(texts)
  const rejections: Rejection[] = []
  let rejected = 0
  let assumedUtc = 0
  let isHeaderNext = dialect.hasHeader
  let fileId: string | null = null
  let isOver = false

  const scanner = createCsvScanner(dialect.delimiter.charCodeAt(0), (row) => {
    if (isHeaderNext) {
      isHeaderNext = false
      return
    }
    const reason = reader.read(row)
    if (reason === null) take()
    else reject(row, reason)
  })

  function take() {
    // The first sample stays the first however the file grows; the earliest start may turn up later.
    fileId ??= fileIdOf(name, sample.startMs)
    const failure = failures.failureOf(sample)
    summary.add(sample, failure)
    const isRepeat = repeats.isRepeat(sample, failure !== null)
    collected.add(sample, failure, isRepeat)
    if (sample.assumedUtc) assumedUtc += 1
    if (isRepeat || !onAttempt) return
    const { startMs, endMs, thread } = sample
    const threadName = thread < 0 ? null : texts.thread.text(thread)
    onAttempt({ startMs, endMs, thread: threadName, errorClass: failure?.class ?? null })
  }

  function reject({ line }: ScannedRow, reason: string) {
    rejected += 1
    if (rejections.length < MAX_REJECTIONS) rejections.push({ line, reason })
  }

  function warnings(samples: number): string[] {
    const told = [...dialect.warnings]
    if (samples === 0) told.push('the file holds a header line and no samples')
    if (assumedUtc > 0) told.push('times name no zone and were read as UTC')
    if (repeats.transactions() > 0) {
      told.push(
        `${repeats.transactions()} rows of transaction controllers repeat other rows: they are not charted as attempts or errors`,
      )
    }
    if (repeats.subResults() > 0) {
      told.push(
        `${repeats.subResults()} rows are sub-results of the row before them (redirects, embedded resources): they are not charted as attempts or errors`,
      )
    }
    if (collected.hasTooManyRoutes()) {
      told.push('the file has more than 2000 labels with errors; errors of further ones carry none')
    }
    if (redactor.removed() > 0) told.push(`${redactor.removed()} secrets were taken out`)
    return told
  }

  function run(): JtlRun | null {
    const { firstAt, endAt } = summary.span()
    if (firstAt === null || endAt === null || fileId === null) return null
    return { fileId, firstMs: firstAt, endMs: isOver ? endAt : null }
  }

  /** Seconds since 1970 before which nothing more is expected: rows come in the order of their ends. */
  const settledBefore = () => Math.floor((summary.span().endAt ?? 0) / SECOND_MS)

  return {
    push: scanner.push,
    end() {
      scanner.end()
      isOver = true
    },
    /** The same for the same file at every import; null before its first sample. */
    fileId: () => fileId,
    newestThreads: summary.newestThreads,
    /** All that was collected. */
    observation(): Observation {
      const known = run()
      return known ? collected.whole(known) : NOTHING_OBSERVED
    },
    news(isQuiet: boolean): Observation {
      const known = run()
      const before = isQuiet || isOver ? Number.POSITIVE_INFINITY : settledBefore()
      return known ? collected.news(known, before) : NOTHING_OBSERVED
    },
    counts(): JtlCounts {
      const counted = summary.result(rejected)
      return {
        summary: counted,
        rejected: [...rejections],
        warnings: warnings(counted.samples),
        removedSecrets: redactor.removed(),
      }
    },
  }
}

/** The id of a file by its name and the start of its first sample. */
export const fileIdOf = (name: string, firstMs: number | null) => idOf(`${name}\n${firstMs}`)

/** A short name for a text (FNV-1a, 32 bits): a handful of files share an organisation. */
function idOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
