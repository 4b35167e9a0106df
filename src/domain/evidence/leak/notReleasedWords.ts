import { formatClock, formatCount, formatDuration } from '../../format.ts'
import { roughDuration } from '../roughDuration.ts'
import type { NotReleased } from './notReleased.ts'

/** What is said of what was not released: a heading, what was found, and what speaks against it. */
export type NotReleasedWords = { title: string; sentence: string; against: string }

/** The ledger in words; null where nothing is held. Clock times are those of an IANA zone. */
export function notReleasedWords(ledger: NotReleased, zone: string): NotReleasedWords | null {
  if (ledger.reason === 'nothing-held') return null
  const { now, at, baseline } = ledger
  const held = Math.round(now)
  const state =
    held > 0
      ? `${formatCount(held)} ${held === 1 ? 'connection' : 'connections'} more than the tested clients hold were counted at ${formatClock(at, zone, 'minutes')}`
      : `Nothing is held at ${formatClock(at, zone, 'minutes')}, ${formatCount(ledger.peak)} at most before`
  return {
    title: 'Not released',
    sentence: `${state}${lastText(ledger)}. ${releaseText(ledger)}`,
    against: `Against it: what other users of the organisation open meanwhile counts as held too${beforeText(baseline)}.`,
  }
}

/** The baseline that the count is free of, where there was one. */
const beforeText = (baseline: number) =>
  Math.round(baseline) === 0
    ? ''
    : `; the ${formatCount(baseline)} from before the test are taken off`

function lastText({ perIteration }: NotReleased): string {
  const last = perIteration.at(-1)
  return last && last.added >= 0.5
    ? `; iteration ${formatCount(last.iteration)} left ${formatCount(last.added)}`
    : ''
}

/** What becomes of it without anybody's doing. */
function releaseText({ idleTimeoutMs, reason, decay }: NotReleased): string {
  if (reason === 'too-few-samples') return 'Too few samples yet to see whether it is given back.'
  if (!idleTimeoutMs) return 'No time-out gives it back: it does not fall by itself.'
  const { value, low, high } = idleTimeoutMs
  const time = `${roughDuration(value)} (${formatDuration(low)} to ${formatDuration(high)})`
  return decay === 'exponential'
    ? `The server gives it back by itself, after ${time} on average.`
    : `The server gives it back by itself, ${time} after it was closed.`
}
