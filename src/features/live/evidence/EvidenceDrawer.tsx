import type { Tier } from '#monitor/drawnSeries.ts'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import type { EvidencePanel } from '#state/useEvidencePanel.ts'
import { EvidencePane } from '#ui/evidence/EvidencePane.tsx'
import { Note } from '#ui/notes/Note.tsx'
import { stepWords } from '../tierWords.ts'

type Props = { evidence: EvidenceView; zone: string; panel: EvidencePanel }

/** All that is known about the cause of the refusals on screen, beside the charts. */
export const EvidenceDrawer = ({ evidence, zone, panel }: Props) => (
  <EvidencePane
    report={evidence.kind === 'ready' ? evidence.report : null}
    isComputing={evidence.kind === 'ready' && evidence.isComputing}
    standIn={<NoEvidence evidence={evidence} />}
    zone={zone}
    wanted={panel.wanted}
    onClose={panel.close}
  />
)

function NoEvidence({ evidence }: Pick<Props, 'evidence'>) {
  if (evidence.kind === 'failed')
    return (
      <Note title="The evidence could not be worked out">
        Reason: {evidence.message}. Charts and events go on; it is tried again when there is
        something new.
      </Note>
    )
  if (evidence.kind === 'summarised') return <SummariesOnly tier={evidence.tier} />
  return (
    <Note title="No evidence yet">
      The window is looked at as soon as its samples are here. The first look takes a few seconds.
    </Note>
  )
}

/** Steps are no samples: a verdict on them would be made up. */
function SummariesOnly({ tier }: { tier: Tier }) {
  if (tier.isPruned)
    return (
      <Note title="No verdict on summaries">
        Samples are kept for 14 days; of what lies before, only what each minute came to is known. A
        verdict needs the samples. Choose a window within the last 14 days.
      </Note>
    )
  return (
    <Note title="No verdict on summaries">
      A window of more than two days shows the lowest and highest of {stepWords(tier.stepMs)}. A
      verdict needs the samples themselves. Choose a shorter window.
    </Note>
  )
}
