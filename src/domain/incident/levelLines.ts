import { levelText } from '../evidence/verdict/verdictText.ts'
import { formatCount, formatPercent } from '../format.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { Crossing } from './firstCrossing.ts'
import { countOf } from './incidentLevels.ts'
import type { TimelineLine } from './timelineLine.ts'
import { iterationAt, iterationText, joined, type TimelineFacts } from './timelineFacts.ts'
import { warnsOf } from './warnsOf.ts'

/** Warnings of more limits than this are a moving limit's, and say little. */
const MOST_WARNS = 3

/** Where the window begins, and how full it was. */
export function startLine(facts: TimelineFacts): TimelineLine {
  const { from } = facts.incident
  return { ...bound('start', 'Start of window'), at: from, detail: levelThen(facts, 'first') }
}

/** Where the window ends, how full it was, and what the floors did. */
export function endLine(facts: TimelineFacts): TimelineLine {
  const { incident, report, part } = facts
  const { leak } = report
  const rise = leak && (leak.word === 'leak' || leak.word === 'suspected') && leak.perIteration
  const at = epochMs(Math.max(incident.from, incident.to))
  return {
    ...bound('end', 'End of window'),
    at,
    detail: joined(
      levelThen(facts, 'last'),
      rise ? `Floor +${levelText(rise.value)} per iteration.` : null,
    ),
    part: rise ? part('leak') : null,
  }
}

const bound = (kind: 'start' | 'end', title: string) => ({
  kind,
  title,
  // Somebody chose it: it is exact.
  plusMinusMs: null,
  part: null,
})

/** `266 of 1 000 before iteration 5.` */
function levelThen(facts: TimelineFacts, which: 'first' | 'last'): string {
  const { level, incident, iterations } = facts
  if (!level) return ''
  const { timeMs, value } = level.points
  const i = which === 'first' ? 0 : timeMs.length - 1
  const at = epochMs(timeMs[i] ?? Number.NaN)
  const bound = which === 'first' ? incident.from : incident.to
  // A sample from elsewhere in the window says nothing of its bounds.
  if (!(Math.abs(at - bound) <= level.gapMs) || Number.isNaN(value[i])) return 'Not measured then.'
  const limit = limitAt(level.limits, at)
  const of = limit === null ? '' : ` of ${levelText(limit)}`
  const now = iterationAt(facts, at)
  const next = which === 'first' && !now ? iterations.find(({ from }) => from > at) : undefined
  const when = now
    ? `, ${inSentence(iterationText(now))}`
    : next
      ? ` before ${inSentence(iterationText(next))}`
      : ''
  return `${levelText(value[i]!)}${of}${when}.`
}

const inSentence = (text: string) => text.replace(/^Iteration/, 'iteration')

/** The first time at the limit. */
export function crossingLine(facts: TimelineFacts, crossing: Crossing): TimelineLine {
  const { at, plusMinusMs, how, value, limit } = crossing
  const floor = facts.report.leak?.floors.findLast(
    (one) => one.state === 'settled' && one.value !== null && one.to <= at,
  )
  const iteration = iterationAt(facts, at)
  const of = `${levelText(value)} of ${levelText(limit ?? value)}`
  return {
    kind: 'crossing',
    at,
    plusMinusMs,
    title: how === 'already' ? `At limit already, ${of}` : `First crossing, ${of}`,
    detail: joined(
      iteration && `${iterationText(iteration)}.`,
      floor && floor.value !== null ? `Floor before it: ${levelText(floor.value)}.` : null,
      how === 'gap' ? 'Reached while nothing was measured.' : null,
      how === 'already' ? reachedBefore(facts, at) : null,
    ),
    part: facts.part('order'),
  }
}

/** Before the first sample nothing is known: only one at the very beginning says that the window found it so. */
const reachedBefore = ({ level, incident }: TimelineFacts, at: EpochMs) =>
  level && at - incident.from > level.gapMs
    ? 'Reached before it was first measured.'
    : 'Reached before the window.'

/** Levels that came near a limit and turned back: the first for each limit. */
export function warnLines(facts: TimelineFacts): TimelineLine[] {
  const { level, refusals, part } = facts
  if (!level) return []
  const { warnAt } = level.metric.thresholds
  const turnedBack = warnsOf(level).filter(({ hasCrossed }) => !hasCrossed)
  const firsts = turnedBack.filter(
    ({ limit }, i) => turnedBack.findIndex((one) => one.limit === limit) === i,
  )
  return firsts.slice(0, MOST_WARNS).map(({ at, plusMinusMs, from, lastAt, limit, highest }) => {
    const iteration = iterationAt(facts, at)
    const until = lastAt + level.gapMs
    const refused = countOf(refusals.filter((one) => one.at >= from && one.at <= until))
    return {
      kind: 'warn',
      at,
      plusMinusMs,
      title: `Warn, ${formatPercent(warnAt)} of ${levelText(limit)}`,
      detail: joined(
        iteration && `${iterationText(iteration)}.`,
        `Highest ${levelText(highest)}, ${refused > 0 ? formatCount(refused) : 'none'} refused.`,
      ),
      part: part('dose'),
    }
  })
}
