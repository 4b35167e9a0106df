import type { ErrorEvent } from '../errors/errorEvent.ts'
import { isFileKind } from '../fileKind.ts'
import { fisherExact } from '../stats/fisher.ts'
import { holmAdjusted } from '../stats/holm.ts'
import { newcombeDifference } from '../stats/proportions.ts'
import { type AttemptGroup, GROUP_DIMENSIONS, type GroupDimension } from './attemptGroup.ts'
import type { Differing } from './differing.ts'
import type { Incident } from './incident.ts'
import { countOf } from './incidentLevels.ts'

/** A longer list is read by nobody; what is over-represented stands at its head. */
const MOST_ROWS = 50
/** The chance of even one false "over" in an incident. */
const LEVEL = 0.05

/**
 * Which route, app, label, thread group or host is over-represented among the capacity errors, of
 * every source by itself: those beyond chance first, by how far their refused share lies above that
 * of all others of their dimension (Newcombe, 95 %), then the others that were tested, then what a
 * source without attempts can only count. At most 50.
 *
 * p is Fisher's, one-sided, Holm-adjusted over all groups that were compared, those without a refusal
 * among them. It takes attempts for independent, which those of one crowd are not: it ranks where to
 * look, and proves no cause. Groups of sources are those of the whole file, of the window or not.
 * A dimension with one group, or without a refusal, is not compared.
 */
export function whatDiffers(incident: Incident): readonly Differing[] {
  const compared = incident.sources.flatMap(({ name, groups }) =>
    GROUP_DIMENSIONS.flatMap((dimension) => comparedIn(dimension, name, groups)),
  )
  const adjusted = holmAdjusted(compared.map(({ p }) => p))
  const tested = compared.map((row, i): Differing => {
    const p = adjusted[i]!
    return { ...row, p, isOver: p <= LEVEL && (row.difference?.low ?? 0) > 0 }
  })
  const byDifference = tested
    .filter(({ refused }) => refused > 0)
    .sort(
      (a, b) =>
        Number(b.isOver) - Number(a.isOver) ||
        (b.difference?.value ?? 0) - (a.difference?.value ?? 0),
    )
  const counted = countedOnly(incident).sort((a, b) => b.refused - a.refused)
  return [...byDifference, ...counted].slice(0, MOST_ROWS)
}

type Compared = Omit<Differing, 'p'> & { p: number }

function comparedIn(
  dimension: GroupDimension,
  source: string,
  given: readonly AttemptGroup[],
): Compared[] {
  const groups = addedUp(given.filter((group) => group.dimension === dimension))
  const ofRefused = groups.reduce((sum, { refused }) => sum + refused, 0)
  const ofAttempts = groups.reduce((sum, { attempts }) => sum + attempts, 0)
  if (groups.length < 2 || ofRefused === 0) return []
  return groups.map(({ name, refused, attempts }) => {
    const others = { refused: ofRefused - refused, attempts: ofAttempts - attempts }
    return {
      dimension,
      name,
      source,
      refused,
      ofRefused,
      attempts,
      ofAttempts,
      difference: newcombeDifference(refused, attempts, others.refused, others.attempts),
      p: fisherExact([
        [refused, attempts - refused],
        [others.refused, others.attempts - others.refused],
      ]).greater,
      isOver: false,
    }
  })
}

type Counted = { name: string; attempts: number; refused: number }

/** One entry per name, with counts that can be counts: nothing is refused that was not tried. */
function addedUp(groups: readonly AttemptGroup[]): Counted[] {
  const byName = new Map<string, Counted>()
  for (const { name, attempts, refused } of groups) {
    if (!(attempts > 0) || !Number.isFinite(attempts)) continue
    const known = byName.get(name) ?? { name, attempts: 0, refused: 0 }
    byName.set(name, known)
    known.attempts += attempts
    known.refused += Math.min(attempts, Math.max(0, refused || 0))
  }
  return [...byName.values()]
}

/** Routes and apps among the capacity errors of sources that count no attempts. */
function countedOnly(incident: Incident): Differing[] {
  const sourceOf = ({ source }: ErrorEvent) => {
    const own = incident.sources.filter(({ id, fileKind }) =>
      isFileKind(source) ? fileKind === source : id === 'history',
    )
    if (own.some(({ groups }) => groups.length > 0)) return null
    return own[0]?.name ?? (isFileKind(source) ? source : 'Organisation')
  }
  const bySource = new Map<string, ErrorEvent[]>()
  for (const event of incident.errors) {
    if (event.class !== 'capacity' || event.at < incident.from || event.at >= incident.to) continue
    const source = sourceOf(event)
    if (source === null) continue
    const own = bySource.get(source)
    if (own) own.push(event)
    else bySource.set(source, [event])
  }
  return [...bySource].flatMap(([source, events]) =>
    (['route', 'app'] as const).flatMap((dimension) => countedIn(dimension, source, events)),
  )
}

function countedIn(
  dimension: 'route' | 'app',
  source: string,
  events: readonly ErrorEvent[],
): Differing[] {
  const byName = new Map<string | null, number>()
  for (const event of events) {
    byName.set(event[dimension], (byName.get(event[dimension]) ?? 0) + countOf([event]))
  }
  if (byName.size < 2) return []
  const ofRefused = countOf(events)
  return [...byName].flatMap(([name, refused]) =>
    name === null || refused === 0
      ? []
      : [
          {
            dimension,
            name,
            source,
            refused,
            ofRefused,
            attempts: null,
            ofAttempts: null,
            difference: null,
            p: null,
            isOver: false,
          },
        ],
  )
}
