import type { EpochMs } from '../units.ts'
import { compareTexts, type LimitKey } from './limitKey.ts'
import {
  factId,
  type KeyFacts,
  type LimitRequest,
  mergedFact,
  type NamespaceFacts,
  type RegistryAnswer,
  type RegistryFact,
  type RequestFacts,
} from './registryFact.ts'

/** Everything that is known of an organisation's registry of limits. */
export type RegistryBook = {
  /** By name. */
  namespaces: readonly NamespaceFacts[]
  /** Requests to change a limit, oldest first. */
  requests: readonly LimitRequest[]
  /** The newest look at them; null: none yet. */
  requestsAnswer: RegistryAnswer | null
}

export const EMPTY_BOOK: RegistryBook = { namespaces: [], requests: [], requestsAnswer: null }

/**
 * A book with what was learnt, and of that what was new, as it now stands. The same book where
 * nothing was.
 */
export function withRegistryFacts(
  book: RegistryBook,
  facts: readonly RegistryFact[],
): { book: RegistryBook; news: readonly RegistryFact[] } {
  const known = new Map(factsOfBook(book).map((fact) => [factId(fact), fact]))
  const news = new Map<string, RegistryFact>()
  for (const fact of facts) {
    const id = factId(fact)
    const before = known.get(id)
    const after = before ? mergedFact(before, fact) : fact
    if (after === before) continue
    known.set(id, after)
    news.set(id, after)
  }
  if (news.size === 0) return { book, news: [] }
  return { book: bookOf([...known.values()]), news: [...news.values()] }
}

/** What a book rests on, one fact for each part of the registry. */
export function factsOfBook({ namespaces, requests, requestsAnswer }: RegistryBook) {
  const asked: RequestFacts[] = requestsAnswer
    ? [{ kind: 'requests', answer: requestsAnswer, requests }]
    : []
  return [...namespaces, ...asked] satisfies RegistryFact[]
}

function bookOf(facts: readonly RegistryFact[]): RegistryBook {
  const asked = facts.find((fact) => fact.kind === 'requests')
  return {
    namespaces: facts
      .filter((fact) => fact.kind === 'namespace')
      .toSorted((a, b) => compareTexts(a.namespace, b.namespace)),
    requests: asked?.requests ?? [],
    requestsAnswer: asked?.answer ?? null,
  }
}

/** What is known of one key; null where the registry was never heard to have it. */
export function keyIn({ namespaces }: RegistryBook, { namespace, key }: LimitKey): KeyFacts | null {
  const facts = namespaces.find((one) => one.namespace === namespace)
  return facts?.keys.find((one) => one.key === key) ?? null
}

/** When the organisation's own values were last read, the oldest of all namespaces; null: not all were. */
export function readCompletelyAt({ namespaces }: RegistryBook): EpochMs | null {
  const times = namespaces.map(({ answer }) => answer?.at ?? null)
  return times.length === 0 || times.includes(null)
    ? null
    : (Math.min(...(times as number[])) as EpochMs)
}
