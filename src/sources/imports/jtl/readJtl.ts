import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { type ByteSource, HEAD_BYTES, textPieces } from '../byteSource.ts'
import { ImportError } from '../importError.ts'
import { FORMAT_TITLES, recogniseFormat } from '../recogniseFormat.ts'
import { createRedactor } from '../redaction.ts'
import { type CsvRecord, createCsvTokeniser } from '../csvTokeniser.ts'
import { jtlDialect, type JtlDialect } from './jtlDialect.ts'
import { jtlFailure } from './jtlFailure.ts'
import { createJtlObservation } from './jtlObservation.ts'
import { type JtlRecord, readJtlRecord, type Rejection } from './jtlRecord.ts'
import { createJtlSummary, type JtlSummary } from './jtlSummary.ts'
import { createRepeatFinder } from './repeats.ts'

/** How far an import is. */
export type ImportProgress = { bytes: number; totalBytes: number }

/** What a JMeter CSV file holds. Plain data that survives `structuredClone`; free of secrets. */
export type JtlImport = {
  /** The same for the same file at every import, also when it has grown meanwhile. */
  fileId: string
  observation: Observation
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

export type ReadJtlOptions = {
  /** The file's name: for messages, and as the origin of its series. */
  name: string
  onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Hears of every attempt (samples that repeat others left out), in the order of the file. */
  onAttempt?: ((attempt: JtlAttempt) => void) | undefined
  signal?: AbortSignal | undefined
}

const MAX_REJECTIONS = 20
/** Progress is told per percent: more than a screen can show would only cost it work. */
const PROGRESS_STEPS = 100

/**
 * Reads a JMeter CSV file in one streaming pass. Throws ImportError when the file is refused as a
 * whole, and the signal's reason when aborted; broken lines are left out and told.
 */
export async function readJtl(file: ByteSource, options: ReadJtlOptions): Promise<JtlImport> {
  const { name, onProgress, onAttempt, signal } = options
  let toldBytes = 0
  const pieces = textPieces(file, name, {
    signal,
    onBytes: (bytes) => {
      if (bytes < file.size && bytes - toldBytes < file.size / PROGRESS_STEPS) return
      toldBytes = bytes
      onProgress?.({ bytes, totalBytes: file.size })
    },
  })
  let reading: ReturnType<typeof createReading> | null = null
  for await (const piece of pieces) {
    reading ??= createReading(name, dialectOf(piece, name), onAttempt)
    reading.push(piece)
  }
  // textPieces gives at least one piece or throws.
  return reading!.end()
}

function dialectOf(piece: string, name: string): JtlDialect {
  const head = piece.slice(0, HEAD_BYTES)
  const dialect = jtlDialect(head)
  if (dialect.kind === 'jtl') return dialect
  const format = recogniseFormat(head)
  const wanted = FORMAT_TITLES['jtl-csv']
  if (format === null || dialect.isJtl) {
    throw new ImportError('noUsableColumn', `${name}, ${dialect.reason}`)
  }
  const title = FORMAT_TITLES[format]
  if (format === 'csv') {
    throw new ImportError(
      'noUsableColumn',
      `${name} is recognised as ${title}, this version reads ${wanted}; ${dialect.reason}`,
    )
  }
  throw new ImportError(
    'otherFormat',
    `${name} is recognised as ${title}; this version reads ${wanted}`,
  )
}

/** The state of one pass: tokens become records, records are judged, counted and collected. */
function createReading(name: string, dialect: JtlDialect, onAttempt: ReadJtlOptions['onAttempt']) {
  const redactor = createRedactor()
  const summary = createJtlSummary(dialect, redactor)
  const collected = createJtlObservation(name, redactor)
  const repeats = createRepeatFinder()
  const rejections: Rejection[] = []
  let rejected = 0
  let assumedUtc = 0
  let isHeaderNext = dialect.hasHeader

  function take(record: JtlRecord) {
    const failure = jtlFailure(record)
    summary.add(record, failure)
    const isRepeat = repeats.isRepeat(record, failure !== null)
    collected.add(record, failure, isRepeat)
    const { startMs, endMs, thread } = record
    if (!isRepeat) onAttempt?.({ startMs, endMs, thread, errorClass: failure?.class ?? null })
    if (record.assumedUtc) assumedUtc += 1
  }

  const tokeniser = createCsvTokeniser(dialect.delimiter, (record: CsvRecord) => {
    if (isHeaderNext) {
      isHeaderNext = false
      return
    }
    const reading = readJtlRecord(record, dialect)
    if (typeof reading !== 'string') {
      take(reading)
      return
    }
    rejected += 1
    if (rejections.length < MAX_REJECTIONS) rejections.push({ line: record.line, reason: reading })
  })

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

  return {
    push: (piece: string) => tokeniser.push(piece),
    end(): JtlImport {
      tokeniser.end()
      const counted = summary.result(rejected)
      const first = rejections[0]
      if (counted.samples === 0 && first) {
        throw new ImportError(
          'noUsableColumn',
          `${name}: none of its ${rejected} records can be used; line ${first.line}: ${first.reason}`,
        )
      }
      const { firstAt, endAt, samples } = counted
      const fileId = idOf(`${name}\n${firstAt}`)
      const hasSamples = firstAt !== null && endAt !== null
      const observed = hasSamples ? collected.result(fileId, firstAt, endAt) : NOTHING_OBSERVED
      return {
        fileId,
        observation: observed,
        summary: counted,
        rejected: rejections,
        warnings: warnings(samples),
        removedSecrets: redactor.removed(),
      }
    },
  }
}

/** A short name for a text (FNV-1a, 32 bits): a handful of files share an organisation. */
function idOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
