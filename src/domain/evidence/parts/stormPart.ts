import type { BackoffStudy, Storm } from '../storm/storm.ts'
import { stormWords } from '../storm/stormWords.ts'
import { pText } from '../verdict/verdictText.ts'
import { formatCount } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { fineDuration, ratioText } from './numberText.ts'

export const POLICY_WORDS: Readonly<Record<BackoffStudy['policy'], string>> = {
  recorded: 'as it was',
  exponential: 'exponential',
  fullJitter: 'with jitter',
}

/** Whether refused clients came back so fast that they were a load of their own. Null where there is nothing to say. */
export function stormPart(storm: Storm | null, zone: string): EvidencePart | null {
  const words = storm && stormWords(storm, zone)
  if (!words) return null
  return {
    id: 'storm',
    title: words.title,
    says: [words.sentence, words.against].filter((text) => text !== ''),
    rows: [...stormRows(storm), ...storm.backoff.map(studyRow)],
    meaning:
      'Bars: attempts that the same demand would have made with another way to retry, simulated against the same free places. Exponential: each wait is twice the one before. With jitter: that wait is drawn by lot as well, so that clients do not come back together.',
  }
}

function stormRows(storm: Storm): EvidenceRow[] {
  const rows: EvidenceRow[] = []
  if (storm.amplification !== null)
    rows.push({
      name: 'Attempts per demand',
      value: `× ${ratioText(storm.amplification)}`,
      meaning: `${formatCount(storm.attempts)} attempts were made for ${formatCount(storm.demands)} demands: so often did a client knock until it was let in or gave up.`,
    })
  if (storm.medianAfterFailureMs !== null)
    rows.push({
      name: 'Pause after a refusal',
      value: `${fineDuration(storm.medianAfterFailureMs)}, median of ${formatCount(storm.gapsAfterFailure)}`,
      meaning: 'How long refused clients waited before they came back.',
    })
  if (storm.medianAfterSuccessMs !== null)
    rows.push({
      name: 'Pause after a success',
      value: `${fineDuration(storm.medianAfterSuccessMs)}, median of ${formatCount(storm.gapsAfterSuccess)}`,
      meaning: 'How long the same clients wait when all is well: their own pace.',
    })
  if (storm.p !== null)
    rows.push({
      name: 'Faster after refusals (Mann–Whitney)',
      value: pText(storm.p),
      meaning: 'How often chance alone would make the pauses after refusals as much shorter.',
    })
  return rows
}

/** One policy in words; the drawer lays them out as a table. */
function studyRow({
  policy,
  attempts,
  amplification,
  peakPerSec,
  medianWaitMs,
}: BackoffStudy): EvidenceRow {
  const wait = medianWaitMs === null ? '' : `, waited ${fineDuration(medianWaitMs)}`
  return {
    name: `Attempts, ${POLICY_WORDS[policy]}`,
    value: `${formatCount(attempts)} (× ${ratioText(amplification)}), ${formatCount(peakPerSec)} per second at most${wait}`,
    meaning: '',
    isPictured: true,
  }
}
