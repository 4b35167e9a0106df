import { formatPercent } from '../../format.ts'
import { limitKeyText, type LimitKey } from '../limitKey.ts'
import type { Audit, AuditKey, AuditMetric, AuditNamespace } from './audit.ts'

/** What is compared between audits; each can be asked for by itself. */
export type ComparedGroup =
  | 'values'
  | 'defaults'
  | 'requests'
  | 'thresholds'
  | 'permissions'
  | 'reading'

/** One thing that audits may differ in. */
export type Compared = {
  /** The same in every audit. */
  id: string
  group: ComparedGroup
  /** Of a key; null for what belongs to none. */
  namespace: string | null
  /** As screens name it: a key, the title of a metric, a permission, a namespace. */
  name: string
  /** Of a permission: the calls that need it, as far as refusals told. */
  calls: readonly string[]
}

/** What an audit says of it. */
export type ComparedValue =
  | { kind: 'value'; value: number | string }
  /** It was looked for, and is not there. */
  | { kind: 'none' }
  /** It could not be read: that is no difference. */
  | { kind: 'unread'; reason: string }
  /** It has no meaning here, and nothing is missed by leaving it out. */
  | { kind: 'apart' }

/** An audit as it is asked by others. */
export type ComparedAudit = {
  /** What this audit knows a value of. */
  own: readonly Compared[]
  valueOf: (compared: Compared) => ComparedValue
}

/** Prepares an audit for comparison with others. Cost grows with its entries; do it once for each. */
export function comparedAudit(audit: Audit): ComparedAudit {
  const keys = new Map(audit.keys.map((entry) => [limitKeyText(entry), entry]))
  const namespaces = new Map(audit.namespaces.map((entry) => [entry.namespace, entry]))
  const metrics = new Map<string, AuditMetric>(audit.metrics.map((entry) => [entry.metric, entry]))
  const works = new Set(audit.sources.filter(({ state }) => state === 'works').map(({ id }) => id))
  const missing = missingPermissions(audit)
  const { answer } = audit.requests

  function valueOf({ id, group, namespace, calls }: Compared): ComparedValue {
    const ofWhat = id.slice(id.indexOf(':') + 1)
    if (group === 'values' && namespace === null) return limitOf(metrics.get(ofWhat))
    if (group === 'values') return effectiveOf(keys.get(ofWhat), namespaces.get(namespace!))
    if (group === 'defaults') return defaultOf(keys.get(ofWhat))
    if (group === 'requests') return requestOf(keys.get(ofWhat))
    if (group === 'thresholds') return thresholdsOf(metrics.get(ofWhat))
    if (group === 'permissions') return permissionOf(ofWhat, calls)
    return readingOf(namespaces.get(ofWhat))
  }

  function requestOf(entry: AuditKey | undefined): ComparedValue {
    if (!answer) return unread('requests were not asked for')
    if (answer.failure) return unread(answer.failure.reason)
    const asked = entry?.requested
    return asked ? told(`${asked.value}, ${asked.status}`) : { kind: 'none' }
  }

  /** A call that needs the permission and works here shows that it is there. */
  function permissionOf(permission: string, calls: readonly string[]): ComparedValue {
    if (missing.has(permission)) return told('missing')
    return calls.some((call) => works.has(call))
      ? told('granted')
      : unread('no call that needs it was answered')
  }

  return { own: [...ownOf(audit, missing)], valueOf }
}

const told = (value: number | string): ComparedValue => ({ kind: 'value', value })
const unread = (reason: string): ComparedValue => ({ kind: 'unread', reason })

const NO_CALLS: readonly string[] = []

const idOf = (group: ComparedGroup, ofWhat: string) => `${group}:${ofWhat}`

/** By permission, the calls that were refused for the lack of it. */
function missingPermissions({ sources }: Audit): ReadonlyMap<string, readonly string[]> {
  const missing = new Map<string, string[]>()
  for (const { id, state, permission } of sources) {
    if (state !== 'refused' || permission === null) continue
    missing.set(permission, [...(missing.get(permission) ?? []), id])
  }
  return missing
}

function* ownOf(
  { keys, metrics, namespaces }: Audit,
  missing: ReadonlyMap<string, readonly string[]>,
): Generator<Compared> {
  for (const entry of keys) yield* ofKey(entry)
  for (const { metric, title, key, limit, isMoving, manual } of metrics) {
    const about = { namespace: null, name: title, calls: NO_CALLS }
    const isItsOwn = key === null || manual.length > 0
    if (isItsOwn && !isMoving && limit && limit.value !== null)
      yield { ...about, group: 'values', id: `limit:${metric}` }
    yield { ...about, group: 'thresholds', id: idOf('thresholds', metric) }
  }
  for (const [permission, calls] of missing) {
    const about = { namespace: null, name: permission, calls }
    yield { ...about, group: 'permissions', id: idOf('permissions', permission) }
  }
  for (const { namespace } of namespaces)
    yield {
      id: idOf('reading', namespace),
      group: 'reading',
      namespace,
      name: namespace,
      calls: NO_CALLS,
    }
}

function* ofKey(entry: LimitKey & Pick<AuditKey, 'default' | 'requested'>): Generator<Compared> {
  const about = { namespace: entry.namespace, name: entry.key, calls: NO_CALLS }
  const text = limitKeyText(entry)
  yield { ...about, group: 'values', id: idOf('values', text) }
  if (entry.default !== null) yield { ...about, group: 'defaults', id: idOf('defaults', text) }
  if (entry.requested) yield { ...about, group: 'requests', id: idOf('requests', text) }
}

/** A key that an audit does not name is not there only where its namespace was read. */
function effectiveOf(
  entry: AuditKey | undefined,
  namespace: AuditNamespace | undefined,
): ComparedValue {
  if (entry?.state === 'told') return told(entry.effective!)
  if (entry?.state === 'notTold') return { kind: 'none' }
  const state = namespace?.state ?? 'notAsked'
  if (!entry && (state === 'read' || state === 'absent')) return { kind: 'none' }
  return unread(namespace?.reason ?? 'the namespace was not asked for')
}

const defaultOf = (entry: AuditKey | undefined): ComparedValue =>
  entry && entry.default !== null ? told(entry.default) : unread('default not published')

function limitOf(metric: AuditMetric | undefined): ComparedValue {
  if (!metric) return unread('no such metric')
  if (metric.isMoving) return unread('this limit moves with the value')
  const { limit } = metric
  if (!limit) return unread('limit unknown')
  return limit.value === null ? unread(`limit unknown: ${limit.source}`) : told(limit.value)
}

const thresholdsOf = (metric: AuditMetric | undefined): ComparedValue => {
  if (!metric) return { kind: 'apart' }
  const { warnAt, criticalAt } = metric.thresholds
  return told(`${formatPercent(warnAt)} / ${formatPercent(criticalAt)}`)
}

const READING_WORDS = {
  read: 'read',
  partly: 'read in part',
  refused: 'refused',
  absent: 'absent',
  failed: 'not readable',
  notAsked: 'not asked',
} as const

function readingOf(namespace: AuditNamespace | undefined): ComparedValue {
  if (!namespace) return { kind: 'apart' }
  const { state, permission } = namespace
  return told(permission ? `${READING_WORDS[state]}: ${permission}` : READING_WORDS[state])
}
