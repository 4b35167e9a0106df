import type { DurationMs, EpochMs } from './units.ts'

/** Narrow no-break space: between thousands, and between a number and its unit. */
export const THIN_SPACE = '\u202f'
const MINUS = '\u2212'

/** A whole number with narrow spaces between thousands: `1 236`, `−41`. */
export function formatCount(value: number): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE)
  return value < 0 && digits !== '0' ? MINUS + digits : digits
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

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
    formats.set(key, format)
  }
  return format
}

/** A clock time in an IANA zone: `13:12` or `13:12:40`. */
export const formatClock = (at: EpochMs, zone: string, precision: ClockPrecision = 'seconds') =>
  formatOf(zone, {
    hour: '2-digit',
    minute: '2-digit',
    ...(precision === 'seconds' ? { second: '2-digit' } : {}),
  }).format(at)

/** A date in an IANA zone: `Thu 17 Sep 2026`. */
export const formatDate = (at: EpochMs, zone: string) =>
  formatOf(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .format(at)
    .replace(',', '')

/** The zone in words at an instant, daylight saving included: `CEST, UTC+2`, or `UTC`. */
export function formatZone(at: EpochMs, zone: string): string {
  const nameOf = (style: 'short' | 'shortOffset') =>
    formatOf(zone, { timeZoneName: style })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone
  const name = nameOf('short')
  const offset = nameOf('shortOffset').replace('GMT', 'UTC').replace('-', MINUS)
  return name === 'UTC' || name.startsWith('GMT') ? offset : `${name}, ${offset}`
}
