import { beforeAfterWords } from '../evidence/raise/beforeAfterWords.ts'
import type { BeforeAfter } from '../evidence/raise/beforeAfter.ts'
import { levelText, shareText } from '../evidence/verdict/verdictText.ts'
import { formatClock, formatDate, formatDuration } from '../format.ts'
import type { EpochMs } from '../units.ts'
import { type Certificate, isRaise } from './certificate.ts'
import type { ComparableChange } from './comparableChange.ts'

/** A certificate in words; `against` may be empty. */
export type CertificateWords = {
  word: string
  title: string
  sentence: string
  against: string
  next: string
}

export function certificateWords(certificate: Certificate, zone: string): CertificateWords {
  const { change, result } = certificate
  const title = changeTitle(change, zone)
  if (!isRaise(change))
    return {
      word: LOWERED[result.word],
      title,
      sentence: loweredSentence(certificate),
      against: result.word === 'worked' ? `Against it: ${ONE_TRIAL}.` : '',
      next: LOWERED_NEXT[result.word],
    }
  const { sentence, against } = beforeAfterWords(result, zone)
  return {
    word: RAISED[result.word],
    title,
    // The lead stands beside it already.
    sentence: sentence.slice(sentence.indexOf('. ') + 2),
    against,
    next: NEXT[result.reason],
  }
}

/** `Limit raised from 720 to 1 000 on Thu 17 Sep 2026 at 13:12`. */
export function changeTitle(change: ComparableChange, zone: string): string {
  const { from, to, earliest, latest } = change
  const did = isRaise(change) ? 'raised' : 'lowered'
  const when =
    earliest === latest
      ? `on ${dayText(latest, zone)}`
      : `between ${dayText(earliest, zone)} and ${dayText(latest, zone)}`
  return `Limit ${did} from ${levelText(from)} to ${levelText(to)} ${when}`
}

/** What is left out because nobody knows which limit held; empty where that is known. */
export const doubtWords = ({ earliest, latest }: ComparableChange) =>
  earliest === latest
    ? ''
    : `When exactly is not known: the ${formatDuration(latest - earliest)} between are in neither window.`

const dayText = (at: EpochMs, zone: string) =>
  `${formatDate(at, zone)} at ${formatClock(at, zone, 'minutes')}`

const RAISED: Readonly<Record<BeforeAfter['word'], string>> = {
  worked: 'Worked',
  'did-not': 'Did not help',
  'load-not-comparable': 'Load not comparable',
  'cannot-tell': 'Cannot tell',
}

const LOWERED: Readonly<Record<BeforeAfter['word'], string>> = {
  ...RAISED,
  worked: 'Refusals came with it',
  'did-not': 'No harm shown',
}

const ONE_TRIAL = 'one change is one trial: something else that changed with it would look the same'

function loweredSentence({ result }: Certificate): string {
  const { before: low, after: high, reason } = result
  const shares = `${shareText(low ?? 0)} of attempts were refused under the lower limit, ${shareText(high ?? 0)} before`
  switch (reason) {
    case 'no-attempts':
      return 'Attempts are not counted, so the load under the two limits cannot be compared.'
    case 'nothing-rejected-before':
      return 'Nothing was refused under the lower limit.'
    case 'common-support':
      return 'Too little of the time under the two limits had the same load.'
    case 'too-few-bins':
      return 'Attempts are too few to tell one load from another.'
    case 'fewer':
    case 'not-fewer':
    case 'guard-worse':
      return `At equal load ${shares}.`
    case 'not-tried':
      return `At equal load ${shares}, but use before the change did not reach the lower limit: it cannot be the cause of them all.`
    case 'few-bursts':
    case 'unclear':
      return `At equal load ${shares}: that may be chance.`
  }
}

const NEXT: Readonly<Record<BeforeAfter['reason'], string>> = {
  fewer: 'Keep the new limit, and ask What-if how far it will last.',
  'not-fewer':
    'Look for another cause: read the verdict of the time before in Review, and which limit was reached.',
  'common-support':
    'Choose windows with the same load, or wait for the weekday and hour that had the refusals.',
  'too-few-bins': 'Wait until more was attempted under the new limit, or choose longer windows.',
  'nothing-rejected-before': 'Choose a window before the change in which something was refused.',
  unclear: 'Choose longer windows, or wait: more attempts make the interval narrower.',
  'guard-worse':
    'Find out what made the queue worse, at the same hours: if it is the raise, others pay for it.',
  'not-tried': 'Wait for a peak above the old limit, or run a load test up to it.',
  'no-attempts': 'Connect a feed that counts attempts; from then on changes can be compared.',
  'few-bursts': 'Choose a window before the change with more bursts of refusals.',
}

const LOWERED_NEXT: Readonly<Record<BeforeAfter['word'], string>> = {
  worked: 'Ask for the old limit again; What-if says which one would be enough.',
  'did-not': 'Nothing to do; look again after the next peak.',
  'load-not-comparable': 'Choose windows with the same load.',
  'cannot-tell': 'Choose longer windows, or wait until more was attempted under the lower limit.',
}
