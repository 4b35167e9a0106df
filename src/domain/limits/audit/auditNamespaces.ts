import { compareTexts } from '../limitKey.ts'
import type { NamespaceFacts } from '../registryFact.ts'
import type { AuditKey, AuditNamespace, NamespaceState } from './audit.ts'
import type { AuditInput } from './auditOf.ts'

type Known = Pick<AuditInput, 'book' | 'names' | 'whyNotAsked'>

/** How each namespace was read that anybody names: the vendor, the organisation, an assignment, a request. */
export function auditNamespaces(
  { book, names, whyNotAsked }: Known,
  keys: readonly AuditKey[],
): readonly AuditNamespace[] {
  const facts = new Map(book.namespaces.map((one) => [one.namespace, one]))
  const counts = new Map<string, number>()
  for (const { namespace } of keys) counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  const all = new Set([...names, ...facts.keys(), ...counts.keys()])
  return [...all].toSorted(compareTexts).map((namespace) => ({
    namespace,
    keys: counts.get(namespace) ?? 0,
    ...answerOf(facts.get(namespace) ?? null, whyNotAsked),
  }))
}

type Answer = Pick<AuditNamespace, 'title' | 'state' | 'reason' | 'permission' | 'readAt'>

function answerOf(facts: NamespaceFacts | null, whyNotAsked: string): Answer {
  const title = facts?.title ?? null
  const answer = facts?.answer ?? null
  const state = namespaceState(facts)
  if (!answer) return { title, state, reason: whyNotAsked, permission: null, readAt: null }
  const { at: readAt, failure } = answer
  const reason = failure?.reason ?? null
  return { title, state, reason, permission: failure?.permission ?? null, readAt }
}

/** How a namespace was read: entries that were told although others could not be make it `partly`. */
export function namespaceState(facts: NamespaceFacts | null): NamespaceState {
  const answer = facts?.answer ?? null
  if (!facts || !answer) return 'notAsked'
  if (!answer.failure) return 'read'
  const { kind } = answer.failure
  if (kind === 'forbidden') return 'refused'
  if (kind === 'absent') return 'absent'
  const isTold = facts.keys.some(({ effective }) => effective.at(-1)?.lastSeenAt === answer.at)
  return isTold ? 'partly' : 'failed'
}
