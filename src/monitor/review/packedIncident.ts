import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { epochMs } from '#domain/units.ts'

/** What failures that are told one by one have in common. */
type ErrorKind = Omit<ErrorEvent, 'at' | 'count' | 'correlationId'>

/**
 * An incident as a worker is handed it: failures and clients in columns. As objects, hundreds of thousands of them
 * keep the page still for a second while they are copied, at every step of a slider.
 */
export type PackedIncident = Omit<Incident, 'errors' | 'clients'> & {
  errors: {
    kinds: readonly ErrorKind[]
    kind: Uint32Array
    timeMs: Float64Array
    count: Float64Array
    correlationId: readonly (string | null)[]
  }
  clients: {
    names: readonly string[]
    name: Uint32Array
    kind: Uint8Array
    timeMs: Float64Array
    tookMs: Float64Array
  }
}

/** An incident in columns. O(errors + clients) for those that were not packed before. */
export const packedIncident = (incident: Incident): PackedIncident => ({
  ...incident,
  errors: once(packedErrorsOf, incident.errors, packedErrors),
  clients: once(packedClientsOf, incident.clients, packedClients),
})

/** The same failures are packed once, however often a note beside them changes. */
const packedErrorsOf = new WeakMap<Incident['errors'], PackedIncident['errors']>()
const packedClientsOf = new WeakMap<Incident['clients'], PackedIncident['clients']>()

function once<In extends object, Out>(known: WeakMap<In, Out>, given: In, make: (of: In) => Out) {
  const made = known.get(given) ?? make(given)
  known.set(given, made)
  return made
}

/** The incident that was packed, equal in all of it. */
export function unpackedIncident(packed: PackedIncident): Incident {
  const { errors, clients } = packed
  return {
    ...packed,
    errors: Array.from(errors.kind, (number, i): ErrorEvent => {
      // By name: copying what is left of an object takes ten times as long.
      const {
        class: name,
        place,
        status,
        source,
        route,
        app,
        code,
        message,
        limit,
      } = errors.kinds[number]!
      const at = epochMs(errors.timeMs[i]!)
      const count = errors.count[i]!
      const correlationId = errors.correlationId[i]!
      return {
        at,
        class: name,
        place,
        status,
        count,
        source,
        route,
        app,
        code,
        message,
        correlationId,
        limit,
      }
    }),
    clients: Array.from(clients.name, (name, i) => ({
      at: epochMs(clients.timeMs[i]!),
      kind: CLIENT_EVENT_KINDS[clients.kind[i]!]!,
      client: clients.names[name]!,
      tookMs: clients.tookMs[i]!,
    })),
  }
}

function packedErrors(errors: readonly ErrorEvent[]): PackedIncident['errors'] {
  const kinds: ErrorKind[] = []
  const numbers = new Map<string, number>()
  const kind = Uint32Array.from(errors, (event) => {
    const key = keyOf(event)
    const known = numbers.get(key)
    if (known !== undefined && isSame(kinds[known]!, event)) return known
    numbers.set(key, kinds.length)
    const { at: _at, count: _count, correlationId: _id, ...one } = event
    return kinds.push(one) - 1
  })
  return {
    kinds,
    kind,
    timeMs: Float64Array.from(errors, ({ at }) => at),
    count: Float64Array.from(errors, ({ count }) => count),
    correlationId: errors.map(({ correlationId }) => correlationId),
  }
}

const keyOf = ({ class: name, source, status, route, app, code }: ErrorKind) =>
  `${name} ${source} ${status} ${route} ${app} ${code}`

/** Two texts that are put together in different places may give one key. */
const isSame = (one: ErrorKind, other: ErrorKind) =>
  one.class === other.class &&
  one.place === other.place &&
  one.status === other.status &&
  one.source === other.source &&
  one.route === other.route &&
  one.app === other.app &&
  one.code === other.code &&
  one.message === other.message &&
  one.limit === other.limit

function packedClients(clients: readonly ClientEvent[]): PackedIncident['clients'] {
  const numbers = new Map<string, number>()
  const numberOf = (client: string) => {
    const known = numbers.get(client) ?? numbers.size
    numbers.set(client, known)
    return known
  }
  return {
    name: Uint32Array.from(clients, ({ client }) => numberOf(client)),
    names: [...numbers.keys()],
    kind: Uint8Array.from(clients, ({ kind }) => CLIENT_EVENT_KINDS.indexOf(kind)),
    timeMs: Float64Array.from(clients, ({ at }) => at),
    tookMs: Float64Array.from(clients, ({ tookMs }) => tookMs),
  }
}
