import type { EvidencePart } from '#domain/evidence/parts/evidencePart.ts'
import { evidenceParts } from '#domain/evidence/parts/evidenceParts.ts'
import { trustText } from '#domain/evidence/parts/trustWords.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { markdownTable, markdownText } from './markdownText.ts'
import { comparedTable } from './words/comparedTable.ts'
import {
  organisationWords,
  simulatedWords,
  windowText,
  windowUtcText,
} from './words/incidentWords.ts'
import { limitTable } from './words/limitTable.ts'
import { sourceTable } from './words/sourceTable.ts'
import { timelineTable } from './words/timelineTable.ts'

/** The parts of the evidence whose numbers a ticket is asked for. */
const NUMBERED: readonly EvidencePart['id'][] = ['dose', 'sure', 'order']

/**
 * An incident for a ticket, as Markdown: the verdict and what speaks against it, its numbers, what
 * happened when, and what all of it rests on. `fingerprint` is that of the bundle beside it; null
 * where there is none.
 */
export function markdownSummary(
  incident: Incident,
  findings: IncidentFindings,
  fingerprint: string | null,
): string {
  const { report, timeline, compared } = findings
  const { title, organisation, zone } = incident
  const { word, sentence, against, next } = verdictWords(report, zone)
  const simulated = simulatedWords(organisation)
  const sections = [
    simulated === null ? null : `**${markdownText(simulated)}**`,
    `## ${markdownText(title || 'Incident')}`,
    [organisationWords(organisation), windowText(incident, zone), windowUtcText(incident)]
      .map(markdownText)
      .join('  \n'),
    `**${markdownText(word)}.** ${markdownText(sentence)}`,
    markdownText(against),
    markdownText(next),
    markdownText(trustText(report)),
    numbersSection(evidenceParts(report, zone)),
    markdownTable(timelineTable(incident, timeline)),
    compared === null ? null : markdownTable(comparedTable(incident, compared)),
    markdownTable(limitTable(incident)),
    markdownTable(sourceTable(incident)),
    fingerprint === null
      ? null
      : `Fingerprint of the bundle: \`${fingerprint.replace(/[^\w ]/g, '')}\``,
  ]
  return `${sections.filter((section) => section !== null && section !== '').join('\n\n')}\n`
}

function numbersSection(parts: readonly EvidencePart[]): string | null {
  const rows = parts
    .filter(({ id }) => NUMBERED.includes(id))
    .flatMap((part) => part.rows)
    .map(({ name, value, meaning }) => [name, value, meaning])
  if (rows.length === 0) return null
  return markdownTable({
    title: 'Numbers',
    columns: [{ name: 'Number' }, { name: 'Value' }, { name: 'Meaning' }],
    rows,
    empty: '',
    remarks: [],
  })
}
