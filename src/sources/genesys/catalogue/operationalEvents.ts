import * as z from 'zod/mini'
import { type Observation, observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { type EpochMs, epochMs, HOUR_MS, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'
import { instantShape } from './instantShape.ts'

const EVERY = seconds(60)
const PERMISSIONS = ['usage:events:view']

/** No list of the events about limits is published; their names are searched (facts §5.1). */
export const ABOUT_LIMITS = /limit|rate|throttl|quota|exceed|overload/i

/**
 * A name that says a limit was hit; a limit that was changed, or an "operated" in a name, is a
 * note.
 */
const LIMIT_HIT = /\blimit|\brates?\b|throttl|quota|exceed|overload/i
const LIMIT_CHANGED = /\b(?:changed?|updated?|created?|deleted?|increased?|decreased?|requested)\b/i

/** Asked for again each time, since events may arrive late. */
const LOOK_BACK_MS = 10 * MINUTE_MS

const PAGE_SIZE = 200

const optionalText = z.optional(z.nullable(z.string()))
export const definitionsShape = z.object({
  entities: z.array(z.object({ id: z.string(), name: optionalText, description: optionalText })),
})
const eventsShape = z.object({
  entities: z.array(
    z.object({
      eventDefinition: z.object({ id: z.string() }),
      entityId: optionalText,
      entityName: optionalText,
      dateCreated: instantShape(),
    }),
  ),
})
type Event = z.infer<typeof eventsShape>['entities'][number]

/** Names of the events about limits, by their id. */
type Definitions = ReadonlyMap<string, string>

/**
 * Operational events about limits, as markers and as a count per minute. At the start the last hour
 * is marked but not counted: nobody was counting then.
 */
export function operationalEventsSource(connection: Connection): PolledSource {
  let definitions: { known: Definitions; at: EpochMs } | null = null
  let isFirst = true
  let seen = new Map<string, EpochMs>()

  async function limitDefinitions(context: AskContext): Promise<Definitions> {
    if (definitions && context.now() - definitions.at < HOUR_MS) return definitions.known
    const { entities } = await askJson(
      context,
      connection,
      { method: 'GET', path: '/api/v2/usage/events/definitions', permissions: PERMISSIONS },
      definitionsShape,
    )
    const about = entities.filter(({ id, name, description }) =>
      ABOUT_LIMITS.test(`${name ?? id} ${description ?? ''}`),
    )
    definitions = {
      known: new Map(about.map(({ id, name }) => [id, name ?? id])),
      at: context.now(),
    }
    return definitions.known
  }

  async function ask(context: AskContext): Promise<Observation> {
    const known = await limitDefinitions(context)
    if (known.size === 0) return observation({})
    const now = context.now()
    const from = epochMs(now - (isFirst ? HOUR_MS : LOOK_BACK_MS))
    const { entities } = await askJson(context, connection, queryOf(known, from, now), eventsShape)
    const fresh = entities.filter((event) => !seen.has(keyOf(event)))
    seen = new Map(
      [...seen, ...fresh.map((event) => [keyOf(event), event.dateCreated] as const)].filter(
        ([, at]) => now - at <= HOUR_MS,
      ),
    )
    const sample = { metric: metricId('events.limit'), series: oneSample(now, fresh.length) }
    const found = observation({
      markers: fresh.map((event) => markerOf(event, known)),
      samples: isFirst ? [] : [sample],
    })
    isFirst = false
    return found
  }

  return {
    id: sourceId('genesys.operationalEvents'),
    title: 'Operational events about limits',
    everyMs: EVERY,
    metrics: [
      genesysMetric({
        id: 'events.limit',
        title: 'Events about limits',
        kind: 'count',
        group: 'api',
        intervalMs: EVERY,
      }),
    ],
    permissions: PERMISSIONS,
    ask,
  }
}

const queryOf = (known: Definitions, from: EpochMs, to: EpochMs) => ({
  method: 'POST' as const,
  path: '/api/v2/usage/events/query',
  query: { pageSize: String(PAGE_SIZE) },
  body: {
    interval: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
    eventDefinitionIds: [...known.keys()],
    // Should there be more than a page, the newest are the ones to know.
    sortOrder: 'DESC',
  },
  permissions: PERMISSIONS,
})

/** Events have no identifier of their own. */
const keyOf = ({ eventDefinition, entityId, dateCreated }: Event) =>
  `${eventDefinition.id}:${entityId ?? ''}:${dateCreated}`

function markerOf(event: Event, known: Definitions): Marker {
  const { eventDefinition, entityName, entityId, dateCreated } = event
  const name = known.get(eventDefinition.id) ?? eventDefinition.id
  const about = entityName ?? entityId
  return {
    id: `event:${keyOf(event)}`,
    at: dateCreated,
    kind: LIMIT_HIT.test(name) && !LIMIT_CHANGED.test(name) ? 'limitReached' : 'note',
    label: about ? `${name}: ${about}` : name,
    origin: 'genesys',
  }
}
