import type { ErrorEvent } from './errorEvent.ts'
import { failureTarget } from './failureTarget.ts'

/**
 * Which namespaces of the limit registry a route may run into (facts §11.4, where it is marked as a
 * suggestion: no such table is published). A route may match several rows.
 */
const ROUTE_NAMESPACES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\/notifications\b|\/channels\b|\bstreaming\./i, ['notifications']],
  [/\/analytics\//i, ['analytics', 'analytics.realtime']],
  [/\/conversations\b/i, ['conversation']],
  [/\/telephony\//i, ['telephony.configuration', 'media.communications']],
  [/\/integrations\/actions\b/i, ['dataactions']],
  [/\/oauth\/|\/tokens\b/i, ['auth.api']],
  [/webmessaging|webdeployments|^WS \/v1\b/i, ['web.messaging', 'web.deployments']],
]

/**
 * What every request of the API is counted against. The opening of a WebSocket is no such request.
 */
const EVERY_REQUEST = 'platform.api'

/**
 * The namespaces whose limits could have refused an event's route; none where its route is unknown.
 */
export function namespacesOf({ route, place }: Pick<ErrorEvent, 'route' | 'place'>): string[] {
  if (route === null) return []
  const own = ROUTE_NAMESPACES.flatMap(([pattern, names]) => (pattern.test(route) ? names : []))
  const isRequest = place === 'rest' || failureTarget(route, null) === 'rest'
  return isRequest ? [...own, EVERY_REQUEST] : own
}
