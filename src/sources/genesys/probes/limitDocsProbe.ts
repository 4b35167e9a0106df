import * as z from 'zod/mini'
import { registryCall } from '../registry/registryCall.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'
import { countOf, namesOf } from './probeWords.ts'

const text = () => z.optional(z.nullable(z.string()))
const shape = z.object({
  namespaces: z.array(
    z.object({
      name: z.string(),
      limits: z.optional(
        z.nullable(
          z.array(
            z.object({
              key: z.string(),
              description: text(),
              trackable: z.optional(z.nullable(z.boolean())),
            }),
          ),
        ),
      ),
    }),
  ),
})
type Docs = z.infer<typeof shape>

/** The heuristic for keys that limit what Tidemark charts (facts §1.4). */
const CHARTED =
  /channel|socket|connection|subscription|topic|session|concurrent|guest|call|conversation|station|token|rate/i
const NOTIFICATIONS = 'notifications'
/** The part of it that this probe is about. */
const SOCKETS = /channel|socket|connection|session/i

/** P1: the documented limits, and which of them may belong to connections and sessions. */
export const limitDocsProbe: Probe = {
  id: 'P1',
  title: 'Documented limits',
  decides: 'the real keys for channels, sockets and sessions',
  calls: ['GET /api/v2/organizations/limits/docs'],
  permissions: [],
  read: async (tools) => findingsOf(await askShaped(tools, registryCall('docs'), shape)),
}

function findingsOf({ namespaces }: Docs): readonly string[] {
  const keys = namespaces.flatMap(({ name, limits }) =>
    (limits ?? []).map(({ key, description, trackable }) => ({
      namespace: name,
      key,
      name: `${name} ${key}`,
      words: `${key} ${description ?? ''}`,
      isTrackable: trackable === true,
    })),
  )
  const notifications = keys.filter(({ namespace }) => namespace === NOTIFICATIONS)
  const elsewhere = keys.filter(
    ({ namespace, words }) => namespace !== NOTIFICATIONS && SOCKETS.test(words),
  )
  const charted = keys.filter(({ words }) => CHARTED.test(words))
  const tracked = keys.filter(({ isTrackable }) => isTrackable)
  return [
    `${countOf(keys.length, 'key')} in ${countOf(namespaces.length, 'namespace')}; ${tracked.length} are tracked by the platform.`,
    namespaces.some(({ name }) => name === NOTIFICATIONS)
      ? `The namespace notifications has ${countOf(notifications.length, 'key')}${listed(notifications.map(({ key }) => key))}.`
      : 'There is no namespace notifications.',
    `Elsewhere ${elsewhere.length} match channel, socket, connection, session${listed(elsewhere.map(({ name }) => name))}.`,
    `${charted.length} match anything that Tidemark charts.`,
  ]
}

const listed = (names: readonly string[]) => (names.length === 0 ? '' : `: ${namesOf(names)}`)
