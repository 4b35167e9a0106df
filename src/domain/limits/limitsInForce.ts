import {
  limitStepAt,
  type LimitStep,
  type LimitSteps,
  withLimitStep,
} from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { formatDate } from '../format.ts'
import type { EpochMs, MetricId } from '../units.ts'
import { keySteps } from './keySteps.ts'
import type { LimitKey } from './limitKey.ts'
import type { LimitSettings, ManualLimit } from './limitSettings.ts'
import { keyIn, type RegistryBook } from './registryBook.ts'
import { requestsFor } from './registryFact.ts'

/** The key of the registry that limits a metric: as assigned, else as its source says; null: none. */
export function keyOfMetric(
  metric: Pick<Metric, 'id' | 'limitKey'>,
  { limitKeys }: Pick<LimitSettings, 'limitKeys'>,
): LimitKey | null {
  const assigned = Object.hasOwn(limitKeys, metric.id) ? limitKeys[metric.id] : undefined
  return assigned ?? metric.limitKey ?? null
}

type Known = {
  /** As sources told them. */
  told: ReadonlyMap<MetricId, LimitSteps>
  metrics: readonly Metric[]
  book: RegistryBook
  settings: LimitSettings
}

/**
 * The limits that hold, by metric. What a source tells of its own metric stands, unless somebody
 * assigned a key of the registry: then that key's values hold from when they are known. Where no
 * source tells a value, the key that the metric names stands in. A typed limit comes before both while
 * it holds. All of it is worked out anew from facts, so what is taken back leaves no trace.
 */
export function limitsInForce({
  told,
  metrics,
  book,
  settings,
}: Known): ReadonlyMap<MetricId, LimitSteps> {
  const limits = new Map(told)
  for (const metric of metrics) {
    const known = told.get(metric.id) ?? []
    const key = keyOfMetric(metric, settings)
    const isAssigned = Object.hasOwn(settings.limitKeys, metric.id)
    if (!key || (!isAssigned && known.some(({ value }) => value !== null))) continue
    const facts = keyIn(book, key)
    const steps = facts ? keySteps(key, facts, requestsFor(book.requests, key)) : []
    if (steps.length > 0) limits.set(metric.id, after(known, steps))
  }
  for (const manual of settings.manualLimits)
    limits.set(manual.metric, overlaid(limits.get(manual.metric) ?? [], manual))
  return limits
}

/** Some steps until others begin. */
function after(known: LimitSteps, steps: LimitSteps): LimitSteps {
  const from = steps[0]!.from
  return [...known.filter((step) => step.from < from), ...steps]
}

/** Steps with a typed limit over the time for which it holds. */
function overlaid(known: LimitSteps, manual: ManualLimit): LimitSteps {
  const { from, until } = manual
  const outside = known.filter((step) => step.from < from || (until !== null && step.from >= until))
  const back: LimitStep | null = until === null ? null : afterwards(known, until)
  const typed: LimitStep = { from, value: manual.value, source: manualWords(manual) }
  const all = withLimitStep(outside, typed)
  return back ? withLimitStep(all, back) : all
}

/** What holds once a typed limit has ended. */
function afterwards(known: LimitSteps, until: EpochMs): LimitStep {
  const held = limitStepAt(known, until)
  return held ? { ...held, from: until } : { from: until, value: null, source: WITHDRAWN }
}

const WITHDRAWN = 'the typed limit was taken back and no source names one'

/** Who typed a limit in, and when: a source in words. */
export const manualWords = ({ author, setAt }: Pick<ManualLimit, 'author' | 'setAt'>) =>
  `by hand, ${author}, ${formatDate(setAt, 'UTC')}`
