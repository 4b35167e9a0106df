import Papa from 'papaparse'

/**
 * One record of a delimited text. `line` is the physical line it begins in, from 1. A record whose
 * quote is never closed is only its first line.
 */
export type CsvRecord = { fields: readonly string[]; line: number; isQuoteOpen: boolean }

/** What PapaParse's low-level parser gives; its own types say `any`. */
type Parsed = {
  data: string[][]
  errors: readonly { code: string; row: number }[]
  meta: { cursor: number }
}

/**
 * A record longer than this has lost its closing quote: no sampler writes a label of a million
 * characters.
 */
const MAX_RECORD_CHARS = 1_000_000

/**
 * Splits a text that arrives in pieces into records: quoted fields with delimiters, doubled quotes
 * and line breaks in them; LF or CRLF; blank lines left out. Knows nothing of what the fields mean,
 * so that another tokeniser can take its place.
 *
 * PapaParse's parser is fed piece by piece by ourselves, because its streamers differ between
 * browsers and Node and tell no line numbers.
 */
export function createCsvTokeniser(delimiter: string, onRecord: (record: CsvRecord) => void) {
  let rest = ''
  let line = 1

  function parse(text: string, isLast: boolean): Parsed {
    return new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, !isLast) as Parsed
  }

  function give(fields: readonly string[]) {
    const at = line
    line += 1
    for (const field of fields) if (field.includes('\n')) line += field.split('\n').length - 1
    if (fields.length > 1 || fields[0] !== '') onRecord({ fields, line: at, isQuoteOpen: false })
  }

  /** Gives up on the first line of the rest: its quote swallows what follows. */
  function dropFirstLine() {
    const end = rest.indexOf('\n')
    const first = end < 0 ? rest : rest.slice(0, end)
    onRecord({ fields: first.split(delimiter), line, isQuoteOpen: true })
    line += 1
    rest = end < 0 ? '' : rest.slice(end + 1)
  }

  function drain() {
    const { data, meta } = parse(rest, false)
    for (const fields of data) give(fields)
    rest = rest.slice(meta.cursor)
  }

  return {
    push(piece: string) {
      // A CR at the end of a piece may be half of a CRLF: it waits for the next piece.
      const text = rest + piece
      const isCut = text.endsWith('\r')
      rest = (isCut ? text.slice(0, -1) : text).replaceAll('\r\n', '\n')
      drain()
      while (rest.length > MAX_RECORD_CHARS) {
        dropFirstLine()
        drain()
      }
      if (isCut) rest += '\r'
    },
    end() {
      rest = rest.replace(/\r$/, '')
      while (rest !== '') {
        const { data, errors } = parse(rest, true)
        if (!errors.some(({ code }) => code === 'MissingQuotes')) {
          for (const fields of data) give(fields)
          rest = ''
          return
        }
        drain()
        dropFirstLine()
      }
    },
  }
}
