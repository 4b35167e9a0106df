import type { WallState } from './wallState.ts'

/** What must be acted on, then what cannot be seen, then what is well. */
const RANKS: Readonly<Record<WallState, number>> = {
  atLimit: 0,
  critical: 1,
  warn: 2,
  blind: 3,
  signedOut: 4,
  ok: 5,
  unknown: 6,
  off: 7,
  starting: 8,
}

/**
 * Worst first. Equals keep the order they came in: the list of organisations is by use already, and
 * settled, so that two neighbours do not change places with every sample.
 */
export const severityOrder = <T extends { state: WallState }>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => RANKS[a.state] - RANKS[b.state])
