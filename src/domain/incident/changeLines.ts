import { levelText } from '../evidence/verdict/verdictText.ts'
import { formatCount } from '../format.ts'
import type { LimitStep } from '../metrics/limitSteps.ts'
import { gapsOf } from '../series/gaps.ts'
import { elapsed, epochMs, MINUTE_MS } from '../units.ts'
import type { Span } from './incident.ts'
import { countOf } from './incidentLevels.ts'
import type { TimelineLine } from './timelineLine.ts'
import { joined, shortDuration, type TimelineFacts } from './timelineFacts.ts'

/** More changes than this are a limit that moves by itself: the ends of them are told. */
const MOST_CHANGES = 3
/** A gap of fewer intervals is hardly one; of many gaps the longest are told. */
const GAP_INTERVALS = 5
const MOST_GAPS = 3
/** A marker so near to a step is about the same change. */
const SAME_CHANGE_MS = MINUTE_MS

/** Changes of the subject's limit within the window. */
export function limitLines(facts: TimelineFacts): TimelineLine[] {
  const { level, incident } = facts
  if (!level) return []
  const changes = level.limits.flatMap((step, i) => {
    const before = level.limits[i - 1]?.value ?? null
    const isWithin = step.from > incident.from && step.from < incident.to
    return isWithin && before !== step.value ? [{ step, before }] : []
  })
  const isMany = changes.length > MOST_CHANGES
  const told = isMany ? [...changes.slice(0, MOST_CHANGES - 1), changes.at(-1)!] : changes
  return told.map(({ step, before }, i) => {
    const line = limitLine(facts, step, before)
    return isMany && i === told.length - 1
      ? {
          ...line,
          detail: joined(line.detail, `The last of ${formatCount(changes.length)} changes.`),
        }
      : line
  })
}

function limitLine(facts: TimelineFacts, step: LimitStep, before: number | null): TimelineLine {
  const { incident, report, part } = facts
  const said = incident.markers.find(
    ({ kind, at }) => kind === 'limitChanged' && Math.abs(at - step.from) <= SAME_CHANGE_MS,
  )
  return {
    kind: 'limitChange',
    at: step.from,
    // Without a record of the change all that is known is when somebody first read the new value.
    plusMinusMs: said ? incident.clockErrorMs : null,
    title: changeTitle(before, step.value),
    detail: joined(
      step.source && `${step.source}.`,
      said ? said.label && `${said.label}.` : before === null ? null : 'First seen then.',
    ),
    part: report.raise?.at === step.from ? part('raise') : null,
  }
}

/** That a limit came to be known, or no longer is, is no change of it. */
function changeTitle(before: number | null, value: number | null): string {
  if (value === null) return `Limit unknown from here, ${levelText(before ?? 0)} before`
  if (before === null) return `Limit known from here, ${levelText(value)}`
  return `Limit change, ${levelText(before)} to ${levelText(value)}`
}

/** Stretches of the window in which the subject was not measured, the longest ones. */
export function gapLines(facts: TimelineFacts): TimelineLine[] {
  const { level, refusals, part } = facts
  if (!level) return []
  return gapsWithin(facts)
    .filter(({ from, to }) => elapsed(from, to) > Math.max(level.gapMs, least(level.intervalMs)))
    .sort((a, b) => elapsed(b.from, b.to) - elapsed(a.from, a.to))
    .slice(0, MOST_GAPS)
    .map(({ from, to }) => {
      const refused = countOf(refusals.filter(({ at }) => at > from && at < to))
      return {
        kind: 'gap',
        at: from,
        plusMinusMs: level.intervalMs,
        title: `Gap of ${shortDuration(elapsed(from, to))}`,
        detail: joined(
          'Nothing measured.',
          refused > 0 ? `${formatCount(refused)} refused within it.` : null,
        ),
        part: part('sure'),
      }
    })
}

const least = (intervalMs: number | null) => GAP_INTERVALS * (intervalMs ?? 0)

/** Gaps between samples, and from the bounds of the window to the first and last of them. */
function gapsWithin({ level, incident }: TimelineFacts): Span[] {
  if (!level) return []
  const { timeMs, value } = level.points
  const firstAt = timeMs.find((_, i) => !Number.isNaN(value[i]))
  const lastAt = timeMs.findLast((_, i) => !Number.isNaN(value[i]))
  if (firstAt === undefined || lastAt === undefined) return []
  const inner = gapsOf(level.points, level.gapMs).filter(({ from }) => from >= firstAt)
  return [
    { from: incident.from, to: epochMs(firstAt) },
    ...inner,
    { from: epochMs(lastAt), to: incident.to },
  ]
}

/** What people added to the timeline. */
export const noteLines = ({ incident }: TimelineFacts): TimelineLine[] =>
  incident.notes
    .filter(({ place, at }) => place === 'timeline' && at >= incident.from && at <= incident.to)
    .map(({ at, text, author }) => ({
      kind: 'note',
      at,
      plusMinusMs: null,
      title: text,
      detail: author,
      part: null,
    }))
