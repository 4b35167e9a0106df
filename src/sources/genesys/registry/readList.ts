import type { NamespaceFacts } from '#domain/limits/registryFact.ts'
import type { AskContext } from '../../polledSource.ts'
import type { Connection } from '../connection.ts'
import { readDocs } from './readDocs.ts'
import { readNames } from './readNames.ts'
import { failureOfPart } from './registryCall.ts'

/** What there is to read; null is what could not be learnt, as the values themselves may. */
export type RegistryList = {
  docs: readonly NamespaceFacts[] | null
  names: readonly string[] | null
}

/**
 * The documentation and the list of namespaces. One of the two is enough; where both are refused the
 * registry as a whole is, and the refusal is thrown.
 */
export async function readList(context: AskContext, connection: Connection): Promise<RegistryList> {
  const docs = await attempted(() => readDocs(context, connection))
  const names = await attempted(() => readNames(context, connection))
  if (docs.isForbidden && names.isForbidden) throw names.error
  return { docs: docs.value, names: names.value }
}

type Attempt<T> = { value: T | null; error: unknown; isForbidden: boolean }

async function attempted<T>(read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await read(), error: null, isForbidden: false }
  } catch (error) {
    return { value: null, error, isForbidden: failureOfPart(error).kind === 'forbidden' }
  }
}
