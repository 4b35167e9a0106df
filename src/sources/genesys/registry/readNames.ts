import * as z from 'zod/mini'
import type { AskContext } from '../../polledSource.ts'
import { parseShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { listShape, registryCall } from './registryCall.ts'

/** Entries of the listing are described nowhere (facts §1.1): a name alone, or an object with one. */
const nameShape = z.union([
  z.string().check(z.minLength(1)),
  z.pipe(
    z.object({ name: z.string().check(z.minLength(1)) }),
    z.transform(({ name }) => name),
  ),
  z.pipe(
    z.object({ namespace: z.string().check(z.minLength(1)) }),
    z.transform(({ namespace }) => namespace),
  ),
])

/** The namespaces that the organisation lists. Throws as `askJson` does. */
export async function readNames(
  context: AskContext,
  connection: Connection,
): Promise<readonly string[]> {
  const call = registryCall('namespaces', { pageSize: '500' })
  const { entities } = await askJson(context, connection, call, listShape)
  return entities.flatMap((entry) => {
    const name = parseShape(nameShape, entry)
    return name.ok ? [name.value] : []
  })
}
