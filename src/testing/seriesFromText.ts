import type { Series } from '#domain/series/series.ts'

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/**
 * A drawn series: a line of times since 1970, and a line of values under it; `-` is a gap. More
 * pairs of lines go on after it.
 *
 *     0m   10m   20m   30m
 *      4     9     -    24
 *
 * Throws where a pair does not match, so that a slip of the pen fails the test that made it.
 */
export function seriesFromText(text: string): Series {
  const rows = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).filter(Boolean))
    .filter((cells) => cells.length > 0)
  const times: number[] = []
  const values: number[] = []
  for (let i = 0; i < rows.length; i += 2) {
    const above = rows[i]!
    const below = rows[i + 1] ?? []
    if (above.length !== below.length) {
      throw new Error(`${above.length} times over ${below.length} values: ${above.join(' ')}`)
    }
    times.push(...above.map(timeFromText))
    values.push(...below.map(valueFromText))
  }
  return { timeMs: Float64Array.from(times), value: Float64Array.from(values) }
}

function timeFromText(cell: string): number {
  const [, amount, unit] = /^(-?[\d.]+)(ms|s|m|h|d)$/.exec(cell) ?? []
  if (amount === undefined || unit === undefined) throw new Error(`not a time: ${cell}`)
  return Number(amount) * UNITS[unit]!
}

function valueFromText(cell: string): number {
  if (cell === '-') return NaN
  const value = Number(cell)
  if (Number.isNaN(value)) throw new Error(`not a value: ${cell}`)
  return value
}
