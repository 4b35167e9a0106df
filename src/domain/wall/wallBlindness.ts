import { durationMs, elapsed, type EpochMs, SECOND_MS } from '../units.ts'
import { isDark, type WallState } from './wallState.ts'

/** What a wall that begins is given to hear its first word. */
export const FIRST_WORD_MS = durationMs(60 * SECOND_MS)
/** A clock that stands so long while time passes tells nothing. */
export const STANDING_CLOCK_MS = durationMs(10 * SECOND_MS)

/**
 * How one organisation stands, as far as blindness goes. That it is blind is said by its own tile: nothing
 * for more than three intervals (`freshness`).
 */
export type Heard = {
  state: WallState
  /** Of one that is dark: when it was heard last; null: never. */
  since: EpochMs | null
}

/**
 * Since when the wall itself is blind, which is another thing than one organisation that is: it hears
 * nothing of anybody. Null where it hears. Where nobody is signed in anywhere it is not: each tile says what is missing.
 */
export function wallDeafness(
  organisations: readonly Heard[],
  startedAt: EpochMs,
  now: EpochMs,
): EpochMs | null {
  if (organisations.length === 0) return null
  const isYoung = elapsed(startedAt, now) < FIRST_WORD_MS
  const isUnheard = ({ state }: Heard) => isDark(state) || (!isYoung && state === 'starting')
  if (!organisations.every(isUnheard)) return null
  if (organisations.every(({ state }) => state === 'signedOut')) return null
  const heard = organisations.flatMap(({ since }) => since ?? [])
  return heard.length > 0 ? max(heard) : startedAt
}

const max = (instants: readonly EpochMs[]) => instants.reduce((a, b) => (a > b ? a : b))

/** What is known of the machine's clock: the last instant it told, and when (by time that passed) it moved. */
export type ClockTrace = { at: EpochMs; movedAtMs: number }

/** Follows the clock. `passedMs` grows with time that passes, whatever the clock says. */
export const clockTrace = (before: ClockTrace | null, at: EpochMs, passedMs: number): ClockTrace =>
  before !== null && before.at === at ? before : { at, movedAtMs: passedMs }

/** The clock stands: a picture that goes on would be dated wrongly. */
export const clockStands = ({ movedAtMs }: ClockTrace, passedMs: number): boolean =>
  passedMs - movedAtMs > STANDING_CLOCK_MS
