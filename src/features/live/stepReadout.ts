import { formatCount, formatPercent } from '#domain/format.ts'
import { usedRatio } from '#domain/metrics/headroom.ts'
import { limitStepAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { elapsed, later, MINUTE_MS } from '#domain/units.ts'
import type { Step } from '#monitor/summaryStore.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import type { LevelReadout, ReadoutFacts, ReadoutRow } from './readoutRows.ts'

const DASH = '–'

/** `412 to 480`, once where nothing moved: what is known of a step in the place of a sample. */
export function rangeWords({ lowest, highest }: Step, metric: Metric): string {
  if (lowest === null || highest === null) return DASH
  const high = valueWords(highest, metric)
  return lowest === highest ? high : `${valueWords(lowest, metric)} to ${high}`
}

/** The connections in a step. It has no state: nobody knows how long it was at its highest. */
export function stepLevel(facts: ReadoutFacts, metric: Metric, step: Step): LevelReadout {
  const { iteration, plan } = facts
  const rows = [meanRow(metric, step), ...againstLimit(facts, metric, step, 'limit then')]
  if (plan.attempts) rows.push(attemptsPerMinute(facts, plan.attempts))
  if (iteration !== null) rows.push({ name: 'iteration', value: iteration })
  return { value: rangeWords(step, metric), state: null, rows }
}

/** What stands beside the connections, in a step. */
export const stepBeside = (facts: ReadoutFacts, metric: Metric, step: Step): ReadoutRow[] => [
  { name: 'in use', value: rangeWords(step, metric) },
  ...againstLimit(facts, metric, step, 'capacity then'),
]

/** What was attempted in the steps of the bin around an instant, which its refusals are a share of. */
export function stepAttempts(facts: ReadoutFacts, metric: Metric): ReadoutRow | null {
  const { drawn, at, binMs } = facts
  const own = drawn.step(metric.id, at)
  if (!own) return null
  const steps = drawn.steps(metric.id, later(at, binMs / -2), later(at, binMs / 2))
  const counted = (steps.length > 0 ? steps : [own]).filter(({ count }) => count > 0)
  const sum = counted.reduce((all, step) => all + step.sum, 0)
  return { name: 'attempts', value: counted.length > 0 ? formatCount(sum) : DASH }
}

const meanRow = (metric: Metric, { mean }: Step): ReadoutRow => ({
  name: 'mean',
  value: mean === null ? DASH : valueWords(mean, metric),
})

/** The limit in force then, and how much of it was used at the highest. */
function againstLimit(
  { limits, at }: ReadoutFacts,
  metric: Metric,
  { highest }: Step,
  name: string,
): ReadoutRow[] {
  const limit = limitStepAt(limits.get(metric.id) ?? [], at)?.value ?? null
  const ratio = highest === null ? null : usedRatio(highest, limit)
  return [
    { name, value: limit === null ? 'unknown' : formatCount(limit) },
    { name: 'used at most', value: ratio === null ? DASH : formatPercent(ratio) },
  ]
}

function attemptsPerMinute({ drawn, at }: ReadoutFacts, metric: Metric): ReadoutRow {
  const step = drawn.step(metric.id, at)
  const minutes = step ? elapsed(step.from, step.to) / MINUTE_MS : 0
  const mean = step && step.count > 0 ? formatCount(step.sum / minutes) : DASH
  return { name: 'attempts/min', value: mean }
}
