import { gradeContext } from '../errors/gradeContext.ts'
import { gradeOf } from '../errors/grades.ts'
import type { ErrorEvent } from '../errors/errorEvent.ts'
import { decimalText, fineDuration } from '../evidence/parts/numberText.ts'
import { isFileKind } from '../fileKind.ts'
import { formatCount, formatDuration } from '../format.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import { type EpochMs, elapsed, epochMs, later } from '../units.ts'
import { burstGapMs, errorBursts } from './errorBursts.ts'
import { fullestStretch, roundPartMs } from './fullestStretch.ts'
import type { Crossing } from './firstCrossing.ts'
import type { Incident } from './incident.ts'
import { limitsOf } from './incidentEvidence.ts'
import { type IncidentLevel, pointsOf } from './incidentLevels.ts'
import { clockErrorOf } from './clockErrorOf.ts'
import type { TimelineLine } from './timelineLine.ts'
import {
  between,
  iterationAt,
  iterationText,
  joined,
  shortDuration,
  type TimelineFacts,
} from './timelineFacts.ts'

/** Fewer refusals at a time are no peak. */
const LEAST_PEAK = 3

/** The first capacity error, and how it lies to the first crossing. */
export function firstRefusalLine(
  facts: TimelineFacts,
  crossing: Crossing | null,
): TimelineLine | null {
  const { incident, refusals, level, part } = facts
  const first = refusals[0]
  if (!first) return null
  const plusMinusMs = clockErrorOf(incident, first)
  const isUnsure = plusMinusMs === null && level !== null && !isOfOneClock(incident, first, level)
  const order = level ? orderText(level, first.at, plusMinusMs ?? 0, crossing) : null
  const grade = `grade ${gradeIn(facts, first)}.`
  const whose = first.app ?? first.route
  const what = `First ${first.status ?? 'refusal'}`
  return {
    kind: 'refusal',
    at: first.at,
    plusMinusMs,
    title: whose ? `${what}, ${whose}` : what,
    detail: joined(
      capitalised(order === null ? grade : `${order}, ${grade}`),
      crossing && isUnsure ? 'Their clocks were not compared.' : null,
    ),
    part: part('order'),
  }
}

/** Whether the time of a failure and that of a level come from one clock, right or wrong. */
function isOfOneClock({ sources }: Incident, { source }: ErrorEvent, { metric }: IncidentLevel) {
  if (!isFileKind(source)) return !isOfFile(metric)
  const files = sources.filter(({ fileKind }) => fileKind === source)
  return isOfFile(metric) && files.length === 1 && files[0]!.name === metric.origin
}

/** What a refusal and a crossing that are known so exactly say of their order. */
function orderText(
  { limits, stretches }: IncidentLevel,
  at: EpochMs,
  plusMinusMs: number,
  crossing: Crossing | null,
): string {
  if (!crossing) {
    if (limits.every(({ value }) => value === null)) return 'limit not known'
    const isKnown = stretches.some(({ state }) => state !== 'unknown')
    return isKnown ? 'limit not seen reached' : 'level not measured'
  }
  const after = elapsed(crossing.at, at)
  const reach = plusMinusMs + (crossing.plusMinusMs ?? 0)
  if (after < -reach) return 'before any crossing'
  if (crossing.how !== 'rise') return 'at limit already'
  return after > reach ? `${fineDuration(after)} after crossing` : 'at once with the crossing'
}

function gradeIn({ incident, level }: TimelineFacts, event: ErrorEvent) {
  const context = gradeContext(
    {
      metrics: incident.metrics,
      limits: limitsOf(incident),
      markers: incident.markers,
      slice: (metric, from, to) => pointsOf(incident, metric, { from, to }),
      judged: level?.metric ?? null,
    },
    event.at,
    event.at,
  )
  return gradeOf(event, context)
}

