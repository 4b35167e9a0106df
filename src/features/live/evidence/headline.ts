import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import type { StatusSentence } from '../statusSentence.ts'
import type { ListedTile } from '../tileList.ts'

/** What the line above the tiles says: a verdict on the refusals, or the plain facts. */
export type Headline =
  | { kind: 'facts'; status: StatusSentence }
  | { kind: 'verdict'; report: EvidenceReport; words: ReturnType<typeof verdictWords> }

type Known = {
  status: StatusSentence
  evidence: EvidenceView
  tiles: readonly ListedTile[]
  /** Whether the window ends now: what cannot be seen now is no matter in an older one. */
  isNow: boolean
  zone: string
}

/** What is not seen now comes before any verdict on what was seen. */
const UNSEEN: ReadonlySet<DisplayState> = new Set(['stale', 'blind', 'off', 'loading'])

/**
 * A verdict speaks where there is something to judge: failures in the window, of whatever class, and
 * a metric that is seen now. Everywhere else the plain facts say more.
 */
export function headlineOf({ status, evidence, tiles, isNow, zone }: Known): Headline {
  const facts: Headline = { kind: 'facts', status }
  if (evidence.kind !== 'ready') return facts
  const { report } = evidence
  const { reason } = report.verdict
  if (reason === 'no-samples' || !hasFailures(report)) return facts
  const judged = tiles.find(({ metric }) => metric.id === report.subject?.metric)
  if (isNow && judged && UNSEEN.has(judged.reading.state)) return facts
  return { kind: 'verdict', report, words: verdictWords(report, zone) }
}

const hasFailures = ({ profile }: EvidenceReport) =>
  Object.values(profile.classes).some((count) => count > 0)

/** Said where the plain facts stand in for a verdict that could not be worked out; the drawer says it itself. */
export const failureNotices = (evidence: EvidenceView, isOpen: boolean): readonly string[] =>
  evidence.kind === 'failed' && !isOpen
    ? [`No verdict: the evidence could not be worked out (${evidence.message}). It is tried again.`]
    : []
