import { formatClock, formatDate, formatDuration, THIN_SPACE } from '#domain/format.ts'
import { DAY_MS, elapsed, type EpochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import type { WallState } from '#domain/wall/wallState.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import type { WallReading } from './wallReading.ts'

/** A state as people read it. */
export const WALL_WORDS: Readonly<Record<WallState, string>> = {
  atLimit: 'At limit',
  critical: 'Critical',
  warn: 'Warn',
  ok: 'OK',
  blind: 'Blind',
  signedOut: 'Signed out',
  unknown: 'Unknown',
  off: 'Off',
  starting: 'Starting',
}

/** The shape beside the word. */
export const wallGlyph = (state: WallState): DisplayState =>
  state === 'signedOut' ? 'off' : state === 'starting' ? 'loading' : state

/** Worst first: the order in which the tally names them. */
const TALLIED: readonly WallState[] = ['atLimit', 'critical', 'warn', 'blind', 'signedOut']

/** Widths of the header, of its text: age, heartbeat, clock and mark; and of a letter of the tally. */
const BESIDE_TALLY_EM = 18.6
const TALLY_LETTER_EM = 0.465

/** How many letters of a tally the header has room for. */
const tallyLetters = ({ screen, margin, text }: WallLayout) =>
  Math.floor((screen.width - 2 * margin - BESIDE_TALLY_EM * text) / (TALLY_LETTER_EM * text))

/**
 * What is not well, in words: `1 at limit, 1 warn, 1 blind`. Where that is too long the least of it is
 * summed up: `2 at limit, 1 critical, 4 more`. While not all of them have room it says of how many: `1 warn of 12`.
 */
export function tallyWords(
  readings: readonly WallReading[],
  isRotating: boolean,
  layout: WallLayout,
): string {
  const most = tallyLetters(layout)
  const count = (state: WallState) => readings.filter((one) => one.state === state).length
  const unwell = TALLIED.flatMap((state) =>
    count(state) > 0 ? [{ state, count: count(state) }] : [],
  )
  if (unwell.length === 0) return wellWords(readings.length, most)
  const parts = unwell.map((one) => `${one.count} ${WALL_WORDS[one.state].toLowerCase()}`)
  const total = isRotating ? ` of ${readings.length}` : ''
  const whole = parts.join(', ') + total
  for (let kept = parts.length - 1; kept > 0 && whole.length > most; kept--) {
    const more = unwell.slice(kept).reduce((sum, one) => sum + one.count, 0)
    const short = `${parts.slice(0, kept).join(', ')}, ${more} more${total}`
    if (short.length <= most || kept === 1) return short
  }
  return whole
}

function wellWords(count: number, most: number): string {
  const words = count === 1 ? '1 organisation, no warning' : `${count} organisations, none warns`
  return words.length <= most ? words : 'No warning'
}

/** How long, in the largest unit and half of the next: `38 min`, `2 h 5 min`, `3 d`. */
export function spanWords(since: EpochMs, now: EpochMs): string {
  const lengthMs = Math.max(0, elapsed(since, now))
  if (lengthMs < MINUTE_MS) return formatDuration(lengthMs)
  const unit = lengthMs < DAY_MS ? MINUTE_MS : HOUR_MS
  return formatDuration(lengthMs - (lengthMs % unit))
}

/** `13:52`; the day, where it was longer ago than one: the span beside it says how long exactly. */
export const sinceClock = (since: EpochMs, now: EpochMs, zone: string) =>
  Math.abs(elapsed(since, now)) < DAY_MS
    ? formatClock(since, zone, 'minutes')
    : formatDate(since, zone).split(' ').slice(0, 3).join(' ')

/** `Blind since 13:52`. */
export function darkWords({ state, since }: WallReading, now: EpochMs, zone: string): string {
  const word = WALL_WORDS[state]
  return since === null ? word : `${word} since ${sinceClock(since, now, zone)}`
}

/** What is counted, where a title says it with more words than a row has room for. */
const NOUNS = ['connections', 'sessions', 'calls', 'users'] as const

/** What is counted, in a word that fits a row; how it came to be where it was not measured. */
export function rowNoun({ metric, provenance }: WallReading): string | null {
  if (metric === null) return null
  if (provenance !== 'measured') return provenance
  const { title } = metric
  const noun = NOUNS.find((each) => title.toLowerCase().includes(each))
  return noun ?? title.charAt(0).toLowerCase() + title.slice(1)
}

/** The second line of a row, in pieces that stay whole: `Warn,` `842 / 1 000`. */
export function rowWords({ state, value, limit, reason }: WallReading): readonly string[] {
  const word = WALL_WORDS[state]
  if (value === null) return reason === null ? [word] : [`${word}:`, ...reason.split(' ')]
  return limit === null
    ? [`${word} limit,`, value]
    : [`${word},`, `${value}${THIN_SPACE}/${THIN_SPACE}${limit}`]
}

/** How age is told: `Data 4 s`. */
export const ageWords = (ageMs: number | null) =>
  ageMs === null ? 'No data yet' : `Data ${formatDuration(ageMs)}`
