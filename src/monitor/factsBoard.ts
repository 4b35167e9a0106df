import type { Organisation } from '#domain/organisation.ts'
import { createNotice } from './notice.ts'
import type { OrgFacts } from './orgFacts.ts'

type Known = Pick<OrgFacts, 'sources' | 'footprint' | 'clock' | 'session' | 'history'> & {
  ledger: Pick<
    OrgFacts,
    'metrics' | 'limits' | 'toldLimits' | 'registry' | 'limitSettings' | 'markers'
  >
}

/** What is known of an organisation before anybody was asked. */
export const firstFacts = (organisation: Organisation, { ledger, ...known }: Known): OrgFacts => ({
  organisation,
  ...ledger,
  ...known,
  role: 'starting',
  idleSince: null,
  otherBuildAt: null,
  isLoadingHistory: true,
})

/**
 * Holds the facts as one immutable snapshot, which stays the same object until something differs.
 * Readers hear once per flush; `changed` hears at once, since a hidden page hardly flushes.
 */
export function createFactsBoard(
  initial: OrgFacts,
  schedule: (flush: () => void) => void,
  changed: () => void,
) {
  const notice = createNotice(schedule)
  let facts = initial

  return {
    facts: () => facts,
    /** Says something anew. Parts are compared by identity, and plain small ones by what they hold. */
    set(part: Partial<OrgFacts>) {
      const isNews = Object.entries(part).some(
        ([key, value]) => !isSame(facts[key as keyof OrgFacts], value),
      )
      if (!isNews) return
      facts = { ...facts, ...part }
      changed()
      notice.raise()
    },
    subscribe: notice.subscribe,
  }
}

function isSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true
  return isPlain(before) && isPlain(after) && JSON.stringify(before) === JSON.stringify(after)
}

/** Footprint, clock, session, health: a handful of numbers and words. Lists and maps keep their identity. */
const isPlain = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
