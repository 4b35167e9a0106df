import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import type { Rejection } from '../fileImport.ts'
import { parseFileTime } from '../fileTime.ts'
import { cellNumber } from './cellNumber.ts'
import { createCsvScanner } from './csvScanner.ts'
import { createGrowingColumn } from './growingColumn.ts'
import { cellText, type ScannedRow } from './scannedRow.ts'
import type { TableChoice } from './tableChoice.ts'

/** A table that was read, oldest row first; rows of one instant are in the order of the file. */
export type ReadTable = {
  timeMs: Float64Array
  /** The chosen columns of values; NaN is an empty cell. */
  values: readonly Float64Array[]
  /** NaN is a limit that is not known; null where no column was chosen. */
  limit: Float64Array | null
  rejected: number
  /** The first 20 rows that were left out. */
  rejections: readonly Rejection[]
  warnings: readonly string[]
}

const MAX_REJECTIONS = 20
const LIMIT_SOURCE = 'limit column of the file'

/**
 * Reads the chosen columns of a table that arrives in pieces; a row that cannot be read is left out and
 * told. Every value counts, so memory grows with the rows: 8 bytes for the time and for each chosen cell.
 */
export function createTableReading(
  { delimiter, width, hasHeader }: { delimiter: string; width: number; hasHeader: boolean },
  choice: TableChoice,
) {
  const chosen = choice.limit === null ? choice.values : [...choice.values, choice.limit]
  const times = createGrowingColumn()
  const columns = chosen.map(createGrowingColumn)
  const cells = new Float64Array(chosen.length)
  const rejections: Rejection[] = []
  let rejected = 0
  let assumedUtc = 0
  let isHeaderNext = hasHeader

  /** Takes a row in; a text is the reason why it is none. */
  function problemIn(row: ScannedRow): string | null {
    if (row.isQuoteOpen) return 'a quote opened here is never closed'
    if (row.isTooLong) return 'the line is longer than a million bytes'
    if (row.width !== width) return `${row.width} fields where ${width} were expected`
    const time = parseFileTime(cellText(row, choice.time).trim())
    if (!time) return 'the time is neither ISO nor epoch seconds or milliseconds'
    for (const [i, column] of chosen.entries()) {
      const value = cellNumber(cellText(row, column).trim())
      if (value === null)
        return i < choice.values.length ? 'the value is no number' : 'the limit is no number'
      cells[i] = value
    }
    if (time.assumedUtc) assumedUtc += 1
    times.push(time.ms)
    for (const [i, column] of columns.entries()) column.push(cells[i]!)
    return null
  }

  const scanner = createCsvScanner(delimiter.charCodeAt(0), (row) => {
    if (isHeaderNext) {
      isHeaderNext = false
      return
    }
    const reason = problemIn(row)
    if (reason === null) return
    rejected += 1
    if (rejections.length < MAX_REJECTIONS) rejections.push({ line: row.line, reason })
  })

  return {
    push: scanner.push,
    end(): ReadTable {
      scanner.end()
      const timeMs = times.taken()
      const order = orderOf(timeMs)
      const sorted = columns.map((column) => inOrder(column.taken(), order))
      return {
        timeMs: inOrder(timeMs, order),
        values: sorted.slice(0, choice.values.length),
        limit: choice.limit === null ? null : sorted.at(-1)!,
        rejected,
        rejections,
        warnings: assumedUtc > 0 ? ['times name no zone and were read as UTC'] : [],
      }
    },
  }
}

/** The rows by their times, those of one instant as they stand; null where they stand so already. */
function orderOf(timeMs: Float64Array): Uint32Array | null {
  if (timeMs.every((at, i) => i === 0 || at >= timeMs[i - 1]!)) return null
  return Uint32Array.from(timeMs, (_, i) => i).sort((a, b) => timeMs[a]! - timeMs[b]! || a - b)
}

const inOrder = (column: Float64Array, order: Uint32Array | null): Float64Array =>
  order ? Float64Array.from(order, (row) => column[row]!) : column

/** One column of values as a series with times of its own. Of several rows at one instant the last one counts. */
export function seriesIn({ timeMs, values }: ReadTable, column: number): Series {
  const value = values[column]!
  const isLast = (i: number) => timeMs[i + 1] !== timeMs[i]
  if (timeMs.every((_, i) => isLast(i))) return { timeMs: timeMs.slice(), value }
  const kept = { timeMs: new Float64Array(timeMs.length), value: new Float64Array(timeMs.length) }
  let size = 0
  for (let i = 0; i < timeMs.length; i += 1) {
    if (!isLast(i)) continue
    kept.timeMs[size] = timeMs[i]!
    kept.value[size] = value[i]!
    size += 1
  }
  return { timeMs: kept.timeMs.slice(0, size), value: kept.value.slice(0, size) }
}

/** A step wherever the limit column changes; an empty cell is a limit that is not known. */
export function limitsIn({ timeMs, limit }: ReadTable): LimitSteps {
  const steps: LimitStep[] = []
  limit?.forEach((cell, i) => {
    const value = Number.isNaN(cell) ? null : cell
    if (steps.length > 0 && steps.at(-1)!.value === value) return
    steps.push({ from: epochMs(timeMs[i]!), value, source: LIMIT_SOURCE })
  })
  return steps
}
