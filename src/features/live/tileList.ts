import type { Forecast } from '#domain/evidence/forecast/forecast.ts'
import { forecastWords } from '#domain/evidence/forecast/forecastWords.ts'
import { limitStepAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { busiestMinute, perMinuteAt } from '#domain/series/perMinute.ts'
import {
  type EpochMs,
  HOUR_MS,
  later,
  MINUTE_MS,
  type MetricId,
  type SourceId,
} from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import { type TileReading, tileReading } from '#ui/tile/tileReading.ts'
import { stretchesIn } from './metricWindow.ts'
import { panelPlan, tileMetrics } from '#domain/metrics/panelPlan.ts'
import { askable, sourceNews, sourceOf } from '#state/sourceNews.ts'
import { chartedInFirstRow, worstFirst } from './tileOrder.ts'

/** When metrics reach their limits, as far as it was worked out. */
export type Forecasts = ReadonlyMap<MetricId, Forecast>

type Stores = Pick<OrgMonitor, 'series' | 'drawn'>

export type ListedTile = { metric: Metric; reading: TileReading; source: SourceId | null }

/** Looked back this far for the beginning of a stay at the limit: a little first, since most are short. */
const LOOK_BACK_MS = [15 * MINUTE_MS, 2 * HOUR_MS, 24 * HOUR_MS] as const

/** The tiles of an organisation, worst headroom first, the charted ones in the first row. The peak is that of the window on screen. */
export function tileList(
  facts: OrgFacts,
  stores: Stores,
  window: { from: EpochMs; to: EpochMs },
  now: EpochMs,
  zone: string,
  forecasts: Forecasts = NO_FORECASTS,
): ListedTile[] {
  const { series, drawn } = stores
  const tiles = tileMetrics(facts.metrics).map((metric): ListedTile => {
    const source = sourceOf(facts.sources, metric.id)
    const known = {
      metric,
      latest: series.latest(metric.id),
      limit: limitStepAt(facts.limits.get(metric.id) ?? [], now),
      peak: drawn.range(metric.id, window.from, window.to)?.max ?? null,
      forecast: forecastOf(forecasts, metric),
      source: sourceNews(source),
      now,
      zone,
    }
    const reading = tileReading({ ...known, atLimitSince: null })
    const atLimitSince =
      reading.state === 'atLimit' ? sinceWhenAtLimit(facts, series, metric, now) : null
    return {
      metric,
      reading: atLimitSince === null ? reading : tileReading({ ...known, atLimitSince }),
      source: askable(source),
    }
  })
  const rates = facts.metrics
    .filter(isRate)
    .map((metric) => rateTile(metric, facts, stores, window, now, zone))
  const { connections, sessions } = panelPlan(facts.metrics, null)
  const charted = [...connections.slice(0, 1), ...sessions].map(({ id }) => id)
  return chartedInFirstRow(worstFirst([...tiles, ...rates]), new Set(charted))
}

const NO_FORECASTS: Forecasts = new Map()

function forecastOf(forecasts: Forecasts, { id }: Metric): string | null {
  const forecast = forecasts.get(id)
  return forecast ? forecastWords(forecast) : null
}

/** What is counted while it happens, other than by a file: new connections, beside those that are open. Queues have their chart. */
const isRate = ({ kind, group, intervalMs }: Metric) =>
  kind === 'count' && group !== 'queue' && intervalMs !== null

/**
 * A count as what came within the last minute: a burst can meet a limit of its own while few
 * connections are open. The peak is the busiest minute of the window.
 */
function rateTile(
  metric: Metric,
  facts: OrgFacts,
  { series, drawn }: Stores,
  window: { from: EpochMs; to: EpochMs },
  now: EpochMs,
  zone: string,
): ListedTile {
  // Steps do not tell which minute was the busiest.
  const isStepped = drawn.tier(window.from, window.to) !== null
  const busiest = isStepped ? null : busiestMinute(series.slice(metric.id, window.from, window.to))
  const source = sourceOf(facts.sources, metric.id)
  const reading = tileReading({
    metric: { ...metric, title: `${metric.title}/min`, unit: 'perMinute' },
    latest: lastMinute(series, metric),
    limit: limitStepAt(facts.limits.get(metric.id) ?? [], now),
    peak: busiest?.count ?? null,
    atLimitSince: null,
    forecast: null,
    source: sourceNews(source),
    now,
    zone,
  })
  return { metric, reading, source: askable(source) }
}

/** What a count came to in the minute up to its newest sample. */
function lastMinute(series: SeriesStore, { id }: Metric) {
  const at = series.latest(id)?.at
  if (at === undefined) return null
  const value = perMinuteAt(series.slice(id, later(at, -1 * MINUTE_MS), at), at)
  return value === null ? null : { at, value }
}

/** The first sample of the stay at the limit that lasts until now; at most a day back. */
function sinceWhenAtLimit(
  facts: OrgFacts,
  series: SeriesStore,
  metric: Metric,
  now: EpochMs,
): EpochMs | null {
  const steps = facts.limits.get(metric.id) ?? []
  for (const backMs of LOOK_BACK_MS) {
    const from = later(now, -1 * backMs)
    const newest = stretchesIn(series, metric, steps, from, now).findLast(
      ({ state }) => state === 'atLimit',
    )
    if (!newest) return null
    if (newest.from > from || backMs === LOOK_BACK_MS.at(-1)) return newest.seenAt
  }
  return null
}
