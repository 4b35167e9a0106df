import type { Metric } from '../../metrics/metric.ts'
import { SCOPE_WORDS } from '../../metrics/scopeWords.ts'
import { keyScope } from '../keyScope.ts'
import { compareKeys, isSameKey, type LimitKey, limitKeyText } from '../limitKey.ts'
import { isUsableLimit } from '../keySteps.ts'
import { notMeasurable } from '../notMeasurable.ts'
import { openRequestFor } from '../pendingLimits.ts'
import { keyIn, type RegistryBook } from '../registryBook.ts'
import type { KeyFacts, NamespaceFacts } from '../registryFact.ts'
import type { AuditKey, AuditUse, KeyState } from './audit.ts'
import { namespaceState } from './auditNamespaces.ts'
import type { AuditInput } from './auditOf.ts'
import { auditUse, headroomIn } from './auditUse.ts'

/** Every key that the registry, its documentation, a request, a metric or an assignment names. */
export function auditKeys(
  input: AuditInput,
  metricsOf: (key: LimitKey) => readonly Metric[],
): readonly AuditKey[] {
  const named = new Map<string, LimitKey>()
  for (const key of namedKeys(input)) named.set(limitKeyText(key), key)
  const facts = new Map(input.book.namespaces.map((one) => [one.namespace, one]))
  return [...named.values()]
    .toSorted(compareKeys)
    .map((key) => keyEntry(input, key, facts.get(key.namespace) ?? null, metricsOf(key)))
}

function* namedKeys({ book, settings, metrics }: AuditInput): Generator<LimitKey> {
  for (const { namespace, keys } of book.namespaces)
    for (const { key } of keys) yield { namespace, key }
  for (const { namespace, key } of book.requests) yield { namespace, key }
  for (const { namespace, key } of Object.values(settings.limitKeys)) yield { namespace, key }
  for (const { limitKey } of metrics)
    if (limitKey) yield { namespace: limitKey.namespace, key: limitKey.key }
}

function keyEntry(
  input: AuditInput,
  { namespace, key }: LimitKey,
  inNamespace: NamespaceFacts | null,
  metrics: readonly Metric[],
): AuditKey {
  const name = { namespace, key }
  const { book, settings } = input
  const facts = keyIn(book, name)
  const newest = facts?.effective.at(-1) ?? null
  const state = stateOf(facts, inNamespace)
  const effective = state === 'told' ? newest!.value : null
  const byDefault = facts?.defaults.at(-1)?.value ?? null
  const [watched] = metrics
  const scope: Scoped = watched
    ? { words: SCOPE_WORDS[watched.scope], basis: 'metric' }
    : keyScope(name, facts?.doc)
  const use = auditUseOf(input, name, metrics, { facts, effective })
  return {
    ...name,
    description: facts?.doc?.description ?? null,
    state,
    effective,
    lastKnown: state === 'unread' ? (newest?.value ?? null) : null,
    firstSeenAt: newest?.firstSeenAt ?? null,
    lastSeenAt: newest?.lastSeenAt ?? null,
    default: byDefault,
    differsFromDefault: effective === null || byDefault === null ? null : effective !== byDefault,
    requested: requestedFor(book, name),
    use,
    headroom: headroomIn(use, usable(effective)),
    scope: scope.words,
    scopeBasis: scope.basis,
    isConfigurable: facts?.doc?.isConfigurable ?? null,
    isTrackable: facts?.doc?.isTrackable ?? null,
    source: SOURCE_WORDS[state],
    manual: settings.manualLimits.filter(({ metric }) => metrics.some(({ id }) => id === metric)),
  }
}

type Scoped = { words: string; basis: AuditKey['scopeBasis'] }

const SOURCE_WORDS: Readonly<Record<KeyState, string>> = {
  told: 'registry',
  notTold: 'not told by the registry',
  unread: 'no reply',
}

/** A value counts as told where it was seen in the newest answer of its namespace. */
function stateOf(facts: KeyFacts | null, inNamespace: NamespaceFacts | null): KeyState {
  const answer = inNamespace?.answer ?? null
  const newest = facts?.effective.at(-1) ?? null
  if (answer && newest && newest.value !== null && newest.lastSeenAt >= answer.at) return 'told'
  const state = namespaceState(inNamespace)
  return state === 'read' || state === 'absent' ? 'notTold' : 'unread'
}

function requestedFor({ requests }: RegistryBook, key: LimitKey): AuditKey['requested'] {
  const request = openRequestFor(
    requests.filter((one) => isSameKey(one, key)),
    key,
  )
  if (!request) return null
  const { requestedValue: value, status, createdAt } = request
  return { value, status, createdAt }
}

/** Of several metrics the one that is nearest to the limit, the first of equal ones. */
function auditUseOf(
  input: AuditInput,
  key: LimitKey,
  metrics: readonly Metric[],
  { facts, effective }: { facts: KeyFacts | null; effective: number | null },
): AuditUse {
  const uses = metrics.map((metric) =>
    auditUse(metric, input.inUseOf(metric.id), usable(effective)),
  )
  const [highest] = uses
    .filter((use) => use.kind === 'measured')
    .toSorted((a, b) => b.value - a.value)
  const reason = notMeasurable(key, metrics[0]?.id ?? null, facts?.doc)
  return highest ?? uses[0] ?? { kind: 'notMeasurable', reason: reason! }
}

const usable = (value: number | null) => (value !== null && isUsableLimit(value) ? value : null)
