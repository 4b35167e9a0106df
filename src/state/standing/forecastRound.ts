import { forecastOf } from '#domain/evidence/forecast/forecast.ts'
import { forecastWords } from '#domain/evidence/forecast/forecastWords.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { HOUR_MS, later, MINUTE_MS, type OrgId } from '#domain/units.ts'
import type { Clock } from '#monitor/clock.ts'
import type { Watched } from '#monitor/watches.ts'
import { orgStanding } from './orgStanding.ts'

/** A forecast is this old at most, as far as the others leave it its turn. */
const ANEW_AFTER_MS = MINUTE_MS
/** Below half of its limit nobody asks when it is reached. */
const WORTH_FROM = 0.5

type Known = { at: number; words: string | null }

/**
 * When organisations reach the limit that speaks for them, by the hour before: one of them a turn, since
 * each takes about ten milliseconds of the page.
 */
export function createForecastRound(clock: Clock) {
  const known = new Map<OrgId, Known>()

  return {
    /** In the words of a tile; null where nobody knows. */
    of: (id: OrgId): string | null => known.get(id)?.words ?? null,
    /** Works out the oldest one that is due; forgets those that are not watched. */
    next(watched: readonly Watched[]) {
      const ids = new Set(watched.map(({ organisation }) => organisation.id))
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
      const now = clock.now()
      const atOf = ({ organisation }: Watched) => known.get(organisation.id)?.at ?? -Infinity
      const due = watched.filter((one) => now - atOf(one) >= ANEW_AFTER_MS)
      for (const one of due.toSorted((a, b) => atOf(a) - atOf(b))) {
        const metric = worthAsking(one)
        const words = metric && wordsFor(one, metric)
        known.set(one.organisation.id, { at: now, words })
        if (metric) return
      }
    },
  }
}

/** The metric that will be at its limit, if anything is; null where there is nothing to forecast. */
function worthAsking({ monitor }: Watched): Metric | null {
  const { metric, state, lastRatio } = orgStanding(monitor.facts(), monitor, monitor.now())
  const isRead = state === 'ok' || state === 'warn' || state === 'critical'
  return isRead && (lastRatio ?? 0) >= WORTH_FROM ? metric : null
}

function wordsFor({ monitor }: Watched, metric: Metric): string | null {
  const limits = monitor.facts().limits.get(metric.id) ?? []
  const now = monitor.now()
  const from = later(now, -1 * HOUR_MS)
  const { id, title, provenance, scope, intervalMs } = metric
  return forecastWords(
    forecastOf(
      {
        metric: id,
        title,
        provenance,
        scope,
        intervalMs,
        limits,
        series: monitor.series.slice(id, from, now),
      },
      from,
      now,
    ),
  )
}
