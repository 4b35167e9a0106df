import { type LimitSteps, limitStepAt, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'

/** What the feed has told of metrics and limits, which is what its readers know. */
export type ToldFacts = {
  metrics: () => readonly Metric[]
  limits: () => ReadonlyMap<MetricId, LimitSteps>
  /** Takes in what was told. */
  take: (told: Observation) => void
  /**
   * What must be told so that readers know this; null where they do. A limit that was taken back is
   * told as what holds in its place, since a feed has no way to unsay one. Steps that ended before
   * `since` are nobody's business any more.
   */
  missing: (
    metrics: readonly Metric[],
    limits: ReadonlyMap<MetricId, LimitSteps>,
    since: EpochMs,
  ) => Observation | null
}

export function createToldFacts(): ToldFacts {
  const metrics = new Map<MetricId, Metric>()
  const limits = new Map<MetricId, LimitSteps>()

  function missingSteps(metric: MetricId, steps: LimitSteps, since: EpochMs) {
    const told = limits.get(metric) ?? []
    const instants = new Set([...told, ...steps].map(({ from }) => from).filter(isWanted))
    function isWanted(from: EpochMs) {
      return from >= since || limitStepAt(steps, since)?.from === from
    }
    return [...instants].flatMap((from) => {
      const wanted = limitStepAt(steps, from) ?? { value: null, source: 'taken back' }
      const known = limitStepAt(told, from)
      if (known?.value === wanted.value && known.source === wanted.source) return []
      return [{ metric, step: { from, value: wanted.value, source: wanted.source } }]
    })
  }

  return {
    metrics: () => [...metrics.values()],
    limits: () => limits,
    take(told) {
      for (const metric of told.metrics) metrics.set(metric.id, metric)
      for (const { metric, step } of told.limits)
        limits.set(metric, withLimitStep(limits.get(metric) ?? [], step))
    },
    missing(allMetrics, allLimits, since) {
      const news = allMetrics.filter((metric) => !isSame(metrics.get(metric.id), metric))
      const concerned = new Set([...limits.keys(), ...allLimits.keys()])
      const steps = [...concerned].flatMap((id) => missingSteps(id, allLimits.get(id) ?? [], since))
      if (news.length === 0 && steps.length === 0) return null
      return observation({ metrics: news, limits: steps })
    },
  }
}

const isSame = (a: Metric | undefined, b: Metric) => JSON.stringify(a) === JSON.stringify(b)
