import * as z from 'zod/mini'
import type { KeyFacts, NamespaceFacts } from '#domain/limits/registryFact.ts'
import { seenOnce } from '#domain/limits/sightings.ts'
import type { EpochMs } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { parseShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { registryCall, toldValue } from './registryCall.ts'

const docsShape = z.object({ namespaces: z.array(z.unknown()) })
const flag = () => z.optional(z.nullable(z.boolean()))
const text = () => z.optional(z.nullable(z.string()))

const namespaceShape = z.object({
  name: z.string().check(z.minLength(1)),
  friendlyName: text(),
  limits: z.optional(z.nullable(z.array(z.unknown()))),
})
const keyShape = z.object({
  key: z.string().check(z.minLength(1)),
  defaultValue: z.optional(z.nullable(toldValue())),
  description: text(),
  configurable: flag(),
  trackable: flag(),
})

/**
 * The platform's documentation of limits: keys with defaults and descriptions, by namespace. It need
 * not know them all (facts §0.6, §1.1.3). Throws as `askJson` does.
 */
export async function readDocs(
  context: AskContext,
  connection: Connection,
): Promise<readonly NamespaceFacts[]> {
  const { namespaces } = await askJson(context, connection, registryCall('docs'), docsShape)
  const at = context.now()
  return namespaces.flatMap((entry) => {
    const namespace = parseShape(namespaceShape, entry)
    return namespace.ok ? [factsOf(namespace.value, at)] : []
  })
}

const factsOf = (
  { name, friendlyName, limits }: z.infer<typeof namespaceShape>,
  at: EpochMs,
): NamespaceFacts => ({
  kind: 'namespace',
  namespace: name,
  title: friendlyName ?? null,
  answer: null,
  keys: (limits ?? []).flatMap((entry) => {
    const key = parseShape(keyShape, entry)
    return key.ok ? [keyOf(key.value, at)] : []
  }),
})

const keyOf = (
  { key, defaultValue, description, configurable, trackable }: z.infer<typeof keyShape>,
  at: EpochMs,
): KeyFacts => ({
  key,
  effective: [],
  defaults: defaultValue === undefined || defaultValue === null ? [] : seenOnce(defaultValue, at),
  doc: {
    description: description ?? null,
    isConfigurable: configurable ?? null,
    isTrackable: trackable ?? null,
  },
})
