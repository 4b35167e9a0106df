import { limitKeyText } from '../limitKey.ts'
import type { ManualLimit } from '../limitSettings.ts'
import type { LimitRequest } from '../registryFact.ts'
import type { Audit } from './audit.ts'
import type { Compared, ComparedValue } from './comparedValue.ts'
import { COMPARED_GROUPS, type DriftRow, fleetDrift } from './fleetDrift.ts'

/** Why a limit is another one now. */
export type ChangeReason =
  | { kind: 'request'; request: LimitRequest }
  /** The platform's default moved to the same value. */
  | { kind: 'default' }
  | { kind: 'manual'; limit: ManualLimit }
  /** No request leads to it: somebody should know why. */
  | { kind: 'unexplained' }

/** Something that one audit tells otherwise than the other. */
export type AuditChange = Compared & {
  change: 'added' | 'removed' | 'changed'
  from: number | string | null
  to: number | string | null
  /** Null for what needs no reason: only values of limits do. */
  reason: ChangeReason | null
}

/** What became of limits from one audit to the other. */
export type AuditDifference = {
  changes: readonly AuditChange[]
  /** What one of them, or both, could not read: no change, and no claim that there is none. */
  uncompared: readonly DriftRow[]
  /** Limits that both could read. */
  compared: number
}

/** From the earlier audit to the later one. Nothing that could not be read counts as gone. */
export function auditDifference(before: Audit, after: Audit): AuditDifference {
  const { rows, uncompared, compared } = fleetDrift([before, after], COMPARED_GROUPS)
  return { changes: rows.map((row) => changeOf(row, before, after)), uncompared, compared }
}

function changeOf({ values, ...compared }: DriftRow, before: Audit, after: Audit): AuditChange {
  const [from, to] = values.map(plainValue)
  const change = from === null ? 'added' : to === null ? 'removed' : 'changed'
  const reason = compared.group === 'values' ? reasonOf(compared, to!, before, after) : null
  return { ...compared, change, from: from!, to: to!, reason }
}

const plainValue = (value: ComparedValue) => (value.kind === 'value' ? value.value : null)

/** A request may be done a moment after the value is read: two clocks of the platform. */
const CLOCKS_APART_MS = 5 * 60_000

function reasonOf(
  { id, namespace, name }: Compared,
  to: number | string | null,
  before: Audit,
  after: Audit,
): ChangeReason {
  if (namespace === null) return typedIn(id, to, after)
  const key = { namespace, key: name }
  const request = after.requests.list.findLast(
    ({ status, completedAt, requestedValue, ...of }) =>
      status === 'ChangeImplemented' &&
      limitKeyText(of) === limitKeyText(key) &&
      requestedValue === to &&
      completedAt !== null &&
      completedAt >= before.takenAt - CLOCKS_APART_MS &&
      completedAt <= after.takenAt + CLOCKS_APART_MS,
  )
  if (request) return { kind: 'request', request }
  const defaultIn = ({ keys }: Audit) =>
    keys.find((entry) => limitKeyText(entry) === limitKeyText(key))?.default ?? null
  const moved = defaultIn(after)
  const isDefault = moved !== null && moved === to && defaultIn(before) !== moved
  return { kind: isDefault ? 'default' : 'unexplained' }
}

/** The limit of a metric that is in no registry is what somebody typed, or what its source tells. */
function typedIn(id: string, to: number | string | null, after: Audit): ChangeReason {
  const entry = after.metrics.find(({ metric }) => id === `limit:${metric}`)
  const limit = entry?.manual.findLast(({ value }) => value === to)
  return limit ? { kind: 'manual', limit } : { kind: 'unexplained' }
}
