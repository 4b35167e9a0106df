import type { EvidencePart } from '#domain/evidence/parts/evidencePart.ts'
import { evidenceParts } from '#domain/evidence/parts/evidenceParts.ts'
import { trustText } from '#domain/evidence/parts/trustWords.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentCharts } from '../charts/incidentCharts.ts'
import { type Html, html } from '../html.ts'
import { comparedTable } from '../words/comparedTable.ts'
import { differingTable } from '../words/differingTable.ts'
import { episodeTable, nearMissTable } from '../words/episodeTable.ts'
import {
  organisationWords,
  simulatedWords,
  windowText,
  windowUtcText,
  zonedClockText,
} from '../words/incidentWords.ts'
import { limitTable } from '../words/limitTable.ts'
import { numberedNotes } from '../words/numberedNotes.ts'
import { sourceTable } from '../words/sourceTable.ts'
import { timelineTable } from '../words/timelineTable.ts'
import { reportTable } from './reportTable.ts'

/** Drawn for the width of a sheet; a screen makes it as wide as it is. */
const CHART_PX = 720

/**
 * An incident as a report to read, to print and to hand over: everything in words, numbers and
 * pictures, in the light theme. The body of a page; `reportCss` is its style.
 */
export function reportHtml(incident: Incident, findings: IncidentFindings): Html {
  const { timeline, episodes, nearMisses, differing, compared } = findings
  return html`<article class="report">${head(incident)}${verdict(incident, findings)}${charts(incident, findings)}${reportTable(timelineTable(incident, timeline))}${compared === null ? null : reportTable(comparedTable(incident, compared))}${reportTable(differingTable(differing))}${reportTable(episodeTable(incident, episodes))}${reportTable(nearMissTable(incident, nearMisses))}${evidence(incident, findings)}${notes(incident)}${reportTable(limitTable(incident))}${reportTable(sourceTable(incident))}</article>`
}

function head(incident: Incident): Html {
  const { title, organisation, zone } = incident
  const simulated = simulatedWords(organisation)
  return html`<header>${simulated === null ? null : html`<p class="simulated">${simulated}</p>`}<h1>${title || 'Incident'}</h1><p>${organisationWords(organisation)}</p><dl class="facts"><div><dt>Window</dt><dd>${windowText(incident, zone)}</dd></div><div><dt>In UTC</dt><dd>${windowUtcText(incident)}</dd></div></dl></header>`
}

function verdict(incident: Incident, { report }: IncidentFindings): Html {
  const { word, sentence, against, next } = verdictWords(report, incident.zone)
  return html`<section class="verdict"><h2>Verdict</h2><p class="word">${word}</p><p class="sentence">${sentence}</p><p>${against}</p><p>${next}</p><p class="quiet">${trustText(report)}</p></section>`
}

function charts(incident: Incident, findings: IncidentFindings): Html {
  const { from, to } = incident
  const drawn = incidentCharts(incident, findings, {
    widthPx: CHART_PX,
    theme: 'light',
    window: { from, to },
    isInPage: true,
  })
  return html`<section><h2>Charts</h2>${drawn.map(
    ({ markup, summary }) => html`<figure>${markup}<figcaption>${summary}</figcaption></figure>`,
  )}</section>`
}

function evidence(incident: Incident, { report }: IncidentFindings): Html {
  const parts = evidenceParts(report, incident.zone)
  return html`<section><h2>Evidence</h2>${parts.map(part)}</section>`
}

function part({ title, says, rows, meaning }: EvidencePart): Html {
  const numbers =
    rows.length === 0
      ? null
      : html`<dl>${rows.map(
          (row) =>
            html`<div><dt>${row.name}</dt><dd>${row.value}</dd><dd class="meaning">${row.meaning}</dd></div>`,
        )}</dl>`
  return html`<section class="evidence"><h3>${title}</h3>${says.map((sentence) => html`<p>${sentence}</p>`)}${numbers}${meaning === null ? null : html`<p class="meaning">${meaning}</p>`}</section>`
}

function notes(incident: Incident): Html {
  const numbered = numberedNotes(incident)
  const { zone } = incident
  const list =
    numbered.length === 0
      ? html`<p>Nobody wrote a note.</p>`
      : html`<ol>${numbered.map(
          ({ note }) =>
            html`<li><span class="quiet">${zonedClockText(note.at, incident, zone)}${note.author === '' ? null : `, ${note.author}`}</span><br/><span class="text">${note.text}</span></li>`,
        )}</ol>`
  return html`<section><h2>Notes</h2>${list}</section>`
}
