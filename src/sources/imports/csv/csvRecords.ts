import { createCsvScanner } from './csvScanner.ts'
import { cellText } from './scannedRow.ts'

/**
 * One record of a delimited text. `line` is the physical line it begins in, from 1. A record whose
 * quote is never closed is only its first line, one that is too long only its beginning.
 */
export type CsvRecord = {
  fields: readonly string[]
  line: number
  isQuoteOpen: boolean
  isTooLong: boolean
}

/**
 * Splits UTF-8 bytes that arrive in pieces into records of strings: for tables that are small, or
 * read only at their beginning. See `createCsvScanner`.
 */
export function createCsvRecords(delimiter: string, onRecord: (record: CsvRecord) => void) {
  return createCsvScanner(delimiter.charCodeAt(0), (row) => {
    const fields = Array.from({ length: row.width }, (_, i) => cellText(row, i))
    const { line, isQuoteOpen, isTooLong } = row
    onRecord({ fields, line, isQuoteOpen, isTooLong })
  })
}
