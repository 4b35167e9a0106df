import { formatClock, formatDuration, THIN_SPACE } from '#domain/format.ts'
import type { Explanation, JournalEntry } from '#domain/limits/limitJournal.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { DAY_MS, elapsed, type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { TabRole } from '#monitor/orgFacts.ts'
import {
  type Standing,
  type StandingWord,
  standingWord,
  type WatchedStanding,
} from '#state/standing/standing.ts'
import { type DisplayState, STATE_WORDS } from '#ui/glyphs/displayState.ts'

const OTHER_WORDS = {
  signedOut: 'Signed out',
  failed: 'Failed',
  queued: 'Waiting',
  starting: 'Starting',
  notOpened: 'Not watched',
} as const satisfies Record<Exclude<StandingWord, DisplayState>, string>

const OTHER_GLYPHS = {
  signedOut: 'off',
  failed: 'blind',
  queued: 'loading',
  starting: 'loading',
  notOpened: 'unknown',
} as const satisfies Record<Exclude<StandingWord, DisplayState>, DisplayState>

const isOther = (word: StandingWord): word is keyof typeof OTHER_WORDS => word in OTHER_WORDS

/** A state as people read it: `At limit`, `Signed out`. */
export const wordOf = (word: StandingWord) =>
  isOther(word) ? OTHER_WORDS[word] : STATE_WORDS[word]

/** The shape that stands beside the word. */
export const glyphOf = (word: StandingWord): DisplayState =>
  isOther(word) ? OTHER_GLYPHS[word] : word

/** Worst first: the order in which a tally names them. */
const TALLIED: readonly StandingWord[] = [
  'atLimit',
  'critical',
  'warn',
  'blind',
  'failed',
  'stale',
  'signedOut',
]

/** What is not well among all, in words: `1 at limit, 2 warn, 1 blind`. */
export function tallyWords(counts: ReadonlyMap<StandingWord, number>): string {
  const parts = TALLIED.flatMap((word) => {
    const count = counts.get(word) ?? 0
    return count === 0 ? [] : [`${count} ${wordOf(word).toLowerCase()}`]
  })
  return parts.length > 0 ? parts.join(', ') : 'none warns'
}

/** Under the word: since when, and for how long. Null where nobody knows, or nobody asks. */
export function sinceWords(standing: Standing, now: EpochMs, zone: string): string | null {
  if (standing.kind === 'failed' || standing.kind === 'starting')
    return spanWords(standing.since, now, zone)
  if (standing.kind !== 'watched') return null
  if (standing.since !== null) return spanWords(standing.since, now, zone)
  return standing.state === 'atLimit' ? `for over 1${THIN_SPACE}h` : null
}

function spanWords(since: EpochMs, now: EpochMs, zone: string): string {
  const lengthMs = Math.max(0, elapsed(since, now))
  const at = lengthMs < DAY_MS ? formatClock(since, zone, 'minutes') : dayAndClock(since, zone, now)
  // Seconds matter in the first minute alone.
  const shownMs = lengthMs < MINUTE_MS ? lengthMs : lengthMs - (lengthMs % MINUTE_MS)
  return `since ${at}, ${formatDuration(shownMs)}`
}

/** What is to be said of an organisation that has no numbers. */
export function noNumbersWords(standing: Exclude<Standing, WatchedStanding>): string {
  switch (standing.kind) {
    case 'failed':
      return standing.reason
    case 'signedOut':
      return 'Nobody is signed in here, so it is not asked.'
    case 'queued':
      return 'It is started when its turn comes.'
    case 'starting':
      return standing.isLate ? 'It does not answer; the others go on.' : 'It is being reached.'
    case 'notOpened':
      return 'Only organisations that were opened are watched; the settings say so.'
  }
}

const EXPLAINED = {
  request: 'change request',
  default: 'platform default',
  manual: 'typed by hand',
  unexplained: 'no request explains it',
} as const

const explanationWords = (explanation: Explanation) =>
  explanation.kind === 'source' ? explanation.source : EXPLAINED[explanation.kind]

/** When a limit changed and why: `13:40, change request`. */
export function changeWords(
  { latest, explanation }: JournalEntry,
  now: EpochMs,
  zone: string,
): string {
  const isRecent = Math.abs(elapsed(latest, now)) < DAY_MS
  const at = isRecent ? formatClock(latest, zone, 'minutes') : dayAndClock(latest, zone, now)
  return `${at}, ${explanationWords(explanation)}`
}

/** Which tab asks. */
export const ROLE_WORDS: Readonly<Record<TabRole, string>> = {
  starting: 'starting',
  polling: 'this tab asks',
  following: 'another tab asks',
  resting: 'no tab asks',
}

export const stateOf = (standing: Standing | null): StandingWord =>
  standing ? standingWord(standing) : 'queued'
