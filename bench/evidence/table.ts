/** A table on standard output, as Markdown: what is printed here can stand in docs/evidence.md. */
export function printTable(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
) {
  const widths = header.map((text, column) =>
    Math.max(3, text.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`
  console.log(`\n**${title}**\n`)
  console.log(line(header))
  console.log(line(widths.map((width) => '-'.repeat(width))))
  for (const row of rows) console.log(line(row))
}

/** Share of the results of which something holds, 0–1; NaN without results. */
export const shareOf = <T>(results: readonly T[], holds: (result: T) => boolean) =>
  results.filter(holds).length / results.length

/** `4.3`: per cent with one decimal; a dash where there is nothing to count. */
export const percent = (share: number) => (Number.isNaN(share) ? '–' : (share * 100).toFixed(1))

/** One standard error of a share, in points. */
export const pointsOf = (share: number, runs: number) =>
  (100 * Math.sqrt((share * (1 - share)) / runs)).toFixed(1)

export const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
