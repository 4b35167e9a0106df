import { formatClock, formatDate, formatDuration, formatZone, THIN_SPACE } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { SCOPE_WORDS } from '#domain/metrics/scopeWords.ts'
import type { Organisation } from '#domain/organisation.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { type EpochMs, MINUTE_MS, SECOND_MS } from '#domain/units.ts'

/** What everything that leaves a simulated organisation begins with; null for a real one. */
export const simulatedWords = (organisation: Organisation | null): string | null =>
  organisation === null || organisation.simulation === null
    ? null
    : `Simulated organisation: ${organisation.simulation}. Nothing here comes from Genesys Cloud.`

/** `Alder Retail · eu_central_1 · mypurecloud.de`. */
export const organisationWords = (organisation: Organisation | null): string =>
  organisation === null
    ? 'No organisation: files alone'
    : [organisation.name, organisation.region, organisation.domain]
        .filter((part, i, parts) => part !== '' && parts.indexOf(part) === i)
        .join(' · ')

/** `measured, organisation`: how far a number may be trusted, and whose use it covers. */
export const trustWords = ({ provenance, scope }: Metric) => `${provenance}, ${SCOPE_WORDS[scope]}`

const ISO_LENGTH = '2026-09-17T11:09:12.345Z'.length

/**
 * An instant as every tool reads it: `2026-09-17T11:09:12.345Z`. Empty for what is no instant, and
 * for years that have another form.
 */
export function isoText(at: number): string {
  const date = new Date(at)
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString()
  return text.length === ISO_LENGTH ? text : ''
}

/** An instant of UTC for people, to the second: `2026-09-17 11:09:12Z`. */
export const utcText = (at: EpochMs) => `${isoText(at).slice(0, 19).replace('T', ' ')}Z`

const isWhole = (unitMs: number, ...instants: readonly number[]) =>
  instants.every((at) => at % unitMs === 0)

const isSameDay = ({ from, to }: Span, zone: string) =>
  formatDate(from, zone) === formatDate(to, zone)

/**
 * A window on the clock of its zone: `Thu 17 Sep 2026, 12:45–14:30 CEST, UTC+2`. Seconds where it
 * does not begin and end on the minute; both days, and both zones, where they differ.
 */
export function windowText(span: Span, zone: string): string {
  const { from, to } = span
  const precision = isWhole(MINUTE_MS, from, to) ? 'minutes' : 'seconds'
  const [start, end] = [formatClock(from, zone, precision), formatClock(to, zone, precision)]
  const [zoneBefore, zoneAfter] = [formatZone(from, zone), formatZone(to, zone)]
  if (isSameDay(span, zone) && zoneBefore === zoneAfter)
    return `${formatDate(from, zone)}, ${start}–${end} ${zoneAfter}`
  const before = zoneBefore === zoneAfter ? '' : ` ${zoneBefore}`
  return `${formatDate(from, zone)}, ${start}${before} to ${formatDate(to, zone)}, ${end} ${zoneAfter}`
}

/** The same in UTC: `2026-09-17 10:45:00Z to 2026-09-17 12:30:00Z`. */
export const windowUtcText = ({ from, to }: Span) => `${utcText(from)} to ${utcText(to)}`

/** The short name of a zone at an instant: `CEST`. */
const shortZone = (at: EpochMs, zone: string) => formatZone(at, zone).split(',')[0]!

/** The short names of a zone in a window, and at an instant beside it, each once. */
const shortZones = (instants: readonly EpochMs[], zone: string) => [
  ...new Set(instants.map((at) => shortZone(at, zone))),
]

const areChanged = (at: EpochMs, { from, to }: Span, zone: string) =>
  shortZones([from, to, at], zone).length > 1

/**
 * An instant of a window on the clock of its zone: `13:09:12`; with its day where the window is not
 * of one day, or where it lies on another, and with its zone where clocks are changed between: a clock
 * time may come twice.
 */
export function clockText(at: EpochMs, span: Span, zone: string): string {
  const clock = plainClockText(at, span, zone)
  return `${clock}${areChanged(at, span, zone) ? ` ${shortZone(at, zone)}` : ''}`
}

/** The same, always with its zone: `13:09:12 CEST`. */
export const zonedClockText = (at: EpochMs, span: Span, zone: string): string =>
  `${plainClockText(at, span, zone)} ${shortZone(at, zone)}`

function plainClockText(at: EpochMs, span: Span, zone: string): string {
  const clock = formatClock(at, zone, 'seconds')
  if (isSameDay(span, zone) && formatDate(at, zone) === formatDate(span.from, zone)) return clock
  const [, day, month, year] = formatDate(at, zone).split(' ')
  const years = new Set([at, span.from, span.to].map((one) => formatDate(one, zone).split(' ')[3]))
  return `${day} ${month} ${years.size > 1 ? `${year} ` : ''}${clock}`
}

/** `13:09`, for a picture: with its day where the window is not of one, and its zone as in `clockText`. */
export function minuteText(at: EpochMs, span: Span, zone: string): string {
  const clock = isSameDay(span, zone) ? formatClock(at, zone, 'minutes') : dayAndClock(at, zone)
  return `${clock}${areChanged(at, span, zone) ? ` ${shortZone(at, zone)}` : ''}`
}

/** The short name of the zone in a window: `CEST`, or `CEST/CET` where clocks are changed in it. */
export const zoneName = ({ from, to }: Span, zone: string) => shortZones([from, to], zone).join('/')

/** `± 10 s`, in milliseconds below a second; empty where nobody can say. */
export function plusMinusText(plusMinusMs: number | null): string {
  if (plusMinusMs === null) return ''
  const isShort = plusMinusMs > 0 && plusMinusMs < SECOND_MS
  return `±${THIN_SPACE}${isShort ? `${Math.round(plusMinusMs)}${THIN_SPACE}ms` : formatDuration(plusMinusMs)}`
}
