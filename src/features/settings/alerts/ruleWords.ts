import type { AlertRule, FailureRule, LevelRule } from '#domain/alerts/alertRule.ts'
import { burnFactor } from '#domain/alerts/burnRate.ts'
import { formatCount, formatDuration, THIN_SPACE } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { MetricId } from '#domain/units.ts'

/** `98 %`, `0.5 %`: a share as it was typed. */
export const typedShare = (ratio: number) => `${Number((ratio * 100).toFixed(2))}${THIN_SPACE}%`

/** What a rule looks at. */
export function watchesWords(rule: AlertRule, metrics: readonly Metric[]): string {
  switch (rule.kind) {
    case 'level':
      return rule.metric === null ? EVERY_LEVEL : titleOf(rule.metric, metrics)
    case 'failures':
      return `Failures: ${rule.classes.join(', ')}`
    case 'leak':
      return 'Floors of connections, iteration by iteration'
    case 'blind':
      return 'Silence of what should answer'
  }
}

export const EVERY_LEVEL = 'Every level whose limit is known'

const titleOf = (id: MetricId, metrics: readonly Metric[]) =>
  metrics.find((metric) => metric.id === id)?.title ?? `${id}, not asked now`

/** From when on it fires. */
export function firesWords(rule: AlertRule): string {
  switch (rule.kind) {
    case 'level':
      return levelFires(rule)
    case 'failures':
      return `${failuresFire(rule)}${heldFor(rule.holdMs)}`
    case 'leak':
      return `from the fifth floor that rises${heldFor(rule.holdMs)}`
    case 'blind':
      return `after ${formatDuration(rule.holdMs)} and ten intervals`
  }
}

const levelFires = ({ levels, holdMs }: LevelRule) =>
  `from ${typedShare(levels.fireAt)} of the limit${holdMs > 0 ? heldFor(holdMs) : ', at once'}`

const heldFor = (holdMs: number) => (holdMs > 0 ? ` for ${formatDuration(holdMs)}` : '')

function failuresFire({ basis, budget, tiers }: FailureRule): string {
  const windows = tiers.map((tier) => {
    const [long, short] = [formatDuration(tier.longMs), formatDuration(tier.shortMs)]
    return basis === 'count'
      ? `${formatCount(tier.leastLong)} in ${long} and ${formatCount(tier.leastShort)} in ${short}`
      : `${typedShare(burnFactor(tier) * budget)} of attempts in ${long} and in ${short}, from ${formatCount(tier.leastLong)}`
  })
  return `${basis === 'count' ? 'from' : 'above'} ${windows.join('; or ')}`
}

/** When it ends again. */
export function clearsWords(rule: AlertRule): string {
  const kept = rule.keepFiringMs > 0 ? `, and ${formatDuration(rule.keepFiringMs)} later` : ''
  return `${clearWords(rule)}${kept}`
}

function clearWords(rule: AlertRule): string {
  switch (rule.kind) {
    case 'level': {
      const { clearBelow, clearSamples } = rule.levels
      const samples =
        clearSamples === 1 ? '1 sample' : `${formatCount(clearSamples)} samples in a row`
      return `below ${typedShare(clearBelow)} for ${samples}`
    }
    case 'failures':
      return 'below half of that in the short window'
    case 'leak':
      return 'once floors rise no more'
    case 'blind':
      return 'once all of it is heard again'
  }
}
