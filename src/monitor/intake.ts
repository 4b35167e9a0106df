import { gapAfterMs } from '#domain/metrics/freshness.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { factsOfBook } from '#domain/limits/registryBook.ts'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { oneSample, type Series } from '#domain/series/series.ts'
import { epochMs, type EpochMs, later, type MetricId } from '#domain/units.ts'
import type { ClientLog } from './clientLog.ts'
import type { ErrorLog } from './errorLog.ts'
import type { Ledger } from './ledger.ts'
import { foldedErrors } from './mergedErrors.ts'
import type { SeriesStore } from './seriesStore.ts'

type Sample = Observation['samples'][number]
type Stores = { series: SeriesStore; errors: ErrorLog; clients: ClientLog; ledger: Ledger }

/** Takes observations in and hands their parts to the stores. */
export function createIntake({ series, errors, clients, ledger }: Stores) {
  function add({ metric, series: added }: Sample) {
    if (added.timeMs.length === 1) series.append(metric, epochMs(added.timeMs[0]!), added.value[0]!)
    else series.insert(metric, added)
  }

  /** What lies between the newest sample and this one, where nothing was heard for too long. */
  function gapBefore({ metric, series: added }: Sample): Sample[] {
    const known = ledger.metric(metric)
    const latest = series.latest(metric)
    const first = added.timeMs[0]
    if (!known || !latest || first === undefined || !isGauge(known)) return []
    const isJoined = first - latest.at <= gapAfterMs(known.intervalMs)
    if (isJoined || series.at(metric, epochMs(first)) === null) return []
    return [{ metric, series: oneSample(later(latest.at, known.intervalMs), NaN) }]
  }

  return {
    /**
     * Takes in what is new here and gives it as it was recorded: with a gap where too long a time
     * lies between the newest sample and the next (asleep, idle, closed), without what was known
     * already. That is what history and the other tabs get.
     */
    record(observation: Observation): Observation {
      const slow = ledger.take(observation)
      const samples = observation.samples.flatMap((sample) => {
        const both = [...gapBefore(sample), sample]
        for (const one of both) add(one)
        return both
      })
      const folded = foldedErrors(observation.errors)
      errors.add(folded)
      clients.add(observation.clients)
      return { ...slow, samples, errors: folded, clients: observation.clients }
    },
    /** Takes in what was recorded before, here or in another tab, as it stands. */
    restore(observation: Observation, isOld: boolean) {
      ledger.take(observation, isOld)
      for (const sample of observation.samples) add(sample)
      errors.add(observation.errors)
      clients.add(observation.clients)
    },
    /**
     * The gap that a missed poll leaves in each of these gauges. None where nothing was known
     * before, or where the gap is there already; never in the place of a sample.
     */
    gapsAt(metrics: readonly Metric[], dueAt: EpochMs): readonly Sample[] {
      return metrics.filter(isGauge).flatMap(({ id: metric }) => {
        const newest = series.extent(metric)?.to ?? null
        if (newest === null || series.at(metric, newest) === null) return []
        return [{ metric, series: oneSample(epochMs(Math.max(dueAt, newest + 1)), NaN) }]
      })
    },
    /**
     * Everything held since an instant, to hand to a tab or a history that may lack it. No history
     * holds what clients did: a tab that comes wants more of that than of the rest.
     */
    since(from: EpochMs, clientsFrom = from): Observation {
      const to = epochMs(Infinity)
      const samples = series.metrics().map((metric) => ({
        metric,
        series: series.slice(metric, from, to),
      }))
      return {
        metrics: ledger.metrics(),
        samples: samples.filter((sample) => hasSamples(sample.series)),
        limits: [...ledger.toldLimits()].flatMap(([metric, steps]) =>
          steps.map((step) => ({ metric, step })),
        ),
        errors: errors.between(from, to),
        markers: ledger.markers(),
        clients: clients.between(clientsFrom, to),
        registry: factsOfBook(ledger.registry()),
      }
    },
  }
}

export type Intake = ReturnType<typeof createIntake>

/** Whether there is nothing in an observation. */
export const isEmpty = (observation: Observation) =>
  Object.keys(NOTHING_OBSERVED).every((part) => observation[part as keyof Observation].length === 0)

/** The series an observation adds to or describes; a limit alone makes none. */
export const seriesIn = ({ metrics, samples }: Observation): readonly MetricId[] => [
  ...new Set([...metrics.map(({ id }) => id), ...samples.map(({ metric }) => metric)]),
]

const hasSamples = ({ timeMs }: Series) => timeMs.length > 0

/**
 * A level that is expected regularly: what is missing of it is a gap. Counts and files have none.
 */
const isGauge = (
  metric: Metric,
): metric is Metric & { intervalMs: NonNullable<Metric['intervalMs']> } =>
  metric.kind === 'gauge' && metric.intervalMs !== null
