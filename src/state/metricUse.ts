import { formatClock } from '#domain/format.ts'
import type { MetricUse } from '#domain/limits/limitRows.ts'
import { freshness } from '#domain/metrics/freshness.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, MINUTE_MS } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import { failureWords, sourceNews, sourceOf } from './sourceNews.ts'

/** The platform records a limit that is nearly reached in buckets of some minutes. */
const RECORDED_REACH_MS = 10 * MINUTE_MS

/** What is in use of a metric now, or why nobody can say, as far as its source and its age tell. */
export function metricUse(
  { sources }: Pick<OrgFacts, 'sources'>,
  series: Pick<SeriesStore, 'latest'>,
  metric: Metric,
  now: EpochMs,
): MetricUse {
  const source = sourceOf(sources, metric.id)
  const news = sourceNews(source)
  if (news.kind === 'off') return news
  const latest = series.latest(metric.id)
  if (!latest) {
    if (news.kind === 'failing') return { kind: 'blind', reason: news.reason, since: null }
    return news.kind === 'signedOut'
      ? { kind: 'blind', reason: 'signed out', since: null }
      : { kind: 'waiting' }
  }
  const ageMs = elapsed(latest.at, now)
  if (metric.intervalMs === null)
    return ageMs <= RECORDED_REACH_MS
      ? { kind: 'value', ...latest, isStale: false }
      : {
          kind: 'notMeasurable',
          reason: `recorded from about 90 % on, last at ${formatClock(latest.at, 'UTC', 'minutes')} UTC`,
        }
  const trust = freshness(ageMs, metric.intervalMs)
  if (trust !== 'blind') return { kind: 'value', ...latest, isStale: trust === 'stale' }
  const reason = source?.failure ? failureWords(source.failure) : 'no reply'
  return { kind: 'blind', reason, since: latest.at }
}
