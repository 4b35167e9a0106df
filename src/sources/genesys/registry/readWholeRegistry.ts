import type { NamespaceFacts, RegistryFact, RequestFacts } from '#domain/limits/registryFact.ts'
import type { AskContext } from '../../polledSource.ts'
import type { Connection } from '../connection.ts'
import { NAMESPACE_NAMES, NAMESPACES_FIRST } from './namespaceNames.ts'
import { readList } from './readList.ts'
import { readDefaults, readNamespace } from './readNamespace.ts'
import { readRequests } from './readRequests.ts'
import { failureOfPart } from './registryCall.ts'

/** How far a reading of the whole registry has come. */
export type RegistryProgress = { done: number; of: number }

/**
 * Reads everything: the documentation, each namespace that anybody names, and the requests. What cannot
 * be read is told as such in its own fact; what concerns all of it is thrown. About 90 requests, paced
 * by the organisation's budget.
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
  for (const [i, name] of names.entries()) {
    progressed({ done: i, of })
    facts.push(...(await readNamespaceWhole(context, connection, name, docs)))
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
    const answer = { at: context.now(), failure: failureOfPart(error) }
    return { kind: 'requests', answer, requests: [] }
  }
}
