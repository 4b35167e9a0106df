import { formatClock, formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import type { AtLimitCount, Stretch } from '#domain/timeline/atLimit.ts'
import type { EpochMs } from '#domain/units.ts'
import { type DisplayState, STATE_WORDS } from '#ui/glyphs/displayState.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'

/** Less coverage than this is worth saying. */
const NEARLY_ALL = 0.98

/** The line above the tiles: plain facts, no judgement. */
export type StatusFacts = {
  /** The tile with the worst headroom; null where there is no metric at all. */
  worst: TileReading | null
  /** What happened at its limit in the window; null where it has none. */
  count: AtLimitCount | null
  stretches: readonly Stretch[]
  /** Refusals in the window, of whatever cause. */
  refused: number
  zone: string
  now: EpochMs
}

export type StatusSentence = {
  state: DisplayState
  word: string
  sentence: string
  counter: string
}

const said = (state: DisplayState, sentence: string, counter = ''): StatusSentence => ({
  state,
  word: STATE_WORDS[state],
  sentence,
  counter,
})

/**
 * Says how the fullest metric stands, what was refused at its limit, and, always, what speaks against
 * the limit as the cause: refusals below it and time at it without any.
 */
export function statusSentence(facts: StatusFacts): StatusSentence {
  const { worst, count, refused } = facts
  if (!worst) return said('unknown', 'Nothing is measured here yet.', refusedWords(refused))
  const { title, state, value } = worst
  if (state === 'loading') return said(state, 'The first replies are on their way.')
  if (state === 'off') return said(state, 'No source of this organisation is asked.')
  if (state === 'blind')
    return said(state, `${title}: ${worst.details[0] ?? 'no reply'}.`, refusedWords(refused))
  if (!count || worst.limit === null) {
    return said(
      'unknown',
      `No limit is known. ${title}: ${value}, drawn without a line.`,
      refusedWords(refused),
    )
  }
  return said(state, `${levelWords(facts, worst)}${refusalWords(count)}.`, counterWords(count))
}

function levelWords({ count, stretches, zone }: StatusFacts, worst: TileReading): string {
  const { title, state, value, limit, used } = worst
  const level = `${title} ${value} of ${limit}`
  if (state === 'stale') return `${level}, ${worst.details[0]}; `
  const newest = count?.newest
  if (state === 'atLimit') {
    return newest ? `${level} since ${formatClock(newest.seenAt, zone)}; ` : `${level}; `
  }
  const times = stretches.filter((stretch) => stretch.state === 'atLimit').length
  const share = used === null ? level : `${level}, ${used} used`
  if (times === 0 || !newest || !count) return `${share}; not at the limit in this window; `
  const length = count.atLimitMs >= 1_000 ? ` for ${formatDuration(count.atLimitMs)}` : ''
  const until = `until ${formatClock(newest.lastAt, zone)}`
  return `${share}; at the limit ${timesWords(times)}${length}, ${until}; `
}

const timesWords = (times: number) =>
  times === 1 ? 'once' : times === 2 ? 'twice' : `${formatCount(times)} times`

function refusalWords({ refused, refusedAtLimit, newest }: AtLimitCount): string {
  if (refused === 0) return 'no refused connections in this window'
  if (!newest) return `${formatCount(refused)} refused connections in this window`
  return `${formatCount(refusedAtLimit)} of ${formatCount(refused)} refused connections in this window came at the limit`
}

function counterWords(count: AtLimitCount): string {
  const parts = [`${formatCount(count.refusedBelow)} refused below the limit`]
  if (count.newest)
    parts.push(`${formatDuration(count.quietAtLimitMs)} at the limit passed without refusals`)
  if (count.refusedUnknown > 0)
    parts.push(`${formatCount(count.refusedUnknown)} refused while nothing was measured`)
  if (count.coverage < NEARLY_ALL)
    parts.push(`${formatPercent(count.coverage)} of the window is covered by samples`)
  return `${parts.join('; ')}.`
}

const refusedWords = (refused: number) =>
  refused === 0 ? '' : `${formatCount(refused)} refused connections in this window.`
