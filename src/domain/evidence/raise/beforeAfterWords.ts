import { formatClock, formatCount, formatDuration, THIN_SPACE } from '../../format.ts'
import { levelText, shareText } from '../verdict/verdictText.ts'
import type { BeforeAfter } from './beforeAfter.ts'
import type { GuardUnit } from './guards.ts'
import type { Guard } from './raiseGuard.ts'

/**
 * What is said of a raised limit: a heading, what was found with its numbers, and what speaks
 * against it (empty where nothing was compared).
 */
export type BeforeAfterWords = { title: string; sentence: string; against: string }

/** A raised limit in words; the time of the change is that of an IANA zone. */
export function beforeAfterWords(raise: BeforeAfter, zone: string): BeforeAfterWords {
  const { oldLimit, newLimit, at } = raise
  return {
    title: `Limit raised from ${levelText(oldLimit)} to ${levelText(newLimit)} at ${formatClock(at, zone, 'minutes')}`,
    sentence: `${LEADS[raise.word]} ${SENTENCES[raise.reason](raise)}`,
    against: againstOf(raise),
  }
}

const LEADS: Readonly<Record<BeforeAfter['word'], string>> = {
  worked: 'Worked.',
  'did-not': 'Did not help.',
  'load-not-comparable': 'Load not comparable.',
  'cannot-tell': 'Cannot tell.',
}

const SENTENCES: Readonly<Record<BeforeAfter['reason'], (raise: BeforeAfter) => string>> = {
  fewer: (raise) =>
    `The higher limit removed ${removedText(raise)} of refusals at equal load; ${guardsText(raise)}.`,
  'not-fewer': (raise) => `At equal load ${thenText(raise)}.`,
  unclear: (raise) => `At equal load ${thenText(raise)}: that may be chance.`,
  'few-bursts': (raise) =>
    `At equal load ${thenText(raise)}, but refusals before came in one or two bursts that did not follow the limit: so few may stay away by chance.`,
  'guard-worse': ({ guards, ...raise }) =>
    `The higher limit removed ${removedText(raise)} of refusals at equal load, but ${guards
      .filter(({ isWorse }) => isWorse)
      .map(movedText)
      .join(', and ')}.`,
  'not-tried': ({ peakAfter, oldLimit }) =>
    peakAfter === null
      ? 'Refusals became fewer, but use after the raise was not measured: whether the new limit was tried is not known.'
      : `Refusals became fewer, but the peak after the raise was ${levelText(peakAfter)}, below the old limit of ${levelText(oldLimit)}: the new one has not been tried.`,
  'common-support': ({ keptBefore, keptAfter, matchedOn }) => {
    const what = matchedOn === 'demand' ? 'demand' : 'number of attempts'
    return Math.min(keptBefore, keptAfter) < 0.5
      ? `Only ${shareText(keptBefore)} of the time before and ${shareText(keptAfter)} after had the same ${what}; 50${THIN_SPACE}% of both is needed.`
      : `Most refusals came at a ${what} that did not come back after the raise.`
  },
  'too-few-bins': ({ binMs, binsBefore, binsAfter }) =>
    binMs === undefined || binsBefore === undefined || binsAfter === undefined
      ? 'Attempts are too few to tell one load from another.'
      : `Attempts are too few to tell one load from another: ${formatDuration(binsBefore * binMs)} before the raise and ${formatDuration(binsAfter * binMs)} after it hold any.`,
  'nothing-rejected-before': ({ oldLimit }) =>
    `Nothing was refused under the limit of ${levelText(oldLimit)}: there was nothing to cure.`,
  'no-attempts': () =>
    'Attempts are not counted, so the load before and after the raise cannot be compared.',
}

/** What speaks for the opposite, or at least what is left open. */
function againstOf(raise: BeforeAfter): string {
  const { reason, difference, before, refusedBefore = 0, refusedAfter = 0 } = raise
  const facts: string[] = []
  if (reason === 'common-support' && raise.matchedOn === 'attempts')
    facts.push('attempts hold the retries of refused clients, which end where a raise works')
  if (raise.word === 'did-not' && difference && before)
    facts.push(
      `a fall by up to ${shareText(Math.min(1, -difference.low / before))} is still possible`,
    )
  if (raise.word !== 'did-not' && refusedAfter > 0)
    facts.push(
      `${formatCount(refusedAfter)} ${refusedAfter === 1 ? 'was' : 'were'} refused after the raise, ${formatCount(refusedBefore)} before`,
    )
  if (raise.word === 'worked') {
    if (raise.keptBefore < 0.995)
      facts.push(`${shareText(1 - raise.keptBefore)} of the time before had no equal load after it`)
    facts.push('one raise is one trial: something else that changed with it would look the same')
  }
  return facts.length > 0 ? `Against it: ${facts.join('; ')}.` : ''
}

/** The part of the refused share that is gone; never rounded up to all of it. */
const removedText = ({ before, after }: Pick<BeforeAfter, 'before' | 'after'>) =>
  shareText(before ? Math.max(0, 1 - (after ?? 0) / before) : 0)

const thenText = ({ before, after, difference }: BeforeAfter) =>
  `${shareText(before ?? 0)} of attempts were refused before and ${shareText(after ?? 0)} after` +
  (difference ? ` (${pointsText(difference.low)} to ${pointsText(difference.high)} points)` : '')

/** What was not measured is named, and then nothing is said of queues as a whole. */
function guardsText({ guards, unmeasured }: BeforeAfter): string {
  if (guards.length === 0) return 'queues were not measured'
  if (unmeasured.length === 0) return 'queues did not suffer'
  const measured = listed(guards.map(({ title }) => title))
  return `${measured} did not become worse; ${unmeasuredText(unmeasured)}`
}

/** `service level was not measured`. */
const unmeasuredText = (titles: readonly string[]) =>
  `${listed(titles)} ${titles.length === 1 ? 'was' : 'were'} not measured`

/** Titles within a sentence: `waiting, interacting and service level`. */
function listed(titles: readonly string[]): string {
  const words = titles.map(inSentence)
  const last = words.at(-1) ?? ''
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last
}

const inSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)

/** `service level fell from 82 % to 70 %`. */
const movedText = ({ title, unit, before, after }: Guard) =>
  `${inSentence(title)} ${after < before ? 'fell' : 'rose'} from ${guardText(before, unit)} to ${guardText(after, unit)}`

/** A level of a guard, or a difference of two: `5.1`, `12 s`, `82 %`. */
export function guardText(value: number, unit: GuardUnit): string {
  if (unit === 'seconds') return `${oneDecimal(value)}${THIN_SPACE}s`
  return unit === 'percent' ? `${oneDecimal(value)}${THIN_SPACE}%` : oneDecimal(value)
}

/** Percentage points with a true minus. */
const pointsText = (difference: number) =>
  `${difference < 0 ? '\u2212' : '+'}${oneDecimal(Math.abs(difference) * 100)}`

/** A level of either sign; a decimal below 100. */
const oneDecimal = (value: number) =>
  Math.abs(value) < 100
    ? value.toFixed(1).replace(/\.0$/, '').replace(/^-/, '\u2212')
    : formatCount(value)
