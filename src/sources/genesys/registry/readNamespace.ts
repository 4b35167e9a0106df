import * as z from 'zod/mini'
import type { KeyFacts, NamespaceFacts } from '#domain/limits/registryFact.ts'
import { seenOnce, type Sightings } from '#domain/limits/sightings.ts'
import type { AskContext } from '../../polledSource.ts'
import { parseShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { failureOfPart, listShape, registryCall, toldValue } from './registryCall.ts'

const limitShape = z.object({ key: z.string().check(z.minLength(1)), value: toldValue() })
type Told = z.infer<typeof limitShape>

/**
 * The organisation's own values in one namespace. A namespace that is refused or not there says so in
 * its answer; whatever concerns all of them (no reply, no sign-in, asked too often) is thrown. An
 * entry without a key or a whole number is left out and, as the answer tells, not taken for all there is.
 */
export async function readNamespace(
  context: AskContext,
  connection: Connection,
  namespace: string,
): Promise<NamespaceFacts> {
  try {
    const { limits, unread } = await readLimits(context, connection, pathOf(namespace))
    const at = context.now()
    const reason = `${unread} of ${limits.length + unread} entries of ${namespace} could not be read.`
    return {
      ...blank(namespace),
      answer: { at, failure: unread > 0 ? { kind: 'failed', reason, permission: null } : null },
      keys: limits.map(({ key, value }) => keyOf(key, { effective: seenOnce(value, at) })),
    }
  } catch (error) {
    const failure = failureOfPart(error)
    return { ...blank(namespace), answer: { at: context.now(), failure } }
  }
}

/**
 * The platform's defaults in one namespace: for keys that the documentation leaves out. Without any
 * where they are refused or not there.
 */
export async function readDefaults(
  context: AskContext,
  connection: Connection,
  namespace: string,
): Promise<NamespaceFacts> {
  try {
    const { limits } = await readLimits(context, connection, `${pathOf(namespace)}/defaults`)
    const at = context.now()
    const keys = limits.map(({ key, value }) => keyOf(key, { defaults: seenOnce(value, at) }))
    return { ...blank(namespace), keys }
  } catch (error) {
    failureOfPart(error)
    return blank(namespace)
  }
}

const pathOf = (namespace: string) => `namespaces/${encodeURIComponent(namespace)}`

async function readLimits(context: AskContext, connection: Connection, path: string) {
  const { entities } = await askJson(context, connection, registryCall(path), listShape)
  const limits: Told[] = []
  for (const entry of entities) {
    const limit = parseShape(limitShape, entry)
    if (limit.ok) limits.push(limit.value)
  }
  return { limits, unread: entities.length - limits.length }
}

const blank = (namespace: string): NamespaceFacts => ({
  kind: 'namespace',
  namespace,
  title: null,
  answer: null,
  keys: [],
})

const keyOf = (
  key: string,
  { effective = [], defaults = [] }: { effective?: Sightings; defaults?: Sightings },
): KeyFacts => ({ key, effective, defaults, doc: null })
