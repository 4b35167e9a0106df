import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { carePacket } from '#sources/exports/carePacket.ts'
import { carePacketJson, carePacketText } from '#sources/exports/carePacketText.ts'
import { type IncidentChart, incidentCharts } from '#sources/exports/charts/incidentCharts.ts'
import { markdownSummary } from '#sources/exports/markdownSummary.ts'
import { errorsCsv, notesCsv, samplesCsv } from '#sources/exports/rawCsv.ts'
import { fileStem } from './fileNames.ts'
import { pngOf } from './pngOf.ts'
import { saveFile } from '#ui/controls/saveFile.ts'

const PICTURE_PX = 1_200
const CSV_OF = { samples: samplesCsv, errors: errorsCsv, notes: notesCsv }

/** The summary for a ticket, as Markdown. */
export const summaryOf = markdownSummary

/** Raw data, not as charts draw it. */
export async function saveCsv(incident: Incident, what: keyof typeof CSV_OF) {
  saveFile(`${fileStem(incident)}-${what}.csv`, [...CSV_OF[what](incident)], 'text/csv')
}

/** What the vendor's support asks for. */
export async function savePacket(
  incident: Incident,
  findings: IncidentFindings,
  as: 'text' | 'json',
) {
  const packet = carePacket(incident, findings)
  const name = `${fileStem(incident)}-packet`
  if (as === 'json') saveFile(`${name}.json`, [carePacketJson(packet)], 'application/json')
  else saveFile(`${name}.txt`, [carePacketText(packet)], 'text/plain')
}

/** One chart as a picture. Throws where the incident has none of this kind. */
export async function saveChart(
  incident: Incident,
  findings: IncidentFindings,
  id: IncidentChart['id'],
  as: 'svg' | 'png',
) {
  const { from, to } = incident
  const charts = incidentCharts(incident, findings, {
    widthPx: PICTURE_PX,
    theme: 'light',
    window: { from, to },
  })
  const chart = charts.find((one) => one.id === id)
  if (!chart) throw new Error('this incident has nothing to show on that chart')
  const name = `${fileStem(incident)}-${id}.${as}`
  if (as === 'svg') saveFile(name, [chart.svg], 'image/svg+xml')
  else saveFile(name, [await pngOf(chart.svg)], 'image/png')
}
