/**
 * What a spreadsheet takes for the beginning of a formula: `= + - @`, also as full-width and small
 * forms, after spaces, quotes and characters that are not seen; and a tab or line end at the very
 * start.
 */
const FORMULA = /^(?:[\t\r\n]|[\s"'`\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u
/** The same after what other spreadsheets part cells by: they would begin one there. */
const INNER = /([;\t\r\n][\s"'`\p{Cc}\p{Cf}\p{Z}]*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])/gu
/** `-1` and `-1.5e-7` are numbers and stay so. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

/**
 * A text that no spreadsheet runs: an apostrophe before what would begin a formula. Everything else
 * stays as it is.
 */
export function withoutFormula(text: string): string {
  if (NUMBER.test(text)) return text
  const inside = text.replace(INNER, "$1'")
  return FORMULA.test(inside) ? `'${inside}` : inside
}

/** What a cell may hold; null is an empty one, and so is a number that is none. */
export type CsvCell = string | number | null

/** A record of RFC 4180: quoted where it has to be, ended by CRLF, without formulas. */
export const csvRecord = (cells: readonly CsvCell[]) => `${cells.map(cellText).join(',')}\r\n`

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = withoutFormula(cell)
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
