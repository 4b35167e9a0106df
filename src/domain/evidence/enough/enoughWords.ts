import { formatCount, THIN_SPACE } from '../../format.ts'
import type { Enough } from './enough.ts'

type Answer = Extract<Enough, { kind: 'answer' }>
type Refused = Extract<Enough, { kind: 'refused' }>

/**
 * From where on the two methods no longer say the same, and from where on only one of them can be
 * right.
 */
const AGREE = 0.05
const FAR_APART = 0.15

/**
 * Which limit would have been enough, or why that cannot be said. `limit` is the one in force; null
 * where it is not known.
 */
export function enoughWords(enough: Enough, limit: number | null): string {
  return enough.kind === 'answer' ? answerWords(enough, limit) : refusalWords(enough)
}

function answerWords(answer: Answer, limit: number | null): string {
  const { replay, target, demands } = answer
  const enough = limit !== null && replay.high <= limit
  const range =
    replay.low < replay.high ? ` (${formatCount(replay.low)} to ${formatCount(replay.high)})` : ''
  const found = `A limit of ${formatCount(replay.value)}${range} would have refused at most ${share(target)} of ${formatCount(demands)} demands`
  const now =
    limit === null
      ? ''
      : enough
        ? `; ${formatCount(limit)} was enough`
        : `; it was ${formatCount(limit)}`
  return `${found}${now}. ${modelWords(answer)} This holds only if clients do not keep connections longer because coming back fails.`
}

/** What hangs on the model. */
function modelWords({ erlang, modelRisk, replay }: Answer): string {
  const formula = `Erlang B says ${formatCount(erlang)}`
  if (modelRisk <= AGREE) return `${formula}: the two agree.`
  const apart = `${formula}, ${share(modelRisk)} apart`
  if (modelRisk <= FAR_APART) return `${apart}: plan with the higher one.`
  return replay.value > erlang
    ? `${apart}: demands came in waves, which the formula does not know; trust the replay, for a load like this one.`
    : `${apart}: demands came more evenly than by chance, or the window is too short; plan with the higher one.`
}

const REASONS: Readonly<Record<Refused['reason'], string>> = {
  'no-clients': 'clients are not told apart, so a retry looks like a new demand',
  'few-sessions': 'fewer than 30 connections were seen to end, so nobody knows how long they last',
  'rejections-unseen':
    'the limit was reached but no refused attempt was seen, so demand above it is unknown',
  'no-limit':
    'the limit is unknown and no refused attempt was seen, so demand above it may be missing',
  'no-demand': 'nobody asked for a connection',
  'at-wall-too-long':
    'more than half of the window was at the limit, and clients are not told apart',
}

function refusalWords({ reason, atLeast, atMost }: Refused): string {
  const why = REASONS[reason]
  if (atLeast === null) return `Which limit would have been enough cannot be said: ${why}.`
  if (atMost !== undefined) {
    const bounds =
      atLeast === atMost
        ? `About ${formatCount(atLeast)}`
        : `Between ${formatCount(atLeast)} and ${formatCount(atMost)}`
    return `${bounds} would have been enough, by Erlang B. No closer: ${why}.`
  }
  return `At least ${formatCount(atLeast)} would have been needed. How much more cannot be said: ${why}.`
}

/** A share with a decimal where it is small. */
function share(of: number): string {
  const percent = of * 100
  const text = percent < 9.95 ? percent.toFixed(1).replace(/\.0$/, '') : formatCount(percent)
  return `${text}${THIN_SPACE}%`
}
