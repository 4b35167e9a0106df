import { QUEUES_PERMISSION } from './readQueues.ts'

/** Something the user's role should hold. */
export type Permission = { name: string; reason: string; isOptional: boolean }

/**
 * The minimum role of the signed-in user, all divisions for organisation-wide counts (facts §13.1).
 */
export const PERMISSIONS: readonly Permission[] = [
  needed('telephony:callMetrics:view', 'calls and call sessions with their capacity'),
  needed('analytics:queueObservation:view', 'conversations waiting and in progress'),
  needed('analytics:conversationAggregate:view', 'abandons and service level of queues'),
  needed('analytics:agentState:view', 'users online'),
  needed('analytics:flowObservation:view', 'flows in progress'),
  needed('analytics:rateLimitAggregate:view', 'limits that are nearly reached'),
  needed('usage:events:view', 'operational events about limits'),
  needed('limits:organization:view', 'changes of limits'),
  needed('recording:screenRecording:view', 'screen recordings in progress'),
  needed('realtimeMonitor:screenSession:view', 'screen monitors in progress'),
  // Without it a queue can still be chosen by its id.
  { name: QUEUES_PERMISSION, reason: 'choosing queues from a list', isOptional: true },
  // Broad: it gives more than reading phones and trunks.
  {
    name: 'telephony:plugin:all',
    reason: 'registered phones and calls on trunks',
    isOptional: true,
  },
]

/** OAuth scopes of the client: read-only, `notifications` has no such variant (facts §7.2). */
export const SCOPES: readonly string[] = [
  'analytics:readonly',
  'notifications',
  'organization:readonly',
  'recordings:readonly',
  'routing:readonly',
  'screen-monitoring:readonly',
  'stations:readonly',
  'telephony:readonly',
  'usage:readonly',
  'user-basic-info',
]

/** The grant to choose when the OAuth client is made. */
export const GRANT = 'Code Authorization with PKCE'

/** The address the login page must send back to, to be entered at the OAuth client exactly so. */
export const redirectUriOf = (origin: string) => `${origin}/signed-in`

function needed(name: string, reason: string): Permission {
  return { name, reason, isOptional: false }
}
