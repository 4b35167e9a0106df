import { readCompletelyAt, type RegistryBook } from '#domain/limits/registryBook.ts'
import type { EpochMs } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { failureWords } from '#state/sourceNews.ts'

/** How far the registry is known. */
export type RegistryState = {
  /** When the oldest part of it was read; null while parts were never read. */
  readAt: EpochMs | null
  /** `34 of 86 namespaces read` */
  progress: string
  /** What could not be read, and why, in sentences. */
  problems: readonly string[]
}

const REGISTRY = 'genesys.limitRegistry'
const REQUESTS = 'genesys.limitChanges'

/** What the registry's two sources and its namespaces tell of how they were read. */
export function registryState(book: RegistryBook, sources: readonly SourceStatus[]): RegistryState {
  const read = book.namespaces.filter(({ answer }) => answer !== null).length
  return {
    readAt: readCompletelyAt(book),
    progress: `${read} of ${book.namespaces.length} namespaces read`,
    problems: [...troubles(sources), ...refusedNamespaces(book)],
  }
}

function troubles(sources: readonly SourceStatus[]): string[] {
  const known = [
    [REGISTRY, 'The registry of limits cannot be read'],
    [REQUESTS, 'Change requests cannot be read, so changes cannot be explained'],
  ] as const
  return known.flatMap(([id, what]) => {
    const failure = sources.find((source) => source.id === id)?.failure
    return failure ? [`${what}: ${failureWords(failure)}.`] : []
  })
}

/** Namespaces that are refused or broken, in one sentence however many they are. */
function refusedNamespaces({ namespaces }: RegistryBook): string[] {
  const failed = namespaces.flatMap(({ namespace, answer }) => {
    const failure = answer?.failure
    return failure && failure.kind !== 'absent' ? [{ namespace, failure }] : []
  })
  const [first] = failed
  if (!first) return []
  const permissions = [...new Set(failed.flatMap(({ failure }) => failure.permission ?? []))]
  const why =
    permissions.length > 0
      ? `permission missing: ${permissions.join(', ')}`
      : first.failure.reason.replace(/\.$/, '')
  const names = failed.map(({ namespace }) => namespace)
  const shown =
    names.length > 4
      ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
      : names.join(', ')
  return [`Not read: ${shown} (${why}).`]
}
