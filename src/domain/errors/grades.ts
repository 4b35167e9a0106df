import { lowerBound } from '../series/lowerBound.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { ErrorEvent, NamedLimit } from './errorEvent.ts'
import { GRADES, type Grade } from './grade.ts'
import { type GradeContext, type HotSamples, hotNear, isHotNear, NEAR_MS } from './gradeContext.ts'
import { isRateCode } from './serverCode.ts'

/** What a grade rests on. */
export type GradeReason =
  | { grade: 'A'; because: 'limitNamed'; limit: NamedLimit }
  | { grade: 'A'; because: 'rateCode'; code: string }
  | { grade: 'A'; because: 'limitEvent'; label: string; at: EpochMs }
  /** `ratio` is the highest share of the limit within reach, 0–1 and above. */
  | { grade: 'B' | 'C'; because: 'limitNear'; title: string; ratio: number }
  | { grade: 'D'; because: 'nothing' }

/**
 * How well one error is explained by a limit (facts §11.4, within 60 s). A: the server named a
 * limit or answered with a code for rates, or an operational event of the same kind is near. B: a
 * record of a rate limit that its route can run into was at 90 % or more. C: the judged metric was
 * at its critical share of the limit or above. D: none of these.
 *
 * The first that holds counts. O(log n).
 */
export function gradeOf(event: ErrorEvent, context: GradeContext): Grade {
  if (isNamed(event) || eventNear(event, context)) return 'A'
  for (const hot of context.pressuresOn(event)) if (isHotNear(hot, event.at, true)) return 'B'
  return context.judged && isHotNear(context.judged, event.at, false) ? 'C' : 'D'
}

/** The same, with what it rests on, for one event that is looked at. */
export function gradeReason(event: ErrorEvent, context: GradeContext): GradeReason {
  const { limit, code, at } = event
  const grade = gradeOf(event, context)
  if (grade === 'A') {
    if (hasName(limit)) return { grade, because: 'limitNamed', limit }
    if (isRateCode(code)) return { grade, because: 'rateCode', code: code! }
    const { label, at: eventAt } = eventNear(event, context)!
    return { grade, because: 'limitEvent', label, at: eventAt }
  }
  if (grade === 'D') return { grade, because: 'nothing' }
  const isRecord = grade === 'B'
  const [first, ...others] = (isRecord ? context.pressuresOn(event) : [context.judged!]).map(
    (hot) => ({ title: hot.title, ratio: highest(hot, at, isRecord) }),
  )
  const worst = others.reduce((best, hot) => (hot.ratio > best.ratio ? hot : best), first!)
  return { grade, because: 'limitNear', ...worst }
}

/** Capacity errors per grade, each event by its count; events of other classes are left out. */
export function gradeCounts(
  events: readonly ErrorEvent[],
  context: GradeContext,
): Record<Grade, number> {
  const counts = Object.fromEntries(GRADES.map((grade) => [grade, 0])) as Record<Grade, number>
  for (const event of events)
    if (event.class === 'capacity') counts[gradeOf(event, context)] += event.count
  return counts
}

const hasName = (limit: NamedLimit | null): limit is NamedLimit =>
  limit !== null && (limit.key ?? limit.namespace ?? limit.value) !== null

const isNamed = ({ limit, code }: ErrorEvent) => hasName(limit) || isRateCode(code)

/**
 * An operational event within reach that explains errors of this class; null where there is none.
 */
function eventNear({ at, class: errorClass }: ErrorEvent, { events }: GradeContext) {
  const own = events.get(errorClass)
  const index = own ? lowerBound(own.timeMs, at - NEAR_MS) : 0
  if (!own || !(own.timeMs[index]! <= at + NEAR_MS)) return null
  return { label: own.labels[index]!, at: epochMs(own.timeMs[index]!) }
}

function highest(hot: HotSamples, at: EpochMs, isRecord: boolean): number {
  const { low, high } = hotNear(hot, at, isRecord)
  let ratio = 0
  for (let i = low; i < high; i++) ratio = Math.max(ratio, hot.ratio[i]!)
  return ratio
}
