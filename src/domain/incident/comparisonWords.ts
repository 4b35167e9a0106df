import { decimalText, pointsText } from '../evidence/parts/numberText.ts'
import { levelText } from '../evidence/verdict/verdictText.ts'
import { formatCount, formatDuration, THIN_SPACE } from '../format.ts'
import type { Interval } from '../stats/interval.ts'
import type { ComparedUnit, ComparedWindows, ComparisonRow } from './comparisonRow.ts'
import type { Span } from './incident.ts'

/** A row of a comparison as a table shows it. */
export type ComparisonText = {
  name: string
  a: string
  b: string
  difference: string
  interval: string
}

/**
 * The rows of a comparison in words: `Refused`, `304 (7.3 %)`, `3 (0.07 %)`, `−7.2 points`, `−15.9 to
 * −3.1`. An interval that does not exclude 0 says `no difference shown`; what has none says what it
 * is instead. Counts of windows of unequal length are not held against each other.
 */
export function comparisonWords({ rows, a, b }: ComparedWindows): readonly ComparisonText[] {
  const isPlain = areAlike(a, b)
  return rows.map((row) => ({
    name: row.name,
    a: sideText(row, 'a'),
    b: sideText(row, 'b'),
    difference: row.unit === 'count' && !isPlain ? '–' : differenceText(row),
    interval: intervalColumn(row),
  }))
}

/** Windows whose lengths differ by less are as long as each other. */
const ALIKE = 0.01

/** Whether counts of two windows can be held against each other as they are. */
export const areAlike = (a: Span, b: Span) =>
  Math.abs(b.to - b.from - (a.to - a.from)) <= ALIKE * Math.min(a.to - a.from, b.to - b.from)

/** Both ends of a difference: `−15.9 to −3.1`, `+0.2 to +1.4`. */
export function endsText({ low, high }: Interval, unit: ComparedUnit): string {
  const write = (end: number) => signed(unit === 'share' ? pointsText(end) : valueText(end, unit))
  return `${write(low)} to ${write(high)}`
}

/** A number of a comparison in its unit: `4 180`, `7.3 %`, `0.07 %`, `15`, `76.4`. */
export function valueText(value: number, unit: ComparedUnit): string {
  if (unit === 'share') return shareText(value)
  if (unit === 'durationMs') return formatDuration(value)
  if (unit === 'perMinute') return decimalText(value, Math.abs(value) < 10 ? 2 : 1)
  return unit === 'count' ? formatCount(value) : levelText(value)
}

/** A share in percent, with two digits that count below 10 %; neither up to 100 nor down to 0. */
function shareText(share: number): string {
  const percent = share * 100
  const size = Math.abs(percent)
  if (size > 0 && size < 0.005) return `< 0.01${THIN_SPACE}%`
  if (percent > 99 && percent < 100) return `99${THIN_SPACE}%`
  const decimals = size === 0 || size >= 9.95 ? 0 : size < 0.1 ? 2 : 1
  return `${decimalText(percent, decimals)}${THIN_SPACE}%`
}

function sideText(row: ComparisonRow, side: 'a' | 'b'): string {
  const value = row[side]
  if (value === null) return 'not measured'
  const of = side === 'a' ? row.ofA : row.ofB
  const text = valueText(value, row.unit)
  return of ? `${levelText(of.count)} (${text})` : text
}

function differenceText({ a, b, unit, difference }: ComparisonRow): string {
  if (a === null || b === null) return '–'
  if (unit === 'share') return `${signed(pointsOf(difference?.value ?? b - a))} points`
  if (unit !== 'count') return signed(valueText(difference?.value ?? b - a, unit))
  if (a === 0) return signed(formatCount(b - a))
  const percent = ((b - a) / a) * 100
  return `${signed(decimalText(percent, Math.abs(percent) < 9.95 ? 1 : 0))}${THIN_SPACE}%`
}

function intervalColumn(row: ComparisonRow): string {
  const { difference, isShown, unit, method, ofB } = row
  if (!difference) {
    const left = row.name === 'Peak of limit' && ofB ? ofB.of - ofB.count : null
    if (left === null) return method
    return left >= 0 ? `headroom ${levelText(left)}` : `${levelText(-left)} above the limit`
  }
  const ends = endsText(difference, unit)
  return isShown ? ends : `${ends}, no difference shown`
}

const pointsOf = (share: number) =>
  Math.abs(share) >= 0.0995 ? decimalText(share * 100, 0) : pointsText(share)

/** With a plus where it is more than nothing. */
const signed = (text: string) => (/^\d/.test(text) && /[1-9]/.test(text) ? `+${text}` : text)
