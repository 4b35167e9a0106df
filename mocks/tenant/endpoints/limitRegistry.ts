import { USER_RATE } from '../../model/rateUse.ts'
import { CHANNELS_PER_USER_AND_APP } from '../channels.ts'
import { TOKEN_RATE_LIMIT } from '../rateLimit.ts'

/**
 * The cap on connections. No key of the real registry is known for it (facts §1.4), so this one
 * says in its name that it is made up.
 */
export const CONNECTION_LIMIT = {
  namespace: 'notifications',
  key: 'simulated.connections.concurrent.max',
} as const

export type DocumentedLimit = {
  namespace: string
  key: string
  defaultValue: number
  description: string
  trackable: boolean
}

/** Titles of the namespaces that the simulated organisation has. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  notifications: 'Notifications',
  'platform.api': 'Platform API',
  dataactions: 'Data actions',
  audiohook: 'AudioHook',
  'web.messaging': 'Web messaging',
  quality: 'Quality',
  'telephony.configuration': 'Telephony configuration',
}

/** Keys seen in published sources (facts §1.4), with values seen there, and two of the simulator. */
export const DOCUMENTED_LIMITS: readonly DocumentedLimit[] = [
  {
    ...CONNECTION_LIMIT,
    defaultValue: 1000,
    description: 'Concurrent connections of the organization (made up by the simulator)',
    trackable: true,
  },
  {
    namespace: 'notifications',
    key: 'simulated.channels.per.user.and.app.max',
    defaultValue: CHANNELS_PER_USER_AND_APP,
    description: 'Notification channels per user and application (made up by the simulator)',
    trackable: false,
  },
  {
    namespace: TOKEN_RATE_LIMIT.namespace,
    key: TOKEN_RATE_LIMIT.key,
    defaultValue: TOKEN_RATE_LIMIT.value,
    description: 'Requests per minute and token',
    trackable: true,
  },
  {
    namespace: TOKEN_RATE_LIMIT.namespace,
    key: 'client.credentials.token.rate.per.minute',
    defaultValue: TOKEN_RATE_LIMIT.value,
    description: 'Requests per minute and token of client credentials',
    trackable: true,
  },
  {
    namespace: USER_RATE.namespace,
    key: USER_RATE.key,
    defaultValue: USER_RATE.value,
    description: 'Requests per minute of one user in one application',
    trackable: true,
  },
  {
    namespace: 'dataactions',
    key: 'actions.concurrent.executions.max',
    defaultValue: 50,
    description: 'Data actions running at one time',
    trackable: true,
  },
  {
    namespace: 'dataactions',
    key: 'requests.volume.max',
    defaultValue: 2500,
    description: 'Executions per minute',
    trackable: true,
  },
  {
    namespace: 'audiohook',
    key: 'global.inbound.binary.max',
    defaultValue: 25,
    description: 'Binary messages',
    trackable: false,
  },
  {
    namespace: 'web.messaging',
    key: 'messages.per.session.rate.per.second',
    defaultValue: 2,
    description: 'Messages per second of one guest session',
    trackable: true,
  },
  {
    namespace: 'quality',
    key: 'evaluations.per.agent.per.day',
    defaultValue: 50,
    description: 'Evaluations per agent and day',
    trackable: false,
  },
]
