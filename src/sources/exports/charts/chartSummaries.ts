import { ERROR_CLASSES, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Stretch } from '#domain/series/gaps.ts'
import { windowEnds } from '#domain/timeline/dayAndClock.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import { clockText, zoneName } from '../words/incidentWords.ts'
import type { LimitBand } from './atLimitBands.ts'
import { countOf, type ErrorPicture } from './errorChart.ts'

/** A number of a metric as it is said. */
export const valueWords = (value: number, { unit, provenance }: Metric) =>
  `${provenance === 'estimated' ? '≈ ' : ''}${unit === 'percent' ? formatPercent(value / 100) : formatCount(value)}`

/** `12:45 to 14:30 CEST`; `02:30 CEST to 02:30 CET` where clocks are changed between. */
export function spokenWindow({ from, to }: Span, zone: string): string {
  const [start, end] = windowEnds(from, to, zone)
  const [before, after] = zoneName({ from, to }, zone).split('/')
  return after === undefined
    ? `${start} to ${end} ${before}`
    : `${start} ${before} to ${end} ${after}`
}

export type LevelSummary = {
  title: string
  metric: Metric
  window: Span
  peak: { at: EpochMs; value: number } | null
  /** The limit when the peak was; undefined where nothing can limit it, null where it is unknown. */
  limitAtPeak: number | null | undefined
  bands: readonly LimitBand[]
  gaps: readonly Stretch[]
  /** Capacity errors that are held against it; null where they are not. */
  refused: number | null
}

/**
 * What a chart of a level shows, in one sentence: `WebSocket connections, 12:45 to 14:30 CEST: peak
 * 1 241 of 1 500 at 14:22:13; at the limit twice, 10 min each; one gap of 6 min; 307 refused.`
 */
export function levelSummary(summary: LevelSummary, zone: string): string {
  const { title, metric, window, peak, limitAtPeak, refused } = summary
  const limit =
    limitAtPeak === undefined
      ? ''
      : limitAtPeak === null
        ? ', limit unknown'
        : ` of ${formatCount(limitAtPeak)}`
  const parts = [
    peak === null
      ? 'no samples'
      : `peak ${valueWords(peak.value, metric)}${limit} at ${clockText(peak.at, window, zone)}`,
    bandWords(summary.bands),
    gapWords(summary.gaps),
    refused === null ? '' : `${formatCount(refused)} refused`,
  ].filter((part) => part !== '')
  return `${title}, ${spokenWindow(window, zone)}: ${parts.join('; ')}.`
}

/** Counts by class, in words; all of them, also the empty ones. */
export function errorsSummary(picture: ErrorPicture, window: Span, { zone }: Incident): string {
  const { capacity, others, capacityInFiles } = picture
  const ofClass = (events: readonly ErrorEvent[], name: string) =>
    countOf(events.filter((event) => event.class === name))
  const words = ERROR_CLASSES.map((name) => ({
    name,
    count: name === 'capacity' ? countOf(capacity) : ofClass(others, name),
  }))
    .filter(({ name, count }) => name !== 'other' || count > 0)
    .map(({ name, count }) => `${formatCount(count)} ${name}`)
  const more =
    capacityInFiles.length === 0
      ? ''
      : `; ${formatCount(countOf(capacityInFiles))} capacity told once more by files`
  return `Errors by class, ${spokenWindow(window, zone)}: ${words.join(', ')}${more}.`
}

function bandWords(bands: readonly LimitBand[]): string {
  const lengths = bands.map(({ lengthMs }) => formatDuration(lengthMs))
  if (lengths.length === 0) return ''
  if (lengths.length === 1) return `at the limit once, ${lengths[0]}`
  const times = lengths.length === 2 ? 'twice' : `${formatCount(lengths.length)} times`
  const total = formatDuration(bands.reduce((sum, { lengthMs }) => sum + lengthMs, 0))
  if (lengths.every((length) => length === lengths[0]))
    return `at the limit ${times}, ${lengths[0]} each`
  return lengths.length > 4
    ? `at the limit ${times}, ${total} in all`
    : `at the limit ${times}, for ${lengths.join(', ')}`
}

function gapWords(gaps: readonly Stretch[]): string {
  if (gaps.length === 0) return ''
  const longest = formatDuration(Math.max(...gaps.map(({ from, to }) => elapsed(from, to))))
  return gaps.length === 1
    ? `one gap of ${longest}`
    : `${formatCount(gaps.length)} gaps, the longest ${longest}`
}
