import type { Thresholds } from '#domain/metrics/metric.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import { MOST_THRESHOLD_CHANGES, type OrganisationConfig, thresholdsOf } from './tidemarkConfig.ts'

/**
 * The thresholds that were in force for a metric at an instant, as far as changes are recorded: before
 * the first of them, what it replaced; without any, those of now.
 */
export function thresholdsAt(config: OrganisationConfig, metric: string, at: EpochMs): Thresholds {
  const changes = config.thresholdChanges.filter((change) => change.metric === metric)
  const last = changes.findLast(({ from }) => from <= at)
  if (last) return { warnAt: last.warnAt, criticalAt: last.criticalAt }
  return changes[0]?.before ?? thresholdsOf(config, metric)
}

/**
 * The settings with other thresholds from an instant on, and a record of each metric for which that
 * makes a difference. A clock that was set back does not disturb their order; past
 * `MOST_THRESHOLD_CHANGES` the oldest go.
 */
export function withThresholdsFrom(
  config: OrganisationConfig,
  thresholds: OrganisationConfig['thresholds'],
  at: EpochMs,
): OrganisationConfig {
  const { thresholdChanges: known } = config
  const next = { ...config, thresholds }
  const from = epochMs(Math.max(at, known.at(-1)?.from ?? at))
  const metrics = new Set([...Object.keys(config.thresholds), ...Object.keys(thresholds)])
  const changes = Array.from(metrics).flatMap((metric) => {
    const before = thresholdsOf(config, metric)
    const after = thresholdsOf(next, metric)
    const isSame = before.warnAt === after.warnAt && before.criticalAt === after.criticalAt
    return isSame ? [] : [{ metric, from, ...after, before }]
  })
  return { ...next, thresholdChanges: [...known, ...changes].slice(-MOST_THRESHOLD_CHANGES) }
}
