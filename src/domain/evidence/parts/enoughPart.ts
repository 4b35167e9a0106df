import type { Enough } from '../enough/enough.ts'
import { enoughWords } from '../enough/enoughWords.ts'
import { formatCount, formatDuration } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { intervalText, percentText, ratioText } from './numberText.ts'

/**
 * Which limit would have been enough. Null where nobody was refused and so nobody asks: a refusal to
 * answer is worth a line only beside refusals.
 */
export function enoughPart(
  enough: Enough | null,
  limit: number | null,
  refused: number,
): EvidencePart | null {
  if (!enough || (enough.kind === 'refused' && refused === 0)) return null
  return {
    id: 'enough',
    title: 'Which limit would have been enough',
    says: [enoughWords(enough, limit)],
    rows: enough.kind === 'answer' ? enoughRows(enough) : [],
    meaning:
      enough.kind === 'answer'
        ? `The share of demands that would have been refused under each limit. The dotted rule is the ${percentText(enough.target)} that may be.`
        : null,
  }
}

function enoughRows(enough: Extract<Enough, { kind: 'answer' }>): EvidenceRow[] {
  const { replay, erlang, modelRisk, offered, holdingMs, demands, ended } = enough
  return [
    {
      name: 'By replay of this window',
      value: intervalText(replay, formatCount),
      meaning:
        'The recorded demands, each counted once however often it was retried, were played again under other limits.',
    },
    {
      name: 'By formula (Erlang B)',
      value: formatCount(erlang),
      meaning:
        'The limit that the classic formula asks for, from load and holding time alone. It believes that demands come by chance and not in waves.',
    },
    {
      name: 'The two differ by',
      value: percentText(modelRisk),
      meaning: 'How much hangs on the model. Plan with the larger of the two where this is much.',
    },
    {
      name: 'Load and holding time',
      value: `${ratioText(offered)} at once, ${formatDuration(holdingMs)} each`,
      meaning: `From ${formatCount(demands)} demands, of which ${formatCount(ended)} were seen to end.`,
    },
  ]
}
