import type { Organisation } from '#domain/organisation.ts'
import type { Standing, StandingBoard } from '#state/standing/standing.ts'
import { byName, type Ordered } from '#state/standing/standingOrder.ts'

/** What the table can be sorted by. Worst first is how it begins. */
export type SortKey = 'worst' | 'name' | 'used' | 'refused' | 'change' | 'age' | 'load'

const NONE = -1

/** What a column holds of an organisation; those without come last. */
function valueOf(standing: Standing, key: Exclude<SortKey, 'worst' | 'name'>): number {
  if (standing.kind !== 'watched') return NONE
  switch (key) {
    case 'used':
      return standing.lastRatio ?? NONE
    case 'refused':
      return standing.refusedLastHour
    case 'change':
      return standing.change?.latest ?? NONE
    case 'age':
      return standing.ageMs ?? NONE
    case 'load':
      return standing.requestsLastMinute
  }
}

/** The organisations in the order of a column: names from A, numbers from the largest. */
export function sortedStandings(
  worstFirst: readonly Organisation[],
  standing: StandingBoard['standing'],
  key: SortKey,
): readonly Organisation[] {
  if (key === 'worst') return worstFirst
  const list = worstFirst.flatMap((organisation): Ordered[] => {
    const known = standing(organisation.id)
    return known ? [{ organisation, standing: known }] : []
  })
  // Equals stay worst first.
  const sorted =
    key === 'name'
      ? list.toSorted(byName)
      : list.toSorted((a, b) => valueOf(b.standing, key) - valueOf(a.standing, key))
  return sorted.map(({ organisation }) => organisation)
}

/** Whether an organisation is meant by what was typed: any word of it, in name, region, domain or id. */
export function isMeant({ name, region, domain, id }: Organisation, typed: string): boolean {
  const text = `${name} ${region} ${domain} ${id}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
