import { useMemo } from 'react'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { textOf } from '#sources/exports/html.ts'
import { reportCss } from '#sources/exports/report/reportCss.ts'
import { reportHtml } from '#sources/exports/report/reportHtml.ts'
import { OnPaper } from '#ui/print/OnPaper.tsx'

type Props = { incident: Incident; findings: IncidentFindings }

/** What the browser prints of a review: the report, made when the print begins. */
export const PrintedReport = (props: Props) => (
  <OnPaper>
    <Report {...props} />
  </OnPaper>
)

function Report({ incident, findings }: Props) {
  const html = useMemo(() => textOf(reportHtml(incident, findings)), [incident, findings])
  return (
    <>
      <style>{reportCss}</style>
      {/* `html` escapes every text that goes into the report. */}
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </>
  )
}
