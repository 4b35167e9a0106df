import { formatClock, formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import { usedRatio } from '#domain/metrics/headroom.ts'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { metricState } from '#domain/metrics/metricState.ts'
import type { SourceNews } from '#domain/metrics/sourceNews.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import type { DisplayState } from '../glyphs/displayState.ts'

type Failing = Extract<SourceNews, { kind: 'failing' }>

/** Everything a tile is made of. */
export type TileFacts = {
  metric: Metric
  latest: { at: EpochMs; value: number } | null
  limit: LimitStep | null
  /** Highest value of the window on screen. */
  peak: number | null
  /** Since when the value has been at the limit; null when it is not, or not known. */
  atLimitSince: EpochMs | null
  /** When it reaches its limit, in words: `limit in ≈ 1 h 20 min`, `no trend`; null where nobody knows. */
  forecast: string | null
  source: SourceNews
  now: EpochMs
  zone: string
}

/** What a tile writes, line by line. */
export type TileReading = {
  title: string
  state: DisplayState
  /** The number, or null where none may be shown. */
  value: string | null
  /** `1 500`; null where the limit is unknown. */
  limit: string | null
  usedRatio: number | null
  /** Of the newest sample, however old it is: a tile that goes stale keeps its place. */
  lastRatio: number | null
  /** `82 %`; null where the ratio is unknown or the value is old. */
  used: string | null
  /** Fourth line, most important part first; parts that do not fit are left out whole. */
  details: readonly string[]
  /** Said of an `off` tile in place of the number. */
  off: { reason: string; permission: string | null } | null
}

const EMPTY = {
  value: null,
  limit: null,
  usedRatio: null,
  lastRatio: null,
  used: null,
  details: [] as readonly string[],
  off: null,
}

/** A number as tiles write it: estimates carry their sign. */
export const valueWords = (value: number, { provenance, unit }: Metric) =>
  `${provenance === 'estimated' ? '≈ ' : ''}${unit === 'percent' ? formatPercent(value / 100) : formatCount(value)}`

/**
 * What may be said of a metric now. An old number is never shown as new: after three intervals it
 * is stale (grey, no share), after ten or with a source that is off it is not shown at all.
 */
export function tileReading(facts: TileFacts): TileReading {
  const { metric, latest, source, now } = facts
  const { title } = metric
  const limit = facts.limit?.value ?? null
  const state = metricState({ metric, latest, limit, source, now })
  if (source.kind === 'off')
    return {
      ...EMPTY,
      title,
      state,
      off: { reason: source.reason, permission: source.permission },
    }
  if (!latest) return { ...EMPTY, title, ...withoutAnySample(facts) }
  const age = elapsed(latest.at, now)
  const lastRatio = usedRatio(latest.value, limit)
  if (state === 'blind')
    return {
      ...EMPTY,
      title,
      lastRatio,
      state,
      details: [`since ${clock(facts, latest.at)}: ${reasonOf(source)}`],
    }
  const known = {
    ...EMPTY,
    title,
    lastRatio,
    value: valueWords(latest.value, metric),
    limit: limit === null ? null : formatCount(limit),
  }
  if (state === 'stale')
    return {
      ...known,
      state,
      details: staleDetails(facts, age),
    }
  return {
    ...known,
    state,
    usedRatio: lastRatio,
    used: lastRatio === null ? null : formatPercent(lastRatio),
    details: source.kind === 'failing' ? [failingWords(facts, source)] : freshDetails(facts, age),
  }
}

function withoutAnySample({ source, now }: TileFacts): Pick<TileReading, 'state' | 'details'> {
  if (source.kind === 'failing')
    return { state: 'blind', details: [`no reply yet: ${source.reason}`] }
  if (source.kind === 'signedOut')
    return { state: 'blind', details: ['signed out, nothing read yet'] }
  const inMs = source.kind === 'waiting' && source.expectedAt ? elapsed(now, source.expectedAt) : 0
  return {
    state: 'loading',
    details: [
      inMs >= 500 ? `first reply expected in ${formatDuration(inMs)}` : 'first reply expected now',
    ],
  }
}

function staleDetails({ metric, source }: TileFacts, age: number): string[] {
  const old = `${formatDuration(age)} old`
  // One part: what is alone may take a second line, so a long reason is not cut.
  if (source.kind === 'failing') return [`${old}: ${source.reason}`]
  return [old, `expected every ${formatDuration(metric.intervalMs!)}`]
}

/** Said as soon as the source fails, while the value still counts: it explains what comes next. */
const failingWords = (facts: TileFacts, { reason, since }: Failing) =>
  since === null ? reason : `since ${clock(facts, since)}: ${reason}`

/** Where a number is not the thing itself, how it came to be is said first. */
function freshDetails(facts: TileFacts, age: number): string[] {
  const { metric, limit, peak, atLimitSince, forecast, now } = facts
  const isKnown = limit !== null && limit.value !== null
  const parts = [
    atLimitSince === null
      ? null
      : `since ${clock(facts, atLimitSince)}, ${formatDuration(elapsed(atLimitSince, now))}`,
    metric.provenance === 'estimated' ? (metric.note ?? null) : null,
    peak === null || atLimitSince !== null || metric.provenance === 'estimated'
      ? null
      : `peak ${valueWords(peak, metric)}`,
    isKnown ? null : limit?.source || 'no source names one',
    isKnown && atLimitSince === null ? forecast : null,
    `${formatDuration(Math.max(0, age))} old`,
  ]
  return parts.filter((part) => part !== null)
}

const clock = ({ zone }: TileFacts, at: EpochMs) => formatClock(at, zone, 'minutes')

function reasonOf(source: SourceNews): string {
  if (source.kind === 'failing') return source.reason
  return source.kind === 'signedOut' ? 'signed out' : 'no reply'
}
