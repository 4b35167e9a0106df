/**
 * One record as it lies in the scanner's bytes. It is the same object for every record and good
 * only until the next one: what is kept must be copied out.
 */
export type ScannedRow = {
  bytes: Uint8Array<ArrayBuffer>
  /** The same bytes, to be read four at a time. */
  view: DataView<ArrayBuffer>
  /** The physical line it begins in, from 1. */
  line: number
  /** Only the first line of what was to be a record: a quote in it is never closed. */
  isQuoteOpen: boolean
  /** Only the beginning of a line that is longer than a record may be. */
  isTooLong: boolean
  /** Number of cells; what the columns below hold beyond it belongs to other rows. */
  width: number
  /** Where each cell begins and ends, its quotes left out. */
  starts: Int32Array
  ends: Int32Array
  /** 1 where a cell holds doubled quotes or line breaks, which `cellText` puts right. */
  isRaw: Uint8Array
}

/** A byte order mark in the middle of a file is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of one cell; bytes that are no UTF-8 become U+FFFD. */
export function cellText({ bytes, starts, ends, isRaw }: ScannedRow, index: number): string {
  const text = decoder.decode(bytes.subarray(starts[index], ends[index]))
  return isRaw[index] === 1 ? text.replaceAll('\r\n', '\n').replaceAll('""', '"') : text
}
