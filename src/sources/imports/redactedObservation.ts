import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { Observation } from '#domain/observation.ts'
import type { Redactor } from './redaction.ts'

/**
 * What was observed, free of secrets in all that a feed or an organisation names by itself: routes,
 * messages, labels, who tells of a limit. Ids stay, since parts refer to each other by them. Clients
 * become running numbers: their names only tell them apart.
 */
export function redactedObservation(observed: Observation, redactor: Redactor): Observation {
  const clean = (text: string) => redactor.clean(text)
  const { metrics, limits, errors, markers, clients } = observed
  return {
    ...observed,
    metrics: metrics.map((metric) => ({
      ...metric,
      title: clean(metric.title),
      origin: clean(metric.origin),
      ...(metric.note === undefined ? {} : { note: clean(metric.note) }),
    })),
    limits: limits.map(({ metric, step }) => ({
      metric,
      step: { ...step, source: clean(step.source) },
    })),
    errors: errors.map((event) => redactedError(event, clean)),
    markers: markers.map((marker) => ({ ...marker, label: clean(marker.label) })),
    clients: numberedClients(clients),
  }
}

/** What correlation ids look like: of many thousands each would be looked at anew. */
const PLAIN_ID = /^[\da-f-]{1,36}$/i

function redactedError(event: ErrorEvent, clean: (text: string) => string): ErrorEvent {
  const orNull = (text: string | null) => (text === null ? null : clean(text))
  const { route, app, code, message, correlationId, limit } = event
  return {
    ...event,
    route: orNull(route),
    app: orNull(app),
    code: orNull(code),
    message: orNull(message),
    correlationId:
      correlationId !== null && PLAIN_ID.test(correlationId)
        ? correlationId
        : orNull(correlationId),
    limit: limit && { ...limit, namespace: orNull(limit.namespace), key: orNull(limit.key) },
  }
}

/** By whom each was met first: `c1`, `c2`, … as in files. */
function numberedClients(clients: readonly ClientEvent[]): ClientEvent[] {
  const numbers = new Map<string, number>()
  return clients.map((event) => {
    const number = numbers.get(event.client) ?? numbers.size + 1
    numbers.set(event.client, number)
    return { ...event, client: `c${number}` }
  })
}
