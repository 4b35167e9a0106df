import type { Incident } from '#domain/incident/incident.ts'
import type { TimelineLine } from '#domain/incident/timelineLine.ts'
import { clockText, plusMinusText, utcText, zoneName } from './incidentWords.ts'
import type { TextTable } from './textTable.ts'

/** What happened, line by line, on the clock of the zone and in UTC. */
export function timelineTable(incident: Incident, timeline: readonly TimelineLine[]): TextTable {
  const { zone } = incident
  const name = zoneName(incident, zone)
  // A clock of UTC says it already.
  const isUtc = name === 'UTC'
  return {
    title: 'Timeline',
    columns: [
      { name: `Time, ${name}`, isInstant: true },
      ...(isUtc ? [] : [{ name: 'UTC', isInstant: true }]),
      { name: 'How exact', isInstant: true },
      { name: 'What' },
      { name: 'Detail' },
    ],
    rows: timeline.map(({ at, plusMinusMs, title, detail }) => [
      clockText(at, incident, zone),
      ...(isUtc ? [] : [utcText(at)]),
      plusMinusText(plusMinusMs),
      title,
      detail,
    ]),
    empty: 'Nothing stands out in this window.',
    remarks: [],
  }
}
