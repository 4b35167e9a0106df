import type { ErrorEvent } from '../errors/errorEvent.ts'
import { formatCount } from '../format.ts'
import { usedRatio } from '../metrics/headroom.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { lowerBound } from '../series/lowerBound.ts'
import { within } from '../series/within.ts'
import { type EpochMs, epochMs, later } from '../units.ts'
import type { Episode, NearMiss } from './episode.ts'
import { burstGapMs, errorBursts } from './errorBursts.ts'
import type { Incident, Span } from './incident.ts'
import { countOf, type IncidentLevel, incidentLevels, refusalsOf } from './incidentLevels.ts'
import { nearMissesOf } from './nearMissesOf.ts'

export type Episodes = { episodes: readonly Episode[]; nearMisses: readonly NearMiss[] }

/**
 * What happened and what nearly did. Episodes, oldest first: every stretch at the limit, of the
 * subject and of every other level with a known limit, and bursts (`burstGapMs`) of the capacity
 * errors that lie in none of them: each error is told in one or the other. Near misses, highest first: see `nearMissesOf`.
 *
 * A stretch counts the capacity errors of the time in which the level may have been at the limit.
 * O(levels × (samples + errors)), a logarithm more for stretches.
 */
export function episodesOf(incident: Incident): Episodes {
  const levels = incidentLevels(incident)
  const refusals = refusalsOf(incident)
  const times = Float64Array.from(refusals, ({ at }) => at)
  const atLimit = levels.flatMap((level) => stays(level, refusals, times))
  const gapMs = burstGapMs(incident)
  const bursts = outside(refusals, atLimit)
    .flatMap((between) => errorBursts(between, gapMs))
    .map((burst): Episode => {
      const span = { from: burst.from, to: justAfter(burst.lastAt, incident) }
      return {
        ...span,
        kind: 'errors',
        metric: null,
        title: burst.count === 1 ? 'A single refusal' : `${formatCount(burst.count)} refusals`,
        refused: burst.count,
        usedRatio: levels[0] ? highestRatio(levels[0], span) : null,
      }
    })
  return {
    episodes: [...atLimit, ...bursts].sort((a, b) => a.from - b.from || a.to - b.to),
    nearMisses: levels
      .flatMap((level) => nearMissesOf(level, refusals, gapMs))
      .sort((a, b) => b.usedRatio - a.usedRatio || a.from - b.from),
  }
}

function stays(
  level: IncidentLevel,
  refusals: readonly ErrorEvent[],
  times: Float64Array,
): Episode[] {
  return level.stretches
    .filter(({ state }) => state === 'atLimit')
    .map(({ from, to }) => ({
      from,
      to,
      kind: 'atLimit',
      metric: level.metric.id,
      title: `${level.metric.title} at limit`,
      refused: countOf(refusals.slice(lowerBound(times, from), lowerBound(times, to))),
      usedRatio: highestRatio(level, { from, to }),
    }))
}

/** The errors in none of these stretches, parted where one of them lies between. */
function outside(refusals: readonly ErrorEvent[], stretches: readonly Span[]): ErrorEvent[][] {
  const byStart = stretches.toSorted((a, b) => a.from - b.from)
  const parts = new Map<number, ErrorEvent[]>()
  let begun = 0
  let until = -Infinity
  for (const event of refusals) {
    while (begun < byStart.length && byStart[begun]!.from <= event.at) {
      until = Math.max(until, byStart[begun]!.to)
      begun += 1
    }
    if (until > event.at) continue
    const part = parts.get(begun)
    if (part) part.push(event)
    else parts.set(begun, [event])
  }
  return [...parts.values()]
}

/** Spans end before `to`: the last failure is part of its burst. */
const justAfter = (at: EpochMs, { to }: Span): EpochMs => epochMs(Math.min(to, later(at, 1)))

/** The highest used ratio of the samples of a span, each by the limit then; null where none is known. */
function highestRatio({ points, limits }: IncidentLevel, { from, to }: Span): number | null {
  let highest: number | null = null
  const { timeMs, value } = within(points, from, to)
  for (let i = 0; i < timeMs.length; i++) {
    const ratio = usedRatio(value[i]!, limitAt(limits, epochMs(timeMs[i]!)))
    if (ratio !== null && (highest === null || ratio > highest)) highest = ratio
  }
  return highest
}
