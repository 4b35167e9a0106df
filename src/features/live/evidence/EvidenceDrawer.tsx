import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import type { EvidencePanel } from '#state/useEvidencePanel.ts'
import { EvidencePane } from '#ui/evidence/EvidencePane.tsx'
import { SummariesOnly } from '#ui/evidence/SummariesOnly.tsx'
import { Note } from '#ui/notes/Note.tsx'

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
