import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { PartId } from '#domain/evidence/parts/evidencePart.ts'
import { evidenceText } from '#domain/evidence/parts/evidenceText.ts'
import { formatClock, formatZone } from '#domain/format.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { Kbd } from '../controls/Kbd.tsx'
import { EvidenceBody } from './EvidenceBody.tsx'
import classes from './EvidencePane.module.css'
import { partElementId } from './PartSection.tsx'

type Props = {
  /** Null where there is none; `standIn` then says why. */
  report: EvidenceReport | null
  /** Whether a newer one is being worked out. */
  isComputing: boolean
  standIn: ReactNode
  zone: string
  /** What was asked to be shown last; every request is a new object. */
  wanted: { part: PartId | null } | null
  onClose: () => void
}

/** All that is known about the cause of refusals, beside the charts. */
export function EvidencePane({ report, isComputing, standIn, zone, wanted, onClose }: Props) {
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
    onClose()
  }
  return (
    <section
      className={classes.drawer}
      aria-labelledby="evidence-heading"
      aria-busy={isComputing}
      onKeyDown={onKeyDown}
    >
      <header className={classes.head}>
        <h2 id="evidence-heading" ref={heading} className={classes.title} tabIndex={-1}>
          Evidence
        </h2>
        {report ? <span className={classes.about}>{aboutWords(report, zone)}</span> : null}
        <span className={classes.space} />
        <Button onClick={onClose} rightSection={<Kbd>Esc</Kbd>}>
          Close
        </Button>
      </header>
      <div className={classes.body}>
        {report ? <EvidenceBody report={report} zone={zone} isExplained={isExplained} /> : standIn}
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
