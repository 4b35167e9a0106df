import { usedRatio } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { panelPlan } from '../metrics/panelPlan.ts'
import { lowerBound } from '../series/lowerBound.ts'
import type { Summaries } from '../series/minuteSummaries.ts'
import { type EpochMs, epochMs, later, type MetricId } from '../units.ts'
import { type HistorySpan, stepsOf } from './historySpan.ts'
import type { Span } from './incident.ts'

/** An hour of history, or six: how full it was, and what was refused. */
export type HistoryHour = Span & {
  /** `missing`: nothing was measured, though Tidemark had begun to watch. `notKept`: it had not. */
  kind: 'measured' | 'missing' | 'notKept'
  /** The value that used most of its limit; the highest one where no limit is known. */
  highest: number | null
  /** What it was judged by; null where that is not known. */
  limit: number | null
  /** Its used ratio. */
  used: number | null
  /** The limit changed meanwhile, and nobody can say on which side of it that value was: at least so much was used. */
  isAtLeast: boolean
  /** Null where they were too many to be read. */
  refused: number | null
}

/** A page of history, hour by hour. */
export type HistoryHours = HistorySpan & {
  /** What was counted; null where nothing of the kind is kept. */
  metric: Metric | null
  hours: readonly HistoryHour[]
  /** The first instant of which something is kept, or an earlier one than the page; null: nothing is. */
  keptFrom: EpochMs | null
}

/**
 * What a page is about, by the rule of a review: the best count of connections with a known limit, else
 * of sessions, else the best one; null without any.
 */
export function historySubject(
  metrics: readonly Metric[],
  limits: ReadonlyMap<MetricId, LimitSteps>,
): Metric | null {
  const { connections, sessions } = panelPlan(metrics, null)
  const levels = [...connections, ...sessions]
  const isJudged = ({ id }: Metric) => limits.get(id)?.some(({ value }) => value !== null) ?? false
  return levels.find(isJudged) ?? levels[0] ?? null
}

/** When the steps begin in which a limit changed: where a step alone does not say what its highest value was judged by. */
export function stepsOfChange(steps: Summaries, limits: LimitSteps): EpochMs[] {
  const changes = new Set(
    limits
      .map(({ from }) => Math.floor(from / steps.stepMs) * steps.stepMs)
      .filter(Number.isFinite),
  )
  return Array.from(steps.startMs, (start) => epochMs(start)).filter(
    (start, i) =>
      changes.has(start) &&
      steps.count[i]! > 0 &&
      limitsWithin(limits, start, later(start, steps.stepMs)).length > 1,
  )
}

type Known = {
  /** What is kept of the metric, in steps of the page's length. */
  steps: Summaries | null
  /** The same in shorter steps, by the start of the page's. */
  finer: ReadonlyMap<EpochMs, Summaries>
  limits: LimitSteps
  refused: readonly (number | null)[]
  keptFrom: EpochMs | null
}

/** Each step of a page: its highest used ratio against the limit of then, and its refusals. O(n). */
export function historyHours(span: HistorySpan, known: Known): HistoryHour[] {
  const { steps, finer, limits, refused, keptFrom } = known
  return Array.from({ length: stepsOf(span) }, (_, i) => {
    const from = later(span.from, i * span.stepMs)
    const to = later(from, span.stepMs)
    const inside = finer.get(from) ?? steps
    const fullest = inside && fullestOf(inside, limits, { from, to })
    const isWatched = keptFrom !== null && to > keptFrom
    const kind = fullest ? 'measured' : isWatched ? 'missing' : 'notKept'
    return { from, to, kind, ...(fullest ?? NOTHING_MEASURED), refused: refused[i] ?? null }
  })
}

type Fullest = Pick<HistoryHour, 'highest' | 'limit' | 'used' | 'isAtLeast'>
const NOTHING_MEASURED: Fullest = { highest: null, limit: null, used: null, isAtLeast: false }

/** The fullest of the steps that begin within a stretch; null where none has a value. */
function fullestOf(steps: Summaries, limits: LimitSteps, { from, to }: Span): Fullest | null {
  let fullest: Fullest | null = null
  const end = lowerBound(steps.startMs, to)
  for (let i = lowerBound(steps.startMs, from); i < end; i++) {
    const highest = steps.max[i]!
    if (Number.isNaN(highest)) continue
    const start = epochMs(steps.startMs[i]!)
    const inForce = limitsWithin(limits, start, later(start, steps.stepMs))
    // The highest one claims least.
    const limit = inForce.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a))
    const used = usedRatio(highest, limit)
    const one = { highest, limit, used, isAtLeast: used !== null && inForce.length > 1 }
    if (!fullest || isFuller(one, fullest)) fullest = one
  }
  return fullest
}

/** Whether one used more than another; any share of a limit comes before a value without one. */
export function isFuller(
  one: Pick<HistoryHour, 'used' | 'highest'>,
  other: Pick<HistoryHour, 'used' | 'highest'>,
): boolean {
  if (one.used !== other.used) return (one.used ?? -1) > (other.used ?? -1)
  return (one.highest ?? -Infinity) > (other.highest ?? -Infinity)
}

/** The values of a limit in [from, to), each once; null among them where it was unknown. Never empty. */
function limitsWithin(limits: LimitSteps, from: EpochMs, to: EpochMs): (number | null)[] {
  const during = limits.filter((step) => step.from > from && step.from < to)
  return [...new Set([limitAt(limits, from), ...during.map(({ value }) => value)])]
}

/** Several hours that follow each other as one, in the words of its fullest. Of none: throws. */
export function hoursTogether(hours: readonly HistoryHour[]): HistoryHour {
  const [first, last] = [hours[0], hours.at(-1)]
  if (!first || !last) throw new Error('No hours to put together')
  const measured = hours.filter(({ kind }) => kind === 'measured')
  const fullest = measured.reduce((a, b) => (isFuller(b, a) ? b : a), measured[0] ?? first)
  const kind = measured.length > 0 ? 'measured' : hours.some(isMissing) ? 'missing' : 'notKept'
  return { ...fullest, kind, from: first.from, to: last.to, refused: refusedIn(hours) }
}

const isMissing = ({ kind }: HistoryHour) => kind === 'missing'

/** What was refused in all of them; null where not all is known. */
export const refusedIn = (hours: readonly HistoryHour[]): number | null =>
  hours.reduce<number | null>(
    (sum, { refused }) => (sum === null || refused === null ? null : sum + refused),
    0,
  )

/** Which of them there is something to see of. */
export const isShowable = ({ kind, refused }: HistoryHour) => kind === 'measured' || refused !== 0
