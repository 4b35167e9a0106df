import { formatCount, formatDuration, THIN_SPACE } from '../../format.ts'
import type { Interval } from '../../stats/interval.ts'

const MINUS = '\u2212'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number with so many decimals and a true minus; thousands apart. `∞` for what has no end. */
export function decimalText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : '∞'
  const fixed = Math.abs(value).toFixed(decimals)
  const [whole = '0', rest] = fixed.split('.')
  const isZero = Number(fixed) === 0
  const text = formatCount(Number(whole)) + (rest === undefined ? '' : `.${rest}`)
  return value < 0 && !isZero ? MINUS + text : text
}

/** About three significant digits, for ratios of any size: `348`, `12.4`, `0.31`, `5`. */
export function ratioText(value: number): string {
  const size = Math.abs(value)
  const text = decimalText(value, size >= 100 ? 0 : size >= 10 ? 1 : 2)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A share (0–1) in percent, with a decimal where it is small: `78 %`, `1.7 %`, `0 %`. Never rounded up to 100. */
export function percentText(share: number): string {
  const percent = share * 100
  if (percent > 99 && percent < 100) return `99${THIN_SPACE}%`
  const decimals = percent !== 0 && Math.abs(percent) < 9.95 ? 1 : 0
  return `${decimalText(percent, decimals)}${THIN_SPACE}%`
}

/** A difference of shares in percentage points. */
export const pointsText = (difference: number) => decimalText(difference * 100, 1)

/** A length of time, with a decimal below ten seconds: half a second matters there. */
export function fineDuration(ms: number): string {
  const seconds = ms / 1000
  const isWhole = Math.abs(seconds - Math.round(seconds)) < 0.05
  return Math.abs(seconds) < 9.95 && !isWhole
    ? `${decimalText(seconds, 1)}${THIN_SPACE}s`
    : formatDuration(ms)
}

/** `0.95 (0.91 to 0.98)`, each end written alike. */
export const intervalText = ({ value, low, high }: Interval, write: (value: number) => string) =>
  `${write(value)} (${write(low)} to ${write(high)})`

/** A probability far below what "p < 0.001" tells: `p = 2 × 10⁻⁹⁵`. */
export function tinyText(p: number): string {
  if (p <= 0) return `p < 10${superscript(-300)}`
  if (p >= 0.001) return `p = ${decimalText(p, 3)}`
  const exponent = Math.floor(Math.log10(p))
  const digit = Math.round(p / 10 ** exponent)
  return digit === 10
    ? `p = 1 × 10${superscript(exponent + 1)}`
    : `p = ${digit} × 10${superscript(exponent)}`
}

const superscript = (exponent: number) =>
  (exponent < 0 ? '⁻' : '') +
  String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!)
