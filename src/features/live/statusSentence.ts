import { formatClock, formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import type { AtLimitCount, Stretch } from '#domain/timeline/atLimit.ts'
import { type DisplayState, STATE_WORDS } from '#ui/glyphs/displayState.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'
import { filesWords, type Refused } from './refusedIn.ts'

/** Less coverage than this is worth saying. */
const NEARLY_ALL = 0.98

/** The line above the tiles: plain facts, no judgement. */
export type StatusFacts = {
  /** The tile that gives the line its word (`speaking`); null where there is no metric at all. */
  worst: TileReading | null
  /**
   * The metric whose limit refusals are held against: connections, where their limit is known, else
   * the worst. Null where no limit is known.
   */
  judged: Judged | null
  /** Whether the window is shown in steps: then nobody can say what came at the limit. */
  isSummarised?: boolean
  /** Refusals in the window, of whatever cause, by who reported them. */
  refused: Refused
  zone: string
}

/** A metric with a limit, and what happened at it in the window. */
export type Judged = {
  title: string
  stretches: readonly Stretch[]
  count: AtLimitCount
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

/** How much less is seen than of a metric that is well. */
const UNSEEN: Partial<Record<DisplayState, number>> = { ok: 0, stale: 1, blind: 2 }

/**
 * Whose state the line begins with: the fullest metric's, unless that one is well (or stale) while the
 * one on which everything is judged is stale (or blind).
 */
export function speaking(worst: TileReading | null, judged: TileReading | null) {
  if (!worst || !judged) return worst
  return (UNSEEN[judged.state] ?? 0) > (UNSEEN[worst.state] ?? Infinity) ? judged : worst
}

/**
 * Says what happened at the limit first: time there and refusals in the window. How the fullest metric
 * stands now is left to its tile, unless that is not well. Under it, always, what speaks against
 * the limit as the cause: refusals below it and time at it without any.
 */
export function statusSentence(facts: StatusFacts): StatusSentence {
  const { worst, judged, refused } = facts
  if (!worst) return said('unknown', 'Nothing is measured here yet.', refusedOnly(refused))
  const { title, state, value } = worst
  if (state === 'loading') return said(state, 'The first replies are on their way.')
  if (state === 'off') return said(state, 'No source of this organisation is asked.')
  if (state === 'blind' && (!judged || judged.count.coverage === 0))
    return said(state, `${blindWords(worst)}.`, refusedOnly(refused))
  if (!judged || (worst.limit === null && state !== 'blind')) {
    return said(
      'unknown',
      `No limit is known. ${title}: ${value}, drawn without a line.`,
      refusedOnly(refused),
    )
  }
  if (facts.isSummarised && state !== 'blind')
    return said(state, `${nowWords(worst)}.`, summarisedWords(refused))
  const sentence = [
    levelWords(facts, worst, judged),
    historyWords(facts, worst, judged),
    refusalWords(worst, judged),
  ]
  return said(
    state,
    `${sentence.filter((part) => part !== null).join('; ')}.`,
    counterWords(judged.count, refused),
  )
}

/** Null where the metric is well and something happened at the limit: that matters more. */
function levelWords({ zone }: StatusFacts, worst: TileReading, judged: Judged): string | null {
  const { title, state, value, limit } = worst
  const isJudged = judged.title === title
  const { newest, refused } = judged.count
  if (state === 'ok' && (!isJudged || newest !== null || refused > 0)) return null
  if (state === 'blind') return blindWords(worst)
  const level = `${title} ${value} of ${limit}`
  if (state !== 'atLimit') return nowWords(worst)
  return isJudged && newest ? `${level} since ${formatClock(newest.seenAt, zone)}` : level
}

/** `WebSocket connections 36 of 50, 72 % used`. */
function nowWords({ title, state, value, limit, used, details }: TileReading): string {
  const level = `${title} ${value} of ${limit}`
  if (state === 'stale') return `${level}, ${details[0]}`
  return used === null ? level : `${level}, ${used} used`
}

/** `WebSocket connections since 13:52: no reply, network`: the word before it says what that means. */
function blindWords({ title, details }: TileReading): string {
  const [reason = 'no reply'] = details
  return reason.startsWith('since ') ? `${title} ${reason}` : `${title}: ${reason}`
}

/** How often and how long it was at the limit; null where the level says so already. */
function historyWords({ zone }: StatusFacts, worst: TileReading, judged: Judged): string | null {
  const { title, stretches, count } = judged
  const isWorst = title === worst.title
  const isSaid = isWorst && (worst.state !== 'ok' || (!count.newest && count.refused === 0))
  const subject = isSaid ? '' : `${title} `
  const { newest } = count
  if (count.coverage === 0) return `${subject}not measured in this window`
  if (!newest) return `${subject}not at the limit in this window`
  if (isWorst && worst.state === 'atLimit') return null
  const times = stretches.filter(({ state }) => state === 'atLimit').length
  const length = count.atLimitMs >= 1_000 ? ` for ${formatDuration(count.atLimitMs)}` : ''
  return `${subject}at the limit ${timesWords(times)}${length}, until ${formatClock(newest.lastAt, zone)}`
}

const timesWords = (times: number) =>
  times === 1 ? 'once' : times === 2 ? 'twice' : `${formatCount(times)} times`

function refusalWords(worst: TileReading, { title, count }: Judged): string {
  const { refused, refusedAtLimit, newest } = count
  if (refused === 0) return 'none refused'
  if (!newest) return `${formatCount(refused)} refused`
  // Beside "since" it would seem to count from then on.
  const isNow = worst.state === 'atLimit' && worst.title === title
  const share = `${formatCount(refusedAtLimit)} of ${formatCount(refused)} refused`
  return `${share} ${isNow ? 'in this window ' : ''}came at the limit`
}

function counterWords(count: AtLimitCount, refused: Refused): string {
  const parts: string[] = []
  if (count.coverage > 0 && (count.refused > 0 || count.newest))
    parts.push(`${formatCount(count.refusedBelow)} refused below the limit`)
  if (count.newest)
    parts.push(`${formatDuration(count.quietAtLimitMs)} at the limit passed without refusals`)
  if (count.refusedUnknown > 0)
    parts.push(`${formatCount(count.refusedUnknown)} refused while nothing was measured`)
  if (refused.inFiles > 0) parts.push(ofThem(refused))
  if (count.coverage > 0 && count.coverage < NEARLY_ALL)
    parts.push(`${formatPercent(count.coverage)} of the window is covered by samples`)
  return parts.length > 0 ? `${parts.join('; ')}.` : ''
}

/** Where there is no limit to hold them against. */
function refusedOnly(refused: Refused): string {
  const total = refused.watched + refused.inFiles
  if (total === 0) return ''
  const parts = [`${formatCount(total)} refused in this window`]
  if (refused.inFiles > 0) parts.push(ofThem(refused))
  return `${parts.join(', ')}.`
}

/** Of a window in steps. */
function summarisedWords(refused: Refused): string {
  const words = refusedOnly(refused)
  return words === '' ? '' : `${words} Summaries do not say how many of them came at the limit.`
}

const ofThem = ({ watched, inFiles, files }: Refused) =>
  `${watched === 0 ? 'all' : formatCount(inFiles)} of them from ${filesWords(files)}`
