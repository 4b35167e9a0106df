import type { Leak } from '../leak/leak.ts'
import { leakWords } from '../leak/leakWords.ts'
import { pText } from '../verdict/verdictText.ts'
import { formatClock, formatCount } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { decimalText, intervalText } from './numberText.ts'

/** Connections per iteration: whole, and with a decimal where there are few. */
const perIterationText = (value: number) => decimalText(value, Math.abs(value) < 9.95 ? 1 : 0)

/** Whether connections stay open from iteration to iteration. Null where there is nothing to say. */
export function leakPart(
  leak: Leak | null,
  limit: number | null,
  zone: string,
): EvidencePart | null {
  const words = leak && leakWords(leak, limit, zone)
  if (!words) return null
  return {
    id: 'leak',
    title: words.title,
    says: [words.sentence, words.against].filter((text) => text !== ''),
    rows: leakRows(leak, zone),
    meaning:
      'After each iteration the load goes off and the count should fall back to where it was. The floor is what stays. Floors that rise from iteration to iteration are connections nobody closed.',
  }
}

function leakRows(leak: Leak, zone: string): EvidenceRow[] {
  const { floors, count, perIteration, p, reaches, doesWander, own } = leak
  const left = floors.length - count
  const rows: EvidenceRow[] = [
    {
      name: 'Floors',
      value: `${formatCount(count)} settled${left > 0 ? `, ${formatCount(left)} left out` : ''}`,
      meaning:
        'A floor counts when the value had come to rest before the next iteration. Four are enough to suspect, five to call it a leak.',
    },
  ]
  if (perIteration)
    rows.push({
      name: 'Rise per iteration',
      value: (perIteration.value > 0 ? '+' : '') + intervalText(perIteration, perIterationText),
      meaning: 'How many more connections stay open after each iteration, with a 90 % interval.',
    })
  if (p !== null)
    rows.push({
      name: 'Test for a rise (Mann–Kendall)',
      value: pText(p),
      meaning:
        'How often floors that only go up and down by chance would rise as steadily as these. 0.01 or less is called a leak.',
    })
  if (reaches) {
    const { value, low, high, isRough, at } = reaches
    const when = at === null ? '' : `, ≈ ${formatClock(at, zone, 'minutes')}`
    const ends = `${formatCount(low)} to ${Number.isFinite(high) ? formatCount(high) : 'later'}`
    rows.push({
      name: 'Limit reached in iteration',
      value: `${isRough ? 'about ' : ''}${formatCount(value)}${low < high ? ` (${ends})` : ''}${when}`,
      meaning: 'If every iteration goes on like those before, its peak meets the limit then.',
    })
  }
  if (doesWander)
    rows.push({
      name: 'Floors wander',
      value: 'yes',
      meaning:
        'They drift by themselves, as other users of the organisation make them do. Count the open connections of the tested clients too, to be sure.',
    })
  if (own > 0) rows.push(ownRow(own))
  return rows
}

/** What Tidemark itself holds open never counts as somebody's leak. */
export const ownRow = (own: number): EvidenceRow => ({
  name: 'Own connections, taken off',
  value: formatCount(own),
  meaning: 'Tidemark is connected too. What it holds open itself is not counted here.',
})
