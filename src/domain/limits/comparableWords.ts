import { formatCount, formatDuration } from '../format.ts'
import { decimalText, percentText } from '../evidence/parts/numberText.ts'
import { elapsed } from '../units.ts'
import { BURSTS_WANTED } from '../evidence/raise/beforeAfter.ts'
import type { ComparableSample } from './comparableSample.ts'
import type { ComparableChoice, ComparableHow } from './comparableWindows.ts'

/** On buttons. */
export const HOW_WORDS: Readonly<Record<ComparableHow, string>> = {
  'same-hours': 'Same weekdays and hours',
  nearest: 'Nearest time',
  all: 'All of the time',
  'by-hand': 'Chosen by hand',
}

const WHY: Readonly<Record<ComparableHow, string>> = {
  'same-hours': 'the same weekdays and hours, whole weeks apart',
  nearest: 'the nearest time on both sides of the change',
  all: 'all of the time that each limit had to itself',
  'by-hand': 'chosen by hand',
}

/** Which windows are compared, and why these. */
export function comparableWords(choice: ComparableChoice): string {
  const { how, before, after, sample } = choice
  const [was, is] = [elapsed(before.from, before.to), elapsed(after.from, after.to)]
  const lengths =
    was === is
      ? `${formatDuration(was)} each`
      : `${formatDuration(was)} before, ${formatDuration(is)} after`
  const alike =
    sample.lacks === 'counts'
      ? ''
      : ` ${percentText(sample.alikeBefore)} of the load before and ${percentText(sample.alikeAfter)} of the load after is of a size that both had.`
  return `Compared: ${WHY[how]} (${lengths}).${alike}`
}

/** How large a sample a certificate needs, and what is missing. */
export function sampleWords(sample: ComparableSample): string {
  const { attemptsAfter, attemptsNeeded, burstsBefore, refusedBefore, lacks } = sample
  if (lacks === 'counts')
    return 'A certificate needs attempts that are counted on both sides; they are not.'
  if (lacks === 'refusals')
    return 'A certificate needs refusals under the old limit; none was seen in this window.'
  const bursts = `${formatCount(BURSTS_WANTED)} bursts of refusals before (here about ${decimalText(burstsBefore, 1)}, of ${formatCount(refusedBefore)} refusals)`
  if (attemptsNeeded === null) return `A certificate needs ${bursts}.`
  const missing = attemptsNeeded - attemptsAfter
  const attempts = `${formatCount(attemptsNeeded)} attempts after, if none of them is refused (here ${formatCount(attemptsAfter)}${missing > 0 ? `, ${formatCount(missing)} are missing` : ''})`
  const shortOf =
    burstsBefore < BURSTS_WANTED
      ? ' With fewer bursts it rests on whether they followed the limit.'
      : ''
  return `A certificate needs ${bursts} and ${attempts}.${shortOf}`
}
