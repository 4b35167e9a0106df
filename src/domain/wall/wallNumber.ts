import { formatCount, THIN_SPACE } from '../format.ts'

const UNITS = [
  { size: 1e9, unit: 'G' },
  { size: 1e6, unit: 'M' },
  { size: 1e3, unit: 'k' },
] as const

/**
 * A count in at most four digits and a unit: `842`, `1 000`, `12.4 k`, `125 k`. Rounded down: 14 990 of
 * 15 000 is not the limit, and must not read as it.
 */
export function wallNumber(value: number): string {
  const size = Math.abs(value)
  if (size < 10_000) return formatCount(value)
  const { size: unitSize, unit } = UNITS.find((each) => size >= each.size)!
  const whole = size / unitSize
  // One decimal below a hundred; 0.1 and its like are not round as doubles.
  const shown =
    whole < 100 ? Math.floor(Number((whole * 10).toPrecision(12))) / 10 : Math.floor(whole)
  return `${value < 0 ? '\u2212' : ''}${shown}${THIN_SPACE}${unit}`
}
