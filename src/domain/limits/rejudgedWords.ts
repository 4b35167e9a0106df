import { formatCount, formatDuration } from '../format.ts'
import { windowEnds } from '../timeline/dayAndClock.ts'
import type { VerdictWord } from '../evidence/verdict/verdict.ts'
import { hasMoved, type JudgedStretch, type Rejudged } from './rejudged.ts'

/** `Judged anew from 13:25 to 13:40: 12 min at the limit before, none now; the verdict stays capacity-bound.` */
export function rejudgedWords(found: Rejudged, zone: string): string {
  const { stretch, samples, old, new: now } = found
  const [from, to] = windowEnds(stretch.from, stretch.to, zone)
  const when = `from ${from} to ${to}`
  if (samples === 0) return `Nothing was measured ${when}: no verdict moved.`
  if (!hasMoved(found))
    return `Judged anew ${when}: nothing moved; the verdict stays ${WORDS[now.verdict.word]}.`
  const parts = [
    `${atLimitText(old)} before, ${atLimitText(now, false)} now`,
    ...(old.above === now.above
      ? []
      : [
          `${formatCount(old.above)} of ${formatCount(samples)} samples above it before, ${formatCount(now.above)} now`,
        ]),
    verdictText(old, now),
  ]
  return `Judged anew ${when}: ${parts.join('; ')}.`
}

function atLimitText({ atLimitMs }: JudgedStretch, isFirst = true): string {
  const at = isFirst ? ' at the limit' : ''
  if (atLimitMs === null) return isFirst ? 'limit not known' : 'limit unknown'
  return atLimitMs > 0
    ? `${formatDuration(atLimitMs)}${at}`
    : isFirst
      ? 'never at the limit'
      : 'none'
}

function verdictText({ verdict: old }: JudgedStretch, { verdict: now }: JudgedStretch): string {
  return old.word === now.word
    ? `the verdict stays ${WORDS[now.word]}`
    : `the verdict was ${WORDS[old.word]} and is ${WORDS[now.word]}`
}

const WORDS: Readonly<Record<VerdictWord, string>> = {
  'capacity-bound': 'capacity-bound',
  partly: 'partly',
  'not-capacity-bound': 'not capacity-bound',
  'cannot-tell': 'cannot tell',
}
