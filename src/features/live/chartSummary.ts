import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatCount, formatDuration, formatZone } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Stretch } from '#domain/timeline/atLimit.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import { windowEnds } from '#domain/timeline/dayAndClock.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { filesWords, type Refused } from './refusedIn.ts'

export type SpokenWindow = { from: EpochMs; to: EpochMs; zone: string }

const windowWords = ({ from, to, zone }: SpokenWindow) => {
  const [name] = formatZone(to, zone).split(',')
  const [start, end] = windowEnds(from, to, zone)
  return `${start} to ${end} ${name}`
}

export type SeriesSummary = {
  metric: Metric
  window: SpokenWindow
  /** The value that is in force at the end of the window; null where nothing is known then. */
  current: number | null
  /** The highest value and the limit of its time; null where there is no sample. */
  peak: { value: number; limit: number | null } | null
  /** Whether anything limits it: a queue may be as long as it gets. */
  hasLimit: boolean
  stretches: readonly Stretch[]
  gaps: readonly { from: EpochMs; to: EpochMs }[]
  /** Null where the chart is not the one refusals are held against. */
  refused: Refused | null
}

/**
 * What a chart shows, in one sentence for those who do not see it: "WebSocket connections, 11:30 to
 * 14:30 CEST: 1 236 now, peak 1 241 of 1 500; at the limit twice, 10 min each; one gap of 6 min".
 */
export function seriesSummary(summary: SeriesSummary): string {
  const { metric, window, current, peak, hasLimit, refused } = summary
  const parts =
    [
      current === null ? 'no value now' : `${valueWords(current, metric)} now`,
      peak === null ? 'no samples' : `peak ${valueWords(peak.value, metric)}`,
    ].join(', ') + (peak && hasLimit ? limitWords(peak.limit) : '')
  const more = [
    atLimitWords(summary.stretches),
    gapWords(summary.gaps),
    refused === null ? null : refusedWords(refused, peak !== null),
  ].filter((part) => part !== null)
  return `${[`${metric.title}, ${windowWords(window)}: ${parts}`, ...more].join('; ')}.`
}

const limitWords = (limit: number | null) =>
  limit === null ? ', limit unknown' : ` of ${formatCount(limit)}`

/** A line beside the first one: `Active threads, ramp.jtl: peak 130.`; null where the window holds none of it. */
export const besideSummary = (metric: Metric, peak: number | null) =>
  peak === null ? null : `${lineName(metric)}: peak ${valueWords(peak, metric)}.`

/**
 * What a load test met is said to come from its file: it is not the connections' own where they were
 * not even measured.
 */
export function refusedWords({ watched, inFiles, files }: Refused, isMeasured: boolean): string {
  const from = filesWords(files)
  if (inFiles === 0) return `${formatCount(watched)} refused`
  if (watched === 0 && !isMeasured) return `${formatCount(inFiles)} refused, from ${from}`
  return `${formatCount(watched)} refused, ${formatCount(inFiles)} more in ${from}`
}

/** Counts by class, in words; all of them, also the empty ones. */
export function errorsSummary(
  counts: Readonly<Record<ErrorClass, number>>,
  window: SpokenWindow,
): string {
  const known = ERROR_CLASSES.filter((name) => name !== 'other' || counts.other > 0)
  const words = known.map((name) => `${formatCount(counts[name])} ${name}`).join(', ')
  return `Errors by class, ${windowWords(window)}: ${words}.`
}

function atLimitWords(stretches: readonly Stretch[]): string | null {
  const lengths = stretches
    .filter(({ state }) => state === 'atLimit')
    .map(({ seenAt, lastAt }) => formatDuration(elapsed(seenAt, lastAt)))
  if (lengths.length === 0) return null
  if (lengths.length === 1) return `at the limit once, ${lengths[0]}`
  const times = lengths.length === 2 ? 'twice' : `${lengths.length} times`
  const isEach = lengths.every((length) => length === lengths[0])
  if (isEach) return `at the limit ${times}, ${lengths[0]} each`
  return lengths.length > 4
    ? `at the limit ${times}`
    : `at the limit ${times}, for ${lengths.join(', ')}`
}

function gapWords(gaps: readonly { from: EpochMs; to: EpochMs }[]): string | null {
  if (gaps.length === 0) return null
  const longest = Math.max(...gaps.map(({ from, to }) => elapsed(from, to)))
  return gaps.length === 1
    ? `one gap of ${formatDuration(longest)}`
    : `${gaps.length} gaps, the longest ${formatDuration(longest)}`
}
