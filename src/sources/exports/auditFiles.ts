import type { Audit, AuditKey, AuditMetric, AuditUse } from '#domain/limits/audit/audit.ts'
import type { ManualLimit } from '#domain/limits/limitSettings.ts'
import { SCOPE_WORDS } from '#domain/metrics/scopeWords.ts'
import type { EpochMs } from '#domain/units.ts'
import { type CsvCell, csvRecord } from './csvCell.ts'
import { isoText } from './words/incidentWords.ts'

/** The whole audit, one entry per line, so that two files can be compared line by line. */
export function auditJson(audit: Audit): string {
  const fields = Object.entries(audit).map(([name, value]) => {
    const text = Array.isArray(value) ? linesOf(value) : JSON.stringify(value)
    return `${JSON.stringify(name)}: ${text}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

const linesOf = (list: readonly unknown[]) =>
  list.length === 0 ? '[]' : `[\n${list.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`

const COLUMNS = [
  'entry',
  'organisation',
  'taken_at_utc',
  'namespace',
  'name',
  'title',
  'state',
  'reason',
  'effective',
  'default',
  'differs_from_default',
  'requested',
  'request_status',
  'in_use',
  'in_use_at_utc',
  'used_ratio',
  'peak_24h',
  'peak_at_utc',
  'peak_since_utc',
  'headroom',
  'warn_at',
  'critical_at',
  'scope',
  'scope_basis',
  'configurable',
  'trackable',
  'source',
  'last_known',
  'first_seen_utc',
  'last_seen_utc',
  'typed_value',
  'typed_by',
  'typed_at_utc',
  'permission',
] as const

type Row = Partial<Record<(typeof COLUMNS)[number], CsvCell>>

/**
 * The audit as a table: a row for every namespace, key, metric and call, whether or not anything is known
 * of it. What is not known is empty, and its reason is not. Times are UTC.
 */
export function auditCsv(audit: Audit): string {
  const head = { organisation: audit.organisation.name, taken_at_utc: isoText(audit.takenAt) }
  const rows: readonly Row[] = [
    ...audit.namespaces.map(
      ({ namespace, title, state, reason, permission, readAt }): Row => ({
        entry: 'namespace',
        namespace,
        title,
        state,
        reason,
        permission,
        last_seen_utc: timeCell(readAt),
      }),
    ),
    ...audit.keys.map((key) => keyRow(key, reasonOfNamespace(audit, key.namespace))),
    ...audit.metrics.map(metricRow),
    ...audit.sources.map(
      ({ id, title, state, permission, reason }): Row => ({
        entry: 'call',
        name: id,
        title,
        state,
        reason,
        permission,
      }),
    ),
  ]
  const record = (row: Row) => csvRecord(COLUMNS.map((column) => row[column] ?? null))
  return csvRecord(COLUMNS) + rows.map((row) => record({ ...head, ...row })).join('')
}

const reasonOfNamespace = ({ namespaces }: Audit, namespace: string) =>
  namespaces.find((one) => one.namespace === namespace)?.reason ?? null

function keyRow(entry: AuditKey, unread: string | null): Row {
  const { requested } = entry
  const use = cellsOfUse(entry.use)
  return {
    ...use,
    entry: 'key',
    namespace: entry.namespace,
    name: entry.key,
    title: entry.description,
    state: entry.state,
    reason: entry.state === 'unread' ? unread : (use.reason ?? null),
    effective: entry.effective,
    default: entry.default,
    differs_from_default: flagCell(entry.differsFromDefault),
    requested: requested?.value ?? null,
    request_status: requested?.status ?? null,
    headroom: entry.headroom,
    scope: entry.scope,
    scope_basis: entry.scopeBasis,
    configurable: flagCell(entry.isConfigurable),
    trackable: flagCell(entry.isTrackable),
    source: entry.source,
    last_known: entry.lastKnown,
    first_seen_utc: timeCell(entry.firstSeenAt),
    last_seen_utc: timeCell(entry.lastSeenAt),
    ...typedCells(entry.manual),
  }
}

function metricRow(entry: AuditMetric): Row {
  const { limit, thresholds } = entry
  return {
    ...cellsOfUse(entry.use),
    entry: 'metric',
    namespace: entry.key?.namespace ?? null,
    name: entry.metric,
    title: entry.title,
    state: limit && limit.value !== null ? (entry.isMoving ? 'moving' : 'told') : 'unknown',
    effective: limit?.value ?? null,
    headroom: entry.headroom,
    warn_at: thresholds.warnAt,
    critical_at: thresholds.criticalAt,
    scope: SCOPE_WORDS[entry.scope],
    source: limit?.source ?? 'limit unknown',
    ...typedCells(entry.manual),
  }
}

function cellsOfUse(use: AuditUse): Row {
  if (use.kind !== 'measured') {
    const why = use.kind === 'notMeasurable' ? 'not measurable' : use.title
    return { reason: `${why}: ${use.reason}` }
  }
  const { value, at, usedRatio, peak } = use
  return {
    in_use: value,
    in_use_at_utc: isoText(at),
    used_ratio: usedRatio,
    peak_24h: peak.value,
    peak_at_utc: isoText(peak.at),
    peak_since_utc: isoText(peak.since),
  }
}

/** All of them, oldest first: one cell may hold several. */
const typedCells = (manual: readonly ManualLimit[]): Row => ({
  typed_value: manual.map(({ value }) => String(value)).join('; ') || null,
  typed_by: manual.map(({ author }) => author).join('; ') || null,
  typed_at_utc: manual.map(({ setAt }) => isoText(setAt)).join('; ') || null,
})

const timeCell = (at: EpochMs | null): CsvCell => (at === null ? null : isoText(at))

const flagCell = (flag: boolean | null): CsvCell => (flag === null ? null : flag ? 'yes' : 'no')
