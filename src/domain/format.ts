import type { DurationMs, EpochMs } from './units.ts'

/** Narrow no-break space: between thousands, and between a number and its unit. */
export const THIN_SPACE = '\u202f'
const MINUS = '\u2212'

/** A whole number with narrow spaces between thousands: `1 236`, `−41`. */
export function formatCount(value: number): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE)
  return value < 0 && digits !== '0' ? MINUS + digits : digits
}

const SHORT_UNITS = [
  { size: 1e9, unit: 'G' },
  { size: 1e6, unit: 'M' },
  { size: 1e3, unit: 'k' },
]

/**
 * A round number as an axis writes it, in the width of `50 000`: `2.5 M`, `0.3`, `−400`, `5e12`. A
 * longer one would lose its first digits at the edge, and read as another.
 */
export function formatTick(value: number): string {
  const size = Math.abs(value)
  const sign = value < 0 ? MINUS : ''
  // Multiples of 0.1 and its like are not round as doubles.
  const short = (number: number) => String(Number(number.toPrecision(6)))
  if (size >= 1e12) return sign + Number(short(size)).toExponential().replace('e+', 'e')
  const large = size >= 1e5 ? SHORT_UNITS.find((each) => size >= each.size) : undefined
  if (large) return sign + short(size / large.size) + THIN_SPACE + large.unit
  return Number.isInteger(value) ? formatCount(value) : sign + short(size)
}

/** A used ratio as whole percent. It is never rounded up to 100: 99.9 % of a limit is not the limit. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100
  const shown = ratio < 1 ? Math.min(99, Math.round(percent)) : Math.floor(percent)
  return `${formatCount(shown)}${THIN_SPACE}%`
}

/** A length of time in its two largest units: `4 s`, `3 min 40 s`, `1 h 20 min`, `2 d 3 h`. */
export function formatDuration(length: DurationMs | number): string {
  const sign = length < 0 ? MINUS : ''
  const seconds = Math.round(Math.abs(length) / 1000)
  const parts = [
    { size: 86_400, unit: 'd' },
    { size: 3_600, unit: 'h' },
    { size: 60, unit: 'min' },
    { size: 1, unit: 's' },
  ]
  const first = parts.findIndex(({ size }) => seconds >= size)
  if (first < 0) return `0${THIN_SPACE}s`
  const { size, unit } = parts[first]!
  const head = `${Math.floor(seconds / size)}${THIN_SPACE}${unit}`
  const next = parts[first + 1]
  const rest = next ? Math.floor((seconds % size) / next.size) : 0
  return sign + (next && rest > 0 ? `${head} ${rest}${THIN_SPACE}${next.unit}` : head)
}

/** How exact a clock time is written. */
export type ClockPrecision = 'minutes' | 'seconds'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats are dear to make and few: each is made once. */
function formatOf(
  zone: string,
  options: Intl.DateTimeFormatOptions,
  locale = 'en-GB',
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
    formats.set(key, format)
  }
  return format
}

const partOf = (
  format: Intl.DateTimeFormat,
  at: EpochMs,
  type: Intl.DateTimeFormatPartTypes,
): string => format.formatToParts(at).find((part) => part.type === type)?.value ?? ''

/** A clock time in an IANA zone: `13:12` or `13:12:40`. */
export const formatClock = (at: EpochMs, zone: string, precision: ClockPrecision = 'seconds') =>
  formatOf(zone, {
    hour: '2-digit',
    minute: '2-digit',
    ...(precision === 'seconds' ? { second: '2-digit' } : {}),
  }).format(at)

/** A date in an IANA zone: `Thu 17 Sep 2026`. */
export function formatDate(at: EpochMs, zone: string): string {
  // British English writes "Sept"; American parts in our order keep months at three letters.
  const format = formatOf(
    zone,
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    'en-US',
  )
  return (['weekday', 'day', 'month', 'year'] as const)
    .map((type) => partOf(format, at, type))
    .join(' ')
}

/** The zone in words at an instant, daylight saving included: `CEST, UTC+2`, `EDT, UTC−4`, `UTC`. */
export function formatZone(at: EpochMs, zone: string): string {
  const nameIn = (locale: string, style: 'short' | 'shortOffset') =>
    partOf(formatOf(zone, { timeZoneName: style }, locale), at, 'timeZoneName')
  const offset = nameIn('en-GB', 'shortOffset')
    .replace('GMT', 'UTC')
    .replace('-', MINUS)
    .replace(/[+−]0$/, '')
  // A locale knows the abbreviations of its own part of the world only.
  const name = ['en-GB', 'en-US', 'en-AU']
    .map((locale) => nameIn(locale, 'short'))
    .find((candidate) => !/^(GMT|UTC)/.test(candidate))
  return name ? `${name}, ${offset}` : offset
}
