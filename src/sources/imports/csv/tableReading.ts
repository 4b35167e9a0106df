import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import { epochMs } from '#domain/units.ts'
import type { Rejection } from '../fileImport.ts'
import { parseFileTime } from '../fileTime.ts'
import { cellNumber } from './cellNumber.ts'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'
import type { TableChoice } from './tableChoice.ts'

/** The chosen cells of one row; an empty cell is NaN, an empty limit null. */
export type TableRow = { at: number; values: readonly number[]; limit: number | null }

/** A table that was read, oldest row first. */
export type ReadTable = {
  rows: readonly TableRow[]
  rejected: number
  /** The first 20 rows that were left out. */
  rejections: readonly Rejection[]
  warnings: readonly string[]
}

const MAX_REJECTIONS = 20
const LIMIT_SOURCE = 'limit column of the file'

/** Reads the chosen columns of a table that arrives in pieces; a row that cannot be read is left out and told. */
export function createTableReading(
  { delimiter, width, hasHeader }: { delimiter: string; width: number; hasHeader: boolean },
  choice: TableChoice,
) {
  const rows: TableRow[] = []
  const rejections: Rejection[] = []
  let rejected = 0
  let assumedUtc = 0
  let isHeaderNext = hasHeader

  /** A row, or the reason why it is none. */
  function rowOf({ fields, isQuoteOpen, isTooLong }: CsvRecord): TableRow | string {
    if (isQuoteOpen) return 'a quote opened here is never closed'
    if (isTooLong) return 'the line is longer than a million bytes'
    if (fields.length !== width) return `${fields.length} fields where ${width} were expected`
    const time = parseFileTime(fields[choice.time]!.trim())
    if (!time) return 'the time is neither ISO nor epoch seconds or milliseconds'
    const values: number[] = []
    for (const column of choice.values) {
      const value = cellNumber(fields[column]!.trim())
      if (value === null) return 'the value is no number'
      values.push(value)
    }
    const limit = choice.limit === null ? NaN : cellNumber(fields[choice.limit]!.trim())
    if (limit === null) return 'the limit is no number'
    if (time.assumedUtc) assumedUtc += 1
    return { at: time.ms, values, limit: Number.isNaN(limit) ? null : limit }
  }

  const reader = createCsvRecords(delimiter, (record) => {
    if (isHeaderNext) {
      isHeaderNext = false
      return
    }
    const row = rowOf(record)
    if (typeof row !== 'string') {
      rows.push(row)
      return
    }
    rejected += 1
    if (rejections.length < MAX_REJECTIONS) rejections.push({ line: record.line, reason: row })
  })

  return {
    push: reader.push,
    end(): ReadTable {
      reader.end()
      return {
        rows: rows.toSorted((a, b) => a.at - b.at),
        rejected,
        rejections,
        warnings: assumedUtc > 0 ? ['times name no zone and were read as UTC'] : [],
      }
    },
  }
}

/** A step wherever the limit column changes; an empty cell is a limit that is not known. */
export function limitsOf(rows: readonly TableRow[]): LimitSteps {
  const steps: LimitStep[] = []
  for (const { at, limit } of rows)
    if (steps.length === 0 || steps.at(-1)!.value !== limit)
      steps.push({ from: epochMs(at), value: limit, source: LIMIT_SOURCE })
  return steps
}
