import { parseFileTime } from '../fileTime.ts'
import { type CsvRecord, createCsvRecords } from './csvRecords.ts'
import { cellNumber } from './cellNumber.ts'

/** Which columns of a table are read, by their index. */
export type TableChoice = { time: number; values: readonly number[]; limit: number | null }

/** How a table is written, and what is read of it unless somebody chooses otherwise. */
export type TableLayout = {
  delimiter: string
  width: number
  /** Names of the columns; null where the first line is data already. */
  header: readonly string[] | null
  /** Columns whose cells are times, and such whose cells are numbers or empty. */
  times: readonly number[]
  numbers: readonly number[]
  choice: TableChoice
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const LIMIT_NAME = /\b(?:limit|quota|capacity|threshold|cap)\b/i
/** So many rows decide what a column holds. */
const LOOKED_AT = 200

/**
 * How a table is written, judged by its beginning; null where it is none: fewer than two columns, or
 * no time in any of them. A column named as a limit is taken for one where another value is left.
 */
export function tableLayout(head: string): TableLayout | null {
  const { delimiter, fields: first } = firstRecord(head)
  const records = recordsOf(head, delimiter).map(({ fields }) => fields)
  const width = first.length
  if (width < 2) return null
  const hasHeader = first.every((cell) => !parseFileTime(cell.trim()))
  const rows = (hasHeader ? records.slice(1) : records).filter((row) => row.length === width)
  const columns = Array.from({ length: width }, (_, column) =>
    rows.map((row) => row[column]!.trim()),
  )
  const times = indicesOf(columns, (cells) =>
    isMostly(cells, (cell) => parseFileTime(cell) !== null),
  )
  const numbers = indicesOf(
    columns,
    (cells) =>
      cells.some((cell) => cell !== '') && isMostly(cells, (cell) => cellNumber(cell) !== null),
  )
  const [time] = times
  if (time === undefined) return null
  const values = numbers.filter((column) => column !== time)
  const header = hasHeader ? first.map((cell) => cell.trim()) : null
  const limit =
    values.findLast((column) => LIMIT_NAME.test(wordsOf(header?.[column] ?? ''))) ?? null
  const others = values.filter((column) => column !== limit)
  return {
    delimiter,
    width,
    header,
    times,
    numbers: values,
    choice: others.length > 0 ? { time, values: others, limit } : { time, values, limit: null },
  }
}

/** `connectionLimit` and `max_limit` are words too. */
const wordsOf = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')

const indicesOf = <T>(items: readonly T[], holds: (item: T) => boolean) =>
  items.flatMap((item, i) => (holds(item) ? [i] : []))

/** A broken row or two change nothing. */
const isMostly = (cells: readonly string[], holds: (cell: string) => boolean) =>
  cells.length > 0 && cells.filter(holds).length >= 0.8 * cells.length

/** The first record of a table, cut by the delimiter that makes most cells of it. */
export function firstRecord(head: string): {
  delimiter: string
  fields: readonly string[]
  line: number
} {
  const first = DELIMITERS.map((delimiter) => {
    const { fields, line } = recordsOf(head, delimiter)[0] ?? { fields: [], line: 1 }
    return { delimiter, fields, line }
  })
  return first.toSorted((a, b) => b.fields.length - a.fields.length)[0]!
}

function recordsOf(head: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = []
  const reader = createCsvRecords(delimiter, (record) => {
    if (records.length < LOOKED_AT) records.push(record)
  })
  reader.push(new TextEncoder().encode(head))
  // The last record of a cut head is cut too; it counts only in a table that short.
  if (records.length < 2) reader.end()
  return records
}
