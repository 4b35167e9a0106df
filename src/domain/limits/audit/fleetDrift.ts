import type { EpochMs, OrgId } from '../../units.ts'
import { compareTexts } from '../limitKey.ts'
import type { Audit } from './audit.ts'
import {
  type Compared,
  comparedAudit,
  type ComparedGroup,
  type ComparedValue,
} from './comparedValue.ts'

/** One thing with what each of the audits says of it, in their order. */
export type DriftRow = Compared & { values: readonly ComparedValue[] }

/** In what audits differ. */
export type Drift = {
  /** The columns, in the order they were given. */
  audits: readonly { organisation: OrgId; name: string; takenAt: EpochMs }[]
  /** What is known to differ: by group, namespace and name. */
  rows: readonly DriftRow[]
  /** What at least one of them could not read; as far as the others could, they agree. */
  uncompared: readonly DriftRow[]
  /** Limits that at least two audits could read, equal or not. */
  compared: number
}

/** The order of groups in every table. */
export const COMPARED_GROUPS: readonly ComparedGroup[] = [
  'values',
  'defaults',
  'requests',
  'thresholds',
  'permissions',
  'reading',
]

/** What organisations that should be equal are compared in. Requests and readings pass. */
export const DRIFT_GROUPS: readonly ComparedGroup[] = [
  'values',
  'defaults',
  'thresholds',
  'permissions',
]

/**
 * In what some audits differ, of any number of organisations or of one at several times. What an audit
 * could not read differs from nothing. Rows do not depend on the order of the audits.
 */
export function fleetDrift(
  audits: readonly Audit[],
  groups: readonly ComparedGroup[] = DRIFT_GROUPS,
): Drift {
  const asked = audits.map(comparedAudit)
  const all = new Map<string, Compared>()
  for (const compared of asked.flatMap(({ own }) => own)) {
    if (!groups.includes(compared.group)) continue
    const known = all.get(compared.id)
    all.set(compared.id, known ? inCommon(known, compared) : compared)
  }
  const rows: DriftRow[] = []
  const uncompared: DriftRow[] = []
  let compared = 0
  for (const one of [...all.values()].toSorted(byPlace)) {
    const row = { ...one, values: asked.map(({ valueOf }) => valueOf(one)) }
    const known = row.values.filter(isKnown)
    if (one.group === 'values' && known.length > 1) compared += 1
    if (new Set(known.map(textOfValue)).size > 1) rows.push(row)
    else if (row.values.some(({ kind }) => kind === 'unread')) uncompared.push(row)
  }
  const columns = audits.map(({ organisation: { id, name }, takenAt }) => ({
    organisation: id,
    name,
    takenAt,
  }))
  return { audits: columns, rows, uncompared, compared }
}

/** Two organisations may title a metric differently: one name, whichever comes first. */
const inCommon = (a: Compared, b: Compared): Compared => ({
  ...a,
  name: compareTexts(a.name, b.name) <= 0 ? a.name : b.name,
  calls: a.calls.length + b.calls.length > 0 ? [...new Set([...a.calls, ...b.calls])] : a.calls,
})

const isKnown = ({ kind }: ComparedValue) => kind === 'value' || kind === 'none'

const textOfValue = (value: ComparedValue) =>
  value.kind === 'value' ? `${typeof value.value} ${value.value}` : value.kind

const byPlace = (a: Compared, b: Compared) =>
  COMPARED_GROUPS.indexOf(a.group) - COMPARED_GROUPS.indexOf(b.group) ||
  compareTexts(a.namespace ?? '', b.namespace ?? '') ||
  compareTexts(a.name, b.name) ||
  compareTexts(a.id, b.id)
