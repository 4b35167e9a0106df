import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import { columnsOf } from '../../columnsOf.ts'
import { bytePieces, type ByteSource } from '../byteSource.ts'
import { parseFileTime } from '../fileTime.ts'
import { ImportError } from '../importError.ts'
import { createTextIntake } from '../textIntake.ts'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'

/** A series that somebody exported: `time,value[,limit]`. */
export type SeriesCsv = {
  /** Oldest first; an empty value is a gap. */
  series: Series
  /** From the limit column; null where the file has none. */
  limits: LimitSteps | null
  /** The column's name, where there is a header. */
  title: string | null
  rows: number
  rejected: number
  /** The first 20 rows that were left out. */
  rejections: readonly { line: number; reason: string }[]
  warnings: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const MAX_REJECTIONS = 20
const SOURCE = 'limit column of the file'

type Row = { at: number; value: number; limit: number | null; assumedUtc: boolean }

/**
 * Reads a series from a table of two or three columns: time (ISO, or epoch seconds or
 * milliseconds), value, and where there is one the limit. Header names are free; a first line whose
 * time is none is the header. Throws ImportError where the file is no such table; rows that cannot
 * be read are left out and told.
 */
export async function readSeriesCsv(
  file: ByteSource,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<SeriesCsv> {
  const intake = createTextIntake(name, (head) => createReading(name, delimiterOf(head)))
  for await (const piece of bytePieces(file, name, signal)) intake.push(piece)
  return intake.end().end()
}

/** The one that cuts the first line into most cells. */
function delimiterOf(head: string): string {
  const [first = ''] = head.split(/\r?\n/, 1)
  const cells = (delimiter: string) => first.split(delimiter).length
  return DELIMITERS.toSorted((a, b) => cells(b) - cells(a))[0]!
}

function createReading(name: string, delimiter: string) {
  const rows: Row[] = []
  const rejections: { line: number; reason: string }[] = []
  let rejected = 0
  let header: readonly string[] | null = null
  let width = 0

  const reader = createCsvRecords(delimiter, (record: CsvRecord) => {
    if (width === 0) {
      width = record.fields.length
      if (width < 2 || width > 3) throw unusable(record)
      if (parseFileTime(record.fields[0]!.trim()) === null) {
        header = record.fields
        return
      }
    }
    const row = rowOf(record, width)
    if (typeof row !== 'string') {
      rows.push(row)
      return
    }
    rejected += 1
    if (rejections.length < MAX_REJECTIONS) rejections.push({ line: record.line, reason: row })
  })

  const unusable = ({ line, fields }: CsvRecord) =>
    new ImportError(
      'noUsableColumn',
      `${name}, line ${line}: expected two or three columns (time, value, and a limit where there is one); found ${fields.length}`,
    )

  return {
    push: reader.push,
    end(): SeriesCsv {
      reader.end()
      const [first] = rejections
      if (rows.length === 0) {
        const why = first ? `line ${first.line}: ${first.reason}` : 'it holds a header and no rows'
        throw new ImportError('noUsableColumn', `${name}: no row can be used; ${why}`)
      }
      const sorted = rows.toSorted((a, b) => a.at - b.at)
      return {
        series: columnsOf(sorted.map(({ at, value }) => ({ at: epochMs(at), value }))),
        limits: width === 3 ? limitsOf(sorted) : null,
        title: header?.[1]?.trim() || null,
        rows: rows.length,
        rejected,
        rejections,
        warnings: sorted.some(({ assumedUtc }) => assumedUtc)
          ? ['times name no zone and were read as UTC']
          : [],
      }
    },
  }
}

/** A row, or the reason why it is none. */
function rowOf({ fields, isQuoteOpen, isTooLong }: CsvRecord, width: number): Row | string {
  if (isQuoteOpen) return 'a quote opened here is never closed'
  if (isTooLong) return 'the line is longer than a million bytes'
  if (fields.length !== width) return `${fields.length} fields where ${width} were expected`
  const [stamp = '', value = '', limit = ''] = fields.map((field) => field.trim())
  const time = parseFileTime(stamp)
  if (!time) return 'the time is neither ISO nor epoch seconds or milliseconds'
  const read = numberOf(value)
  const readLimit = numberOf(limit)
  if (read === null) return 'the value is no number'
  if (readLimit === null) return 'the limit is no number'
  return {
    at: time.ms,
    value: read,
    limit: Number.isNaN(readLimit) ? null : readLimit,
    assumedUtc: time.assumedUtc,
  }
}

/** NaN for an empty cell, null for what is no number. */
function numberOf(text: string): number | null {
  if (text === '' || /^(nan|null|na|-)$/i.test(text)) return Number.NaN
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** A step wherever the column changes; an empty cell is a limit that is not known. */
function limitsOf(rows: readonly Row[]): LimitSteps {
  const steps: LimitStep[] = []
  for (const { at, limit } of rows)
    if (steps.length === 0 || steps.at(-1)!.value !== limit)
      steps.push({ from: epochMs(at), value: limit, source: SOURCE })
  return steps
}
