import type { Metric } from '../../metrics/metric.ts'
import { EMPTY_SERIES, type Series } from '../../series/series.ts'
import { type MetricId, MINUTE_MS } from '../../units.ts'
import { typicalIntervalMs } from '../sampling.ts'

/** What the number of a guard is: `12 s`, `82 %`, `0.4` a minute, a plain level. */
export type GuardUnit = 'count' | 'seconds' | 'percent' | 'perMinute'

/** What may not become worse when a limit is raised. */
export type GuardRule = {
  /** As the certificate calls it: `Longest waiting`. */
  title: string
  unit: GuardUnit
  /** Which way is worse: longer waits, a lower service level. */
  worse: 'higher' | 'lower'
}

/** A guard with its samples; empty where nobody measured it. */
export type GuardedSeries = GuardRule & {
  series: Series
  /**
   * The load this level goes up and down with, as series that add up to it; none where it has none.
   * Then its share of the load must have become worse, too: fewer conversations of fewer callers
   * harm nobody.
   */
  load: readonly Series[]
}

/** The same with the ids of its metrics: those of all media together. */
type Guarded = GuardRule & { id: string; load: readonly string[] }

const GUARDED: readonly Guarded[] = [
  { id: 'acd.waiting', title: 'Waiting', unit: 'count', worse: 'higher', load: [] },
  {
    id: 'acd.interacting',
    title: 'Interacting',
    unit: 'count',
    worse: 'lower',
    load: ['acd.interacting', 'acd.waiting'],
  },
  {
    id: 'acd.longestWaiting',
    title: 'Longest waiting',
    unit: 'seconds',
    worse: 'higher',
    load: [],
  },
  {
    id: 'acd.abandoned',
    title: 'Abandons per minute',
    unit: 'perMinute',
    worse: 'higher',
    load: ['acd.offered'],
  },
  { id: 'acd.serviceLevel', title: 'Service level', unit: 'percent', worse: 'lower', load: [] },
]

/**
 * The queue metrics that a raised limit must not harm. All of them, also those that nobody measured,
 * so that a certificate can name these; none where no queue is watched at all.
 */
export function guardsIn(
  metrics: readonly Metric[],
  samples: (metric: MetricId) => Series,
): readonly GuardedSeries[] {
  const known = new Map<string, Metric>(metrics.map((metric) => [metric.id, metric]))
  if (!GUARDED.some(({ id }) => known.has(id))) return []
  const seriesOf = (id: string): Series => {
    const metric = known.get(id)
    if (!metric) return EMPTY_SERIES
    const series = samples(metric.id)
    return metric.kind === 'count' ? perMinute(series) : series
  }
  return GUARDED.map(({ id, load, ...rule }) => ({
    ...rule,
    series: seriesOf(id),
    load: load.map(seriesOf),
  }))
}

/** Counts per sample as a rate, whatever stretch a sample stands for. */
function perMinute({ timeMs, value }: Series): Series {
  const intervalMs = typicalIntervalMs(timeMs) ?? MINUTE_MS
  return { timeMs, value: value.map((count) => (count * MINUTE_MS) / intervalMs) }
}
