import type { EvidenceReport } from '../evidence.ts'
import { formatCount, formatDuration } from '../../format.ts'
import { elapsed } from '../../units.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'

/** With fewer bins just below the limit, an overload that begins there looks like the limit (evidence-methods §1.6). */
const FEW_NEAR = 10

/** What speaks against the limit as the cause: always shown, also where it is nothing. Null where no limit is on trial. */
export function againstPart({ verdict, from, to }: EvidenceReport): EvidencePart | null {
  if (verdict.reason === 'no-samples' || verdict.reason === 'no-limit') return null
  const { errors, errorsBelow, quietBinsAtLimit, binsAtLimit, binsNear, binMs, coverage } = verdict
  const uncoveredMs = (1 - coverage) * elapsed(from, to)
  const rows: EvidenceRow[] = [
    {
      name: 'Refused below the limit',
      value: `${formatCount(errorsBelow)} of ${formatCount(errors)}`,
      meaning: 'The limit cannot have caused these. Many of them mean that something else refuses.',
    },
    {
      name: 'At the limit without refusals',
      value:
        binsAtLimit === 0
          ? 'never at the limit'
          : `${formatCount(quietBinsAtLimit)} of ${formatCount(binsAtLimit)} bins, ${formatDuration(quietBinsAtLimit * binMs)}`,
      meaning:
        'The limit was reached and nobody was refused. Some of it is natural: not everybody asks at every moment.',
    },
    {
      name: 'Not covered',
      value: notCovered(uncoveredMs, verdict.errorsUncovered),
      meaning: 'Nothing was measured then: refusals of that time can be held against nothing.',
    },
  ]
  if (errors > 0 && binsAtLimit > 0 && binsNear < FEW_NEAR)
    rows.push({
      name: 'Just below the limit, from 80 %',
      value: binsNear === 1 ? '1 bin' : `${formatCount(binsNear)} bins`,
      meaning:
        'So little time just below the limit cannot tell the limit from an overload that begins at the same use.',
    })
  return { id: 'against', title: 'Against it', says: [], rows, meaning: null }
}

function notCovered(uncoveredMs: number, errors: number): string {
  const refused = errors > 0 ? `, ${formatCount(errors)} refused then` : ''
  return (uncoveredMs < 500 ? 'nothing' : formatDuration(uncoveredMs)) + refused
}
