import type { Organisation } from '#domain/organisation.ts'
import type { Standing } from './standing.ts'

/** What the list of organisations is sorted by. */
export type Ordered = { organisation: Organisation; standing: Standing }

const RANKS = {
  atLimit: 0,
  critical: 1,
  warn: 2,
  blind: 3,
  stale: 4,
  ok: 6,
  unknown: 7,
  off: 8,
  loading: 9,
} as const
const FAILED = RANKS.blind
/** Signed out while it was watched: blind, and a click would mend it. */
const LOST_SIGN_IN = 5
const NOT_BEGUN = 10
const NOT_SIGNED_IN = 11
const NOT_OPENED = 12

/** How bad it is, 0 worst: what matters at once before what cannot be seen, then what is well, then what was not begun. */
export function standingRank(standing: Standing): number {
  switch (standing.kind) {
    case 'failed':
      return FAILED
    case 'queued':
    case 'starting':
      return NOT_BEGUN
    case 'signedOut':
      return NOT_SIGNED_IN
    case 'notOpened':
      return NOT_OPENED
    case 'watched':
      return standing.state === 'signedOut' ? LOST_SIGN_IN : RANKS[standing.state]
  }
}

/** Whole percent, so that two neighbours do not change places with every sample. */
const percent = ({ standing }: Ordered) =>
  standing.kind === 'watched' ? Math.floor((standing.lastRatio ?? 0) * 100) : 0

/** Worst first: by state, then by how full; equals by name, so that the order is the same every time. */
export const worstStandingFirst = <T extends Ordered>(list: readonly T[]): T[] =>
  list.toSorted(
    (a, b) =>
      standingRank(a.standing) - standingRank(b.standing) ||
      percent(b) - percent(a) ||
      byName(a, b),
  )

/** Organisations may share a name; never an id. */
export const byName = ({ organisation: a }: Ordered, { organisation: b }: Ordered) =>
  a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)
