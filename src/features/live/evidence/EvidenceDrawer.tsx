import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { formatClock, formatZone } from '#domain/format.ts'
import type { Tier } from '#monitor/drawnSeries.ts'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { EvidenceBody } from '#ui/evidence/EvidenceBody.tsx'
import { evidenceText } from '#domain/evidence/parts/evidenceText.ts'
import { partElementId } from '#ui/evidence/PartSection.tsx'
import { Note } from '#ui/notes/Note.tsx'
import { stepWords } from '../tierWords.ts'
import classes from './EvidenceDrawer.module.css'
import type { EvidencePanel } from './useEvidencePanel.ts'

type Props = { evidence: EvidenceView; zone: string; panel: EvidencePanel }

/** All that is known about the cause of the refusals on screen, beside the charts. */
export function EvidenceDrawer({ evidence, zone, panel }: Props) {
  const { wanted, close } = panel
  const heading = useRef<HTMLHeadingElement>(null)
  const [isExplained, setIsExplained] = useState(false)
  useEffect(() => {
    if (!wanted) return
    const part = wanted.part ? document.getElementById(partElementId(wanted.part)) : null
    const target = part ?? heading.current!
    target.focus({ preventScroll: true })
    target.scrollIntoView({ block: part ? 'start' : 'nearest' })
  }, [wanted])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  }
  const report = evidence.kind === 'ready' ? evidence.report : null
  return (
    <section
      className={classes.drawer}
      aria-labelledby="evidence-heading"
      aria-busy={evidence.kind === 'ready' && evidence.isComputing}
      onKeyDown={onKeyDown}
    >
      <header className={classes.head}>
        <h2 id="evidence-heading" ref={heading} className={classes.title} tabIndex={-1}>
          Evidence
        </h2>
        {report ? <span className={classes.about}>{aboutWords(report, zone)}</span> : null}
        <span className={classes.space} />
        <Button onClick={close} rightSection={<Kbd>Esc</Kbd>}>
          Close
        </Button>
      </header>
      <div className={classes.body}>
        {report ? (
          <EvidenceBody report={report} zone={zone} isExplained={isExplained} />
        ) : (
          <NoEvidence evidence={evidence} />
        )}
      </div>
      {report ? (
        <footer className={classes.foot}>
          <CopyButton
            label="Copy as text"
            what="the evidence as text"
            text={() => evidenceText(report, zone)}
          />
          <Button aria-pressed={isExplained} onClick={() => setIsExplained(!isExplained)}>
            {isExplained ? 'Numbers only' : 'Explain every number'}
          </Button>
        </footer>
      ) : null}
    </section>
  )
}

/** `11:30 – 14:30 CEST`. */
function aboutWords({ from, to }: EvidenceReport, zone: string): string {
  const [start, end] = [from, to].map((at) => formatClock(at, zone, 'minutes'))
  const [zoneName] = formatZone(to, zone).split(',')
  return `${start} – ${end} ${zoneName}`
}

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
