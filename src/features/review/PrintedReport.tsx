import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { textOf } from '#sources/exports/html.ts'
import { reportCss } from '#sources/exports/report/reportCss.ts'
import { reportHtml } from '#sources/exports/report/reportHtml.ts'

type Props = { incident: Incident; findings: IncidentFindings }

/** On paper the report stands in the place of the screen. */
const INSTEAD_CSS = 'body > :not([data-part="printed-report"]) { display: none !important; }'

/** What the browser prints of a review: the report, made when the print begins and gone when it is over. */
export function PrintedReport({ incident, findings }: Props) {
  const [isPrinting, setIsPrinting] = useState(false)
  useEffect(() => {
    // Paper is laid out when the handlers have run: what comes with a later render is not on it.
    const begin = () => flushSync(() => setIsPrinting(true))
    const end = () => setIsPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  if (!isPrinting) return null
  return createPortal(
    <div data-part="printed-report">
      <style>{reportCss + INSTEAD_CSS}</style>
      {/* `html` escapes every text that goes into the report. */}
      <div dangerouslySetInnerHTML={{ __html: textOf(reportHtml(incident, findings)) }} />
    </div>,
    document.body,
  )
}
