import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { someIncident } from '#testing/someIncident.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { PrintedReport } from './PrintedReport.tsx'

const HOSTILE = 'Run <img src=x onerror="document.title = 1">'
const incident = someIncident({ title: HOSTILE })
const findings = findingsOf(incident, incidentEvidence(incident))
const printed = () => document.querySelector('[data-part="on-paper"]')

test('the report stands on paper while it is printed, and nowhere else', async () => {
  await render(
    <TidemarkTheme theme="dark">
      <PrintedReport incident={incident} findings={findings} />
    </TidemarkTheme>,
  )
  expect(printed()).toBeNull()
  window.dispatchEvent(new Event('beforeprint'))
  // At once: paper is laid out when the handlers have run.
  expect(printed()!.querySelector('h1')!.textContent).toBe(HOSTILE)
  expect(printed()!.querySelectorAll('svg').length).toBeGreaterThan(1)
  expect(printed()!.querySelector('img')).toBeNull()
  window.dispatchEvent(new Event('afterprint'))
  await expect.poll(printed).toBeNull()
})
