import type { BeforeAfter } from '../raise/beforeAfter.ts'
import { beforeAfterWords, guardText } from '../raise/beforeAfterWords.ts'
import type { Guard } from '../raise/raiseGuard.ts'
import { formatCount } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { intervalText, percentText, pointsText } from './numberText.ts'

/** The certificate of a changed limit: whether it took the refusals away at equal load. */
export function raisePart(raise: BeforeAfter | null, zone: string): EvidencePart | null {
  if (!raise) return null
  const words = beforeAfterWords(raise, zone)
  return {
    id: 'raise',
    title: words.title,
    says: [words.sentence, words.against].filter((text) => text !== ''),
    rows: raiseRows(raise),
    meaning: null,
  }
}

function raiseRows(raise: BeforeAfter): EvidenceRow[] {
  const { before, after, difference, keptBefore, keptAfter, matchedOn } = raise
  const rows: EvidenceRow[] = []
  if (before !== null && after !== null)
    rows.push({
      name: 'Refused share, before and after',
      value: `${percentText(before)}, then ${percentText(after)}`,
      meaning: `Of ${formatCount(raise.attemptsBefore)} attempts before and ${formatCount(raise.attemptsAfter)} after, at equal load.`,
    })
  if (difference)
    rows.push({
      name: 'Difference',
      value: `${pointsText(difference.value)} points (${pointsText(difference.low)} to ${pointsText(difference.high)})`,
      meaning:
        'After minus before, in percentage points. The interval takes into account that refusals come in bursts. Below 0 throughout: fewer refusals.',
    })
  rows.push({
    name: `Equal load, by ${matchedOn}`,
    value: `${percentText(keptBefore)} of before, ${percentText(keptAfter)} of after`,
    meaning:
      matchedOn === 'demand'
        ? 'How much of each side has its like on the other side. Load is what clients asked for first, without their retries.'
        : 'How much of each side has its like on the other side. Load is all attempts, retries among them.',
  })
  return [...rows, ...raise.guards.map(guardRow), ...raise.unmeasured.map(unmeasuredRow)]
}

function guardRow(guard: Guard): EvidenceRow {
  const { title, unit, worse, before, after, change, ofLoad, isWorse } = guard
  const write = (value: number) => guardText(value, unit)
  const facts = [
    `A higher limit must not make others wait; ${worse} is worse.`,
    `Change ${intervalText(change, write)}.`,
    ofLoad &&
      `It moves with the load: ${percentText(ofLoad.before)} of it before, ${percentText(ofLoad.after)} after. Worse only if this share is, too.`,
  ]
  return {
    name: title,
    value: `${write(before)}, then ${write(after)}: ${isWorse ? 'worse' : 'not worse'}`,
    meaning: facts.filter((fact) => fact !== null).join(' '),
  }
}

const unmeasuredRow = (title: string): EvidenceRow => ({
  name: title,
  value: 'not measured',
  meaning: 'Half of the time before and half of the time after are needed to compare.',
})
