import type {
  NamespaceFacts,
  RegistryFact,
  RegistryFailure,
  RequestFacts,
} from '#domain/limits/registryFact.ts'
import type { EpochMs } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import type { Connection } from '../connection.ts'
import { NAMESPACE_NAMES, NAMESPACES_FIRST } from './namespaceNames.ts'
import { readList } from './readList.ts'
import { readDefaults, readNamespace } from './readNamespace.ts'
import { readRequests } from './readRequests.ts'
import { failureOfPart } from './registryCall.ts'

/** How far a reading of the whole registry has come. */
export type RegistryProgress = { done: number; of: number }

/** So many namespaces in a row without an answer mean that there is nobody to ask. */
const MOST_SILENT = 3

/**
 * Reads everything: the documentation, each namespace that anybody names, and the requests. What cannot
 * be read is told as such in its own fact, also where the server fails with that part alone; what
 * concerns all of it is thrown. About 90 requests, paced by the organisation's budget.
 */
export async function readWholeRegistry(
  context: AskContext,
  connection: Connection,
  progressed: (progress: RegistryProgress) => void,
): Promise<readonly RegistryFact[]> {
  const list = await readList(context, connection)
  const docs = list.docs ?? []
  const names = namesToRead(docs, [...(list.names ?? []), ...NAMESPACE_NAMES])
  const facts: RegistryFact[] = [...docs]
  const of = names.length + 1
  let silent = 0
  for (const [i, name] of names.entries()) {
    progressed({ done: i, of })
    try {
      facts.push(...(await readNamespaceWhole(context, connection, name, docs)))
      silent = 0
    } catch (error) {
      silent += 1
      if (silent === MOST_SILENT) throw error
      facts.push(unansweredNamespace(name, context.now(), failureOfSilence(error)))
    }
  }
  progressed({ done: names.length, of })
  facts.push(await requestsOrReason(context, connection))
  progressed({ done: of, of })
  return facts
}

/** Values of a namespace, and defaults where the documentation lacks one. */
export async function readNamespaceWhole(
  context: AskContext,
  connection: Connection,
  name: string,
  docs: readonly NamespaceFacts[],
): Promise<readonly NamespaceFacts[]> {
  const values = await readNamespace(context, connection, name)
  const documented = new Set(
    docs
      .find(({ namespace }) => namespace === name)
      ?.keys.filter(({ defaults }) => defaults.length > 0)
      .map(({ key }) => key),
  )
  if (values.keys.every(({ key }) => documented.has(key))) return [values]
  return [values, await readDefaults(context, connection, name)]
}

/** Names of namespaces, each once: those that limit what is charted first. */
export function namesToRead(
  docs: readonly NamespaceFacts[],
  others: readonly string[],
): readonly string[] {
  const known = new Set([...docs.map(({ namespace }) => namespace), ...others])
  const first = NAMESPACES_FIRST.filter((name) => known.has(name))
  return [...new Set([...first, ...[...known].toSorted()])]
}

async function requestsOrReason(
  context: AskContext,
  connection: Connection,
): Promise<RequestFacts> {
  try {
    return await readRequests(context, connection)
  } catch (error) {
    const answer = { at: context.now(), failure: failureOfSilence(error) }
    return { kind: 'requests', answer, requests: [] }
  }
}

/** As `failureOfPart`, and a server that fails, or does not answer in time, is one of this part, too. */
function failureOfSilence(error: unknown): RegistryFailure {
  const isSilent =
    error instanceof SourceError && (error.kind === 'unavailable' || error.kind === 'timeout')
  return isSilent
    ? { kind: 'failed', reason: error.message, permission: null }
    : failureOfPart(error)
}

const unansweredNamespace = (
  namespace: string,
  at: EpochMs,
  failure: RegistryFailure,
): NamespaceFacts => ({
  kind: 'namespace',
  namespace,
  title: null,
  answer: { at, failure },
  keys: [],
})
