import type { TextTable } from './words/textTable.ts'

/** What Markdown or HTML would take for something other than text, wherever it stands in a line. */
const SPECIAL = /[\\`*_[\]|~$!{}]/g
/** What makes a line a heading, a list, a quote, a rule, where it begins one. */
const AT_START = /^(\s*)([#+\-=:]|\d+(?=[.)](?:\s|$)))/
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '&#64;',
}

/**
 * A text as one line of Markdown that stays text: no markup, no HTML, no link that makes itself. Line
 * ends and characters that are not seen become spaces.
 */
export const markdownText = (text: string): string =>
  markdownCell(text).replace(AT_START, (_, space: string, sign: string) =>
    /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
  )

/** The same within a line, where nothing can begin one: a cell of a table, which does not end early. */
export function markdownCell(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, spaceOf).trim()
  return line
    .replace(SPECIAL, '\\$&')
    .replace(/[&<>@]/g, (character) => ENTITIES[character]!)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/(?<![a-z\d])(www)\./gi, '$1&#46;')
}

/** Narrow spaces between a number and its unit stay as they are. */
const spaceOf = (spaces: string) => (/^\u202f$|^\u00a0$/.test(spaces) ? spaces : ' ')

/** A table with its heading, or the sentence that stands for it. */
export function markdownTable({ title, columns, rows, empty, remarks }: TextTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table =
    rows.length === 0
      ? [markdownText(empty)]
      : [
          line(columns.map(({ name }) => markdownCell(name))),
          line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
          ...rows.map((row) => line(row.map(markdownCell))),
        ]
  const list = remarks.length === 0 ? [] : ['', ...remarks.map((one) => `- ${markdownText(one)}`)]
  return [`### ${markdownText(title)}`, '', ...table, ...list].join('\n')
}