/** The retry storm, where there was one. */
export function stormLine({
  incident,
  report,
  refusals,
  part,
}: TimelineFacts): TimelineLine | null {
  const { storm } = report
  if (storm?.word !== 'storm') return null
  const { from, to, amplification } = storm
  const at = epochMs(Math.min(incident.to, Math.max(incident.from, from)))
  const seen = refusals.find((one) => one.at >= from && one.at <= to)
  return {
    kind: 'storm',
    at,
    plusMinusMs: seen ? clockErrorOf(incident, seen) : null,
    title: `Retry storm, ${shortDuration(to - from)}`,
    detail: amplification === null ? '' : `${decimalText(amplification, 1)} attempts per demand.`,
    part: part('storm'),
  }
}

/** When most was refused at a time. */
export function peakLine(facts: TimelineFacts): TimelineLine | null {
  const { incident, refusals, level, part } = facts
  const lengthMs = roundPartMs(incident)
  const fullest = fullestStretch(refusals, lengthMs)
  if (!fullest || fullest.count < LEAST_PEAK) return null
  const end = epochMs(Math.min(incident.to, later(fullest.from, lengthMs)))
  const when = between(fullest.from, end)
  const stay = level?.stretches.find(
    ({ state, from, to }) => state === 'atLimit' && from <= when.at && to > when.at,
  )
  const iteration = iterationAt(facts, when.at)
  const stayed = stay && `at limit for ${shortDuration(elapsed(stay.seenAt, stay.lastAt))}`
  const words = [iteration && iterationText(iteration), stayed].filter(Boolean).join(', ')
  return {
    kind: 'peak',
    ...when,
    title: `Peak of refusals, ${formatCount(fullest.count)} in ${formatDuration(lengthMs)}`,
    detail: words && capitalised(`${words}.`),
    part: part('dose'),
  }
}

/** Shares of the largest burst below which one is a stray. */
const STRAY_SHARE = 0.1

/**
 * The end of the last burst of refusals, where the level was seen below its limit after it, and what
 * ended it. Strays after it are counted, not waited for.
 */
export function recoveryLine(facts: TimelineFacts): TimelineLine | null {
  const { incident, report, refusals, level, part } = facts
  const bursts = errorBursts(refusals, burstGapMs(incident))
  const most = bursts.reduce((highest, { count }) => Math.max(highest, count), 0)
  const last = bursts.findLast(({ count }) => count >= Math.max(LEAST_PEAK, STRAY_SHARE * most))
  if (!last || !level) return null
  const at = last.lastAt
  const below = level.stretches.find(({ state, to }) => state === 'below' && to > at)
  if (!below) return null
  const belowAt = epochMs(Math.max(at, below.seenAt))
  const wasAtLimit = level.stretches.some(
    ({ state, from, to }) => state === 'atLimit' && from <= at && to > last.from,
  )
  const floor = report.leak?.floors.find(
    ({ state, from, value }) => state === 'settled' && value !== null && from >= at,
  )
  const later = refusals.filter((one) => one.at > at)
  const lastEvent = refusals.findLast((one) => one.at === at)
  return {
    kind: 'recovery',
    at,
    plusMinusMs: lastEvent ? clockErrorOf(incident, lastEvent) : null,
    title: `Recovery, ${whyEnded(facts, at, belowAt, wasAtLimit)}`,
    detail: joined(
      floor?.value ? `Floor stays at ${formatCount(floor.value)}.` : null,
      later.length > 0
        ? `${formatCount(later.reduce((sum, { count }) => sum + count, 0))} refused after it.`
        : null,
    ),
    part: floor ? part('leak') : part('dose'),
  }
}

function whyEnded(
  { incident, level, iterations }: TimelineFacts,
  lastAt: EpochMs,
  belowAt: EpochMs,
  wasAtLimit: boolean,
): string {
  const nearMs = burstGapMs(incident)
  const steps = level?.limits ?? []
  const isRaised = steps.some(
    ({ from, value }, i) =>
      from >= lastAt &&
      from <= belowAt &&
      value !== null &&
      value > (steps[i - 1]?.value ?? Infinity),
  )
  if (isRaised) return 'limit raised'
  const isOff = iterations.some(
    ({ to }) => to !== null && to >= lastAt - nearMs && to <= belowAt + (level?.gapMs ?? 0),
  )
  if (isOff) return 'load ends'
  return wasAtLimit ? 'level falls' : 'refusals end'
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
