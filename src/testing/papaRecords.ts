import Papa from 'papaparse'
import type { CsvRecord } from '#sources/imports/csv/csvRecords.ts'

/** What PapaParse's low-level parser gives; its own types say `any`. */
type Parsed = {
  data: string[][]
  errors: readonly { code: string }[]
  meta: { cursor: number }
}

/**
 * The records of a whole text as PapaParse reads them: what the byte scanner is held against. CRLF
 * is LF, blank lines are left out, and of a record whose quote is never closed only the first line
 * is given up.
 */
export function papaRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let rest = text.replace(/\r$/, '').replaceAll('\r\n', '\n')
  let line = 1

  const parse = (isLast: boolean) =>
    new Papa.Parser({ delimiter, newline: '\n' }).parse(rest, 0, !isLast) as Parsed

  function give(rows: readonly string[][]) {
    for (const fields of rows) {
      const at = line
      line += 1 + fields.join('').split('\n').length - 1
      if (fields.length > 1 || fields[0] !== '')
        records.push({ fields, line: at, isQuoteOpen: false, isTooLong: false })
    }
  }

  while (rest !== '') {
    const { data, errors } = parse(true)
    if (!errors.some(({ code }) => code === 'MissingQuotes')) {
      give(data)
      return records
    }
    const { data: whole, meta } = parse(false)
    give(whole)
    rest = rest.slice(meta.cursor)
    const [first = ''] = rest.split('\n', 1)
    records.push({ fields: first.split(delimiter), line, isQuoteOpen: true, isTooLong: false })
    line += 1
    rest = rest.slice(first.length + 1)
  }
  return records
}
