import { createCsvRecords } from '../csv/csvRecords.ts'
import { cellNumber } from '../csv/cellNumber.ts'
import { parseFileTime } from '../fileTime.ts'

/** The columns that are read; JMeter writes more. */
const COLUMNS = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'success',
  'failureMessage',
  'allThreads',
] as const
export type JtlColumn = (typeof COLUMNS)[number]

/** Columns that no other table is likely to have: two of them beside a time make a JTL. */
const TELLING: readonly string[] = [
  ...COLUMNS.slice(1).map((name) => name.toLowerCase()),
  'grpthreads',
  'datatype',
  'latency',
]

/** How one JTL is written. */
export type JtlDialect = {
  kind: 'jtl'
  delimiter: string
  hasHeader: boolean
  /** Number of fields of a whole record. */
  width: number
  /** Index of each column, −1 where the file has none. */
  at: Readonly<Record<JtlColumn, number>>
  warnings: readonly string[]
}

/** A table that cannot be read as a JTL, with the reason; `columns` is how it begins. */
export type NoJtl = { kind: 'none'; isJtl: boolean; reason: string }

const DELIMITERS = [',', '\t', ';', '|'] as const

/**
 * What JMeter writes where `print_field_names` is off, by number of columns: 12 is the default of
 * JMeter 2, 16 and 17 those of JMeter 3 to 5 without and with the URL.
 */
const HEADERLESS: Readonly<Record<number, readonly string[]>> = {
  12: 'timeStamp elapsed label responseCode responseMessage threadName dataType success bytes grpThreads allThreads Latency'.split(
    ' ',
  ),
  16: 'timeStamp elapsed label responseCode responseMessage threadName dataType success failureMessage bytes sentBytes grpThreads allThreads Latency IdleTime Connect'.split(
    ' ',
  ),
  17: 'timeStamp elapsed label responseCode responseMessage threadName dataType success failureMessage bytes sentBytes grpThreads allThreads URL Latency IdleTime Connect'.split(
    ' ',
  ),
}

/**
 * How the file is written, judged by its beginning: delimiter, header or known layout, place of
 * each column.
 */
export function jtlDialect(head: string): JtlDialect | NoJtl {
  const tables = DELIMITERS.map((delimiter) => ({ delimiter, records: recordsOf(head, delimiter) }))
  const named = tables
    .map((table) => ({ ...table, names: (table.records[0] ?? []).map(nameOf) }))
    .map((table) => ({ ...table, score: table.names.filter(isTelling).length }))
    .sort((a, b) => b.score - a.score)[0]!
  if (named.score >= 2) return fromHeader(named.delimiter, named.names, named.records[0]!)
  return headerless(tables) ?? none(tables)
}

const nameOf = (field: string) => field.trim().toLowerCase()
const isTelling = (name: string) => TELLING.includes(name)

function fromHeader(
  delimiter: string,
  names: readonly string[],
  header: readonly string[],
): JtlDialect | NoJtl {
  const at = placesIn(names)
  if (at.timeStamp < 0) {
    return {
      kind: 'none',
      isJtl: true,
      reason: `line 1: no column "timeStamp", so nothing can be placed on the time axis; the columns are ${quoted(header)}`,
    }
  }
  if (at.responseCode < 0 && at.success < 0 && at.allThreads < 0) {
    return {
      kind: 'none',
      isJtl: true,
      reason: `line 1: none of "responseCode", "success" and "allThreads" is there; the columns are ${quoted(header)}`,
    }
  }
  const twice = COLUMNS.filter((name) => names.filter((n) => n === nameOf(name)).length > 1)
  const warnings = twice.map((name) => `line 1: column "${name}" occurs twice; the first is read`)
  return { kind: 'jtl', delimiter, hasHeader: true, width: names.length, at, warnings }
}

type Table = { delimiter: string; records: readonly (readonly string[])[] }

function headerless(tables: readonly Table[]): JtlDialect | null {
  for (const { delimiter, records } of tables) {
    const width = commonest(records.map((record) => record.length))
    const layout = HEADERLESS[width]
    const sample = records.find((record) => record.length === width)
    if (!layout || !sample || !isSample(sample)) continue
    const at = placesIn(layout.map(nameOf))
    const warnings = [`no header line: read as JMeter's ${width} default columns`]
    return { kind: 'jtl', delimiter, hasHeader: false, width, at, warnings }
  }
  return null
}

/** In every default layout the time is first, elapsed second and success eighth. */
const isSample = (fields: readonly string[]) =>
  parseFileTime(fields[0]!) !== null &&
  /^\d+$/.test(fields[1]!) &&
  /^(true|false)$/i.test(fields[7]!)

function none(tables: readonly Table[]): NoJtl {
  const looksLikeRecords = tables.some(({ records: [first] }) => first && isLikeRecord(first))
  const first = tables[0]!.records[0]?.join(',') ?? ''
  return {
    kind: 'none',
    isJtl: looksLikeRecords,
    reason: looksLikeRecords
      ? 'line 1: no header line, and none of the layouts JMeter writes without one (12, 16 or 17 columns); save it with jmeter.save.saveservice.print_field_names=true'
      : `line 1: expected JMeter's column names (timeStamp, elapsed, label, responseCode …) separated by comma, tab, semicolon or "|"; found ${quoted([first])}`,
  }
}

/** Time, elapsed, and a label: other tables begin with a header or with numbers only. */
const isLikeRecord = (fields: readonly string[]) =>
  fields.length > 4 &&
  parseFileTime(fields[0]!) !== null &&
  /^\d+$/.test(fields[1]!) &&
  cellNumber(fields[2]!.trim()) === null

function placesIn(names: readonly string[]): Record<JtlColumn, number> {
  const places = COLUMNS.map((name) => [name, names.indexOf(nameOf(name))] as const)
  return Object.fromEntries(places) as Record<JtlColumn, number>
}

/** The commonest number; of equally common ones the first seen. 0 for none. */
function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best = 0
  for (const [number, count] of counts) if (count > (counts.get(best) ?? 0)) best = number
  return best
}

const QUOTED_CHARS = 120

function quoted(fields: readonly string[]): string {
  const text = fields.join(', ').replaceAll(/\s+/g, ' ')
  return `"${text.length > QUOTED_CHARS ? `${text.slice(0, QUOTED_CHARS)}…` : text}"`
}

/** Enough to know the commonest width. */
const MAX_RECORDS = 500

function recordsOf(head: string, delimiter: string): (readonly string[])[] {
  const records: (readonly string[])[] = []
  const reader = createCsvRecords(delimiter, ({ fields }) => {
    if (records.length < MAX_RECORDS) records.push(fields)
  })
  reader.push(new TextEncoder().encode(head))
  // The last record of a cut head is cut too; it counts only where it is all there is.
  if (records.length === 0) reader.end()
  return records
}
