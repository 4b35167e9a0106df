import type { EpochMs } from '../units.ts'
import { compareTexts, isSameKey, type LimitKey } from './limitKey.ts'
import { mergedSightings, seenOnce, type Sightings } from './sightings.ts'

/** Why something of the registry could not be read. */
export type RegistryFailure = {
  kind: 'forbidden' | 'absent' | 'failed'
  /** One sentence. */
  reason: string
  /** Where one is missing. */
  permission: string | null
}

/** The newest time that something was asked for; `failure` null where it was told. */
export type RegistryAnswer = { at: EpochMs; failure: RegistryFailure | null }

/** What the platform's documentation says of a key; null is what it does not say. */
export type KeyDoc = {
  description: string | null
  /** Whether a change can be asked for. */
  isConfigurable: boolean | null
  /** Whether reaching it shows in rate-limit aggregates and operational events. */
  isTrackable: boolean | null
}

/** One key of a namespace. */
export type KeyFacts = {
  key: string
  /** The organisation's own values. */
  effective: Sightings
  /** The platform's. */
  defaults: Sightings
  doc: KeyDoc | null
}

/** A request to change a limit. */
export type LimitRequest = LimitKey & {
  id: string
  requestedValue: number
  /** In force when it was made. */
  currentValue: number | null
  /** As the API has it (facts §1.1.4), or a word that came later. */
  status: string
  createdAt: EpochMs | null
  completedAt: EpochMs | null
  rejectReason: string | null
}

/** What was learnt of the registry at one go, and what is known of one part of it: the two merge. */
export type RegistryFact =
  | {
      kind: 'namespace'
      namespace: string
      /** For people; null until the documentation was read. */
      title: string | null
      /** The newest look at the organisation's own values; null: not asked for them. */
      answer: RegistryAnswer | null
      /** By key. */
      keys: readonly KeyFacts[]
    }
  | { kind: 'requests'; answer: RegistryAnswer; requests: readonly LimitRequest[] }

export type NamespaceFacts = Extract<RegistryFact, { kind: 'namespace' }>
export type RequestFacts = Extract<RegistryFact, { kind: 'requests' }>

/** What makes two facts speak of the same part of the registry. */
export const factId = (fact: RegistryFact) =>
  fact.kind === 'namespace' ? `namespace:${fact.namespace}` : 'requests'

/**
 * Two facts of one part as one. A key that a newer, good answer does not tell any more is seen to be
 * gone. Returns `known` itself where nothing is new. Throws a TypeError for two parts.
 */
export function mergedFact(known: RegistryFact, added: RegistryFact): RegistryFact {
  if (known.kind === 'namespace' && added.kind === 'namespace') return mergedNamespace(known, added)
  if (known.kind === 'requests' && added.kind === 'requests') return mergedRequests(known, added)
  throw new TypeError(`${factId(known)} and ${factId(added)} are two parts`)
}

function mergedNamespace(known: NamespaceFacts, added: NamespaceFacts): NamespaceFacts {
  const answer = newer(known.answer, added.answer)
  const title = added.title ?? known.title
  const keys = mergedKeys(known.keys, [...added.keys, ...goneKeys(known, added)])
  const isSame = answer === known.answer && title === known.title && keys === known.keys
  return isSame ? known : { ...known, title, answer, keys }
}

/** Keys that were told before and are not in a newer answer. */
function goneKeys(known: NamespaceFacts, { answer, keys }: NamespaceFacts): KeyFacts[] {
  if (!answer || answer.failure || (known.answer && answer.at <= known.answer.at)) return []
  const told = new Set(keys.filter(({ effective }) => effective.length > 0).map(({ key }) => key))
  const { at } = answer
  return known.keys
    .filter(({ key, effective }) => !told.has(key) && isTold(effective))
    .map(({ key }) => ({ key, effective: seenOnce(null, at), defaults: [], doc: null }))
}

const isTold = (effective: Sightings) => (effective.at(-1)?.value ?? null) !== null

function mergedKeys(known: readonly KeyFacts[], added: readonly KeyFacts[]): readonly KeyFacts[] {
  const byKey = new Map(known.map((facts) => [facts.key, facts]))
  let isNew = false
  for (const facts of added) {
    const before = byKey.get(facts.key)
    const after = before ? mergedKey(before, facts) : facts
    if (after === before) continue
    byKey.set(facts.key, after)
    isNew = true
  }
  return isNew ? [...byKey.values()].toSorted((a, b) => compareTexts(a.key, b.key)) : known
}

function mergedKey(known: KeyFacts, added: KeyFacts): KeyFacts {
  const effective = mergedSightings(known.effective, added.effective)
  const defaults = mergedSightings(known.defaults, added.defaults)
  const doc = isSameDoc(known.doc, added.doc) ? known.doc : added.doc
  const isSame = effective === known.effective && defaults === known.defaults && doc === known.doc
  return isSame ? known : { ...known, effective, defaults, doc }
}

const isSameDoc = (known: KeyDoc | null, added: KeyDoc | null) =>
  added === null ||
  (known !== null &&
    known.description === added.description &&
    known.isConfigurable === added.isConfigurable &&
    known.isTrackable === added.isTrackable)

/** A request is listed for a year: what falls out of the list stays as it was last told. */
function mergedRequests(known: RequestFacts, added: RequestFacts): RequestFacts {
  const isNewer = added.answer.at > known.answer.at
  const [older, later] = isNewer ? [known, added] : [added, known]
  const byId = new Map([...older.requests, ...later.requests].map((one) => [one.id, one]))
  const requests = [...byId.values()].toSorted(
    (a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareTexts(a.id, b.id),
  )
  const isSame =
    !isNewer && requests.length === known.requests.length && requests.every(isIn(known.requests))
  return isSame ? known : { kind: 'requests', answer: later.answer, requests }
}

const isIn = (requests: readonly LimitRequest[]) => (request: LimitRequest, i: number) =>
  JSON.stringify(requests[i]) === JSON.stringify(request)

function newer(known: RegistryAnswer | null, added: RegistryAnswer | null) {
  if (!added) return known
  return !known || added.at > known.at ? added : known
}

/** The requests for one key, oldest first. */
export const requestsFor = (requests: readonly LimitRequest[], key: LimitKey) =>
  requests.filter((request) => isSameKey(request, key))
