import type { Tier } from '#domain/timeline/tierWords.ts'
import { Note } from '../notes/Note.tsx'
import { noVerdictWords } from './noVerdictWords.ts'

/** In the place of evidence: steps are no samples, and a verdict on them would be made up. */
export function SummariesOnly({ tier }: { tier: Tier }) {
  const { title, reason } = noVerdictWords(tier)
  return <Note title={title}>{reason}</Note>
}
