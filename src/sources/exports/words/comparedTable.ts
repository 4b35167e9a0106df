import { formatCount } from '#domain/format.ts'
import type { ComparedWindows } from '#domain/incident/comparisonRow.ts'
import { comparisonWords } from '#domain/incident/comparisonWords.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import { clockText } from './incidentWords.ts'
import type { TextTable } from './textTable.ts'

/** Two windows measure by measure, with what lies between them and how sure that is. */
export function comparedTable(incident: Incident, compared: ComparedWindows): TextTable {
  const { a, b, limitA, limitB, sentence, rows } = compared
  const spanText = ({ from, to }: Span) =>
    `${clockText(from, incident, incident.zone)} to ${clockText(to, incident, incident.zone)}`
  const limitText = (limit: number | null) =>
    limit === null ? 'limit unknown' : `limit ${formatCount(limit)}`
  const methods = rows.map(({ name, difference, method }) =>
    difference ? `${name}: ${method}` : '',
  )
  return {
    title: 'Two windows compared',
    columns: [
      { name: 'Measure' },
      { name: `A, ${limitText(limitA)}`, isNumber: true },
      { name: `B, ${limitText(limitB)}`, isNumber: true },
      { name: 'B − A', isNumber: true },
      { name: '95\u202f% interval' },
    ],
    rows: comparisonWords(compared).map((row) => [
      row.name,
      row.a,
      row.b,
      row.difference,
      row.interval,
    ]),
    empty: 'Nothing was measured in both windows.',
    remarks: [
      sentence,
      `A: ${spanText(a)}. B: ${spanText(b)}.`,
      ...methods.filter((method) => method !== ''),
    ],
  }
}
