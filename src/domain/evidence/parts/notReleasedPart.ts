import type { NotReleased } from '../leak/notReleased.ts'
import { notReleasedWords } from '../leak/notReleasedWords.ts'
import { formatClock, formatCount, formatDuration } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { ownRow } from './leakPart.ts'
import { intervalText } from './numberText.ts'

/** What the organisation still counts although the clients closed it. Null where there is nothing to say. */
export function notReleasedPart(ledger: NotReleased | null, zone: string): EvidencePart | null {
  const words = ledger && notReleasedWords(ledger, zone)
  if (!words) return null
  return {
    id: 'notReleased',
    title: words.title,
    says: [words.sentence, words.against].filter((text) => text !== ''),
    rows: ledgerRows(ledger, zone),
    meaning: null,
  }
}

function ledgerRows(ledger: NotReleased, zone: string): EvidenceRow[] {
  const { now, at, baseline, peak, perIteration, idleTimeoutMs, own } = ledger
  const rows: EvidenceRow[] = [
    {
      name: `Held at ${formatClock(at, zone, 'minutes')}`,
      value: formatCount(now),
      meaning: 'Connections that the clients closed and the organisation still counts.',
    },
    {
      name: 'Held at most',
      value: formatCount(peak),
      meaning: 'The same, at the worst moment of the window.',
    },
    {
      name: 'Difference before the test',
      value: formatCount(baseline),
      meaning:
        'What the organisation counted beyond the tested clients before anything was tested: its other users. It is taken off.',
    },
  ]
  const last = perIteration.at(-1)
  if (last)
    rows.push({
      name: `Added by iteration ${formatCount(last.iteration)}`,
      value: formatCount(last.added),
      meaning: 'How many more were held after the newest iteration than before it.',
    })
  rows.push({
    name: 'Given back after idle',
    value: idleTimeoutMs ? intervalText(idleTimeoutMs, formatDuration) : NO_TIMEOUT[ledger.reason],
    meaning:
      'The time after which the server gives back by itself what nobody uses, read from how the excess falls.',
  })
  if (own > 0) rows.push(ownRow(own))
  return rows
}

const NO_TIMEOUT: Readonly<Record<NotReleased['reason'], string>> = {
  fitted: '–',
  'nothing-held': 'nothing is held',
  'no-decay': 'not seen: it only rises',
  'too-few-samples': 'too few samples',
}
