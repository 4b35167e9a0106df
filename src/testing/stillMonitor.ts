import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { withRegistryFacts } from '#domain/limits/registryBook.ts'
import { withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import { summarised } from '#domain/series/minuteSummaries.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { EpochMs, MetricId, SourceId } from '#domain/units.ts'
import { createClientLog } from '#monitor/clientLog.ts'
import { createDrawnSeries } from '#monitor/drawnSeries.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { SummarisedSpan } from '#monitor/recallPlan.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { createSummaryStore, summarisedSeries } from '#monitor/summaryStore.ts'
import { wellFacts } from './wellFacts.ts'

/** A monitor that asks nobody: real stores, and a clock and facts that only a test moves. */
export type StillMonitor = OrgMonitor & {
  setNow: (at: EpochMs) => void
  setFacts: (facts: Partial<OrgFacts>) => void
  /** What `tryNow` and `loadHistory` were asked for. */
  readonly asked: { sources: SourceId[]; windows: [EpochMs, EpochMs][] }
  /** Ends what `loadHistory` was asked for, with nothing kept. Until then it is under way. */
  answerWindows: () => void
  /** Shows a stretch in steps, made of these samples. */
  summarise: (span: SummarisedSpan, samples: Observation['samples']) => void
}

const atOnce = (flush: () => void) => flush()

/**
 * For screens under test: what they show is put in by hand, through the same `observe` as anything
 * else.
 */
export function stillMonitor(now: EpochMs, known: Partial<OrgFacts> = {}): StillMonitor {
  const series = createSeriesStore(atOnce)
  const summaries = createSummaryStore(atOnce)
  const errors = createErrorLog(atOnce)
  const clients = createClientLog(atOnce)
  const listeners = new Set<() => void>()
  const asked: StillMonitor['asked'] = { sources: [], windows: [] }
  let answers: (() => void)[] = []
  let time = now
  let marked = 0
  let facts = wellFacts(known)

  function setFacts(changed: Partial<OrgFacts>) {
    facts = { ...facts, ...changed }
    for (const listener of listeners) listener()
  }

  function observe(news: Observation) {
    for (const { metric, series: samples } of news.samples) series.insert(metric, samples)
    errors.add(news.errors)
    clients.add(news.clients)
    setFacts({
      metrics: withMetrics(facts.metrics, news.metrics),
      limits: withLimits(facts.limits, news),
      toldLimits: withLimits(facts.toldLimits, news),
      registry: withRegistryFacts(facts.registry, news.registry).book,
      markers: [...facts.markers, ...news.markers].toSorted((a, b) => a.at - b.at),
    })
  }

  return {
    series,
    drawn: createDrawnSeries(series, summaries),
    errors,
    clients,
    asked,
    facts: () => facts,
    now: () => time,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    observe,
    observeLong: async (news) => observe(news),
    mark: (kind, label) => {
      const id = `here:${++marked}`
      const marker: Marker = { id, at: time, kind, label, origin: 'here' }
      observe(observation({ markers: [marker] }))
      return id
    },
    unmark: (id) => setFacts({ markers: facts.markers.filter((marker) => marker.id !== id) }),
    setLimitSettings: (limitSettings) => setFacts({ limitSettings }),
    ask: () => Promise.reject(new Error('A still monitor asks nobody.')),
    tryNow: (source) => void asked.sources.push(source),
    loadHistory: (from, to) => {
      asked.windows.push([from, to])
      return new Promise((resolve) => answers.push(resolve))
    },
    releaseHistory: () => summaries.replace(null),
    answerWindows: () => {
      for (const answer of answers) answer()
      answers = []
    },
    summarise: (span, samples) =>
      summaries.replace(
        span,
        new Map(
          samples.map(({ metric, series: raw }) => {
            const kind = facts.metrics.find(({ id }) => id === metric)?.kind ?? 'gauge'
            return [metric, summarisedSeries(coarsened(summarised(raw), span.stepMs), kind)]
          }),
        ),
      ),
    stop: async () => undefined,
    setNow: (later) => {
      time = later
    },
    setFacts,
  }
}

const withMetrics = (known: readonly Metric[], added: readonly Metric[]) => [
  ...known,
  ...added.filter(({ id }) => !known.some((metric) => metric.id === id)),
]

function withLimits(known: ReadonlyMap<MetricId, LimitSteps>, { limits }: Observation) {
  const merged = new Map(known)
  for (const { metric, step } of limits)
    merged.set(metric, withLimitStep(merged.get(metric) ?? [], step))
  return merged
}
