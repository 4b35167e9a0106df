import type { ComparedValue } from '#domain/limits/audit/comparedValue.ts'
import type { Drift, DriftRow } from '#domain/limits/audit/fleetDrift.ts'
import { type CsvCell, csvRecord } from './csvCell.ts'
import { isoText } from './words/incidentWords.ts'

/** What audits differ in and what could not be compared, a column for each audit, in its order. */
export function auditDriftCsv({ audits, rows, uncompared }: Drift): string {
  const columns = audits.map(({ name, takenAt }) => `${name} ${isoText(takenAt)}`)
  const record = (finding: string) => (row: DriftRow) =>
    csvRecord([finding, row.group, row.namespace, row.name, ...row.values.map(cellOf)])
  return [
    csvRecord(['finding', 'group', 'namespace', 'name', ...columns]),
    ...rows.map(record('differs')),
    ...uncompared.map(record('not compared')),
  ].join('')
}

function cellOf(value: ComparedValue): CsvCell {
  if (value.kind === 'value') return value.value
  if (value.kind === 'unread') return `not read: ${value.reason}`
  return value.kind === 'none' ? 'none' : null
}
