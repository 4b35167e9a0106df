import { TOKEN_RATE, USER_RATE } from '../../model/rateUse.ts'
import { type LimitTraits, type RegistryLimit, registryLimit } from './registryLimit.ts'

const TRACKED: LimitTraits = { trackable: true }
const ASKED_FOR: LimitTraits = { trackable: true, configurable: true }

/** The rate of tokens that stand for an application rather than for a person. */
export const APPLICATION_RATE = {
  namespace: 'platform.api',
  key: 'client.credentials.token.rate.per.minute',
} as const

const api = registryLimit.bind(null, 'platform.api')
const actions = registryLimit.bind(null, 'dataactions')

/**
 * The keys that were seen in published sources, with the value seen there; where none was, the value is
 * made up (facts §1.4).
 */
export const SEEN_LIMITS: readonly RegistryLimit[] = [
  api(TOKEN_RATE.key, TOKEN_RATE.value, 'Requests per minute and token', TRACKED),
  api(
    APPLICATION_RATE.key,
    TOKEN_RATE.value,
    'Requests per minute and token of client credentials',
    TRACKED,
  ),
  api(
    USER_RATE.key,
    USER_RATE.value,
    'Requests per minute of one user in one application',
    TRACKED,
  ),
  api('org.user.rate.per.minute', 3000, 'Requests per minute of one user', TRACKED),
  api('ui.token.rate.per.minute', 300, 'Requests per minute and token of the user interface'),
  api('request.bytes.max', 512_000, 'Bytes of one request'),
  api('absolute.request.bytes.max', 3_000_000, 'Bytes of one request, in any case', {
    isUndocumented: true,
  }),
  // Raised by a change request about a week before the start (model/changeRequests.ts).
  actions('actions.concurrent.executions.max', 50, 'Data actions running at one time', {
    ...ASKED_FOR,
    ownValue: 75,
  }),
  actions('requests.volume.max', 2500, 'Executions per minute', { ...ASKED_FOR, ownValue: 3000 }),
  actions('actions.integration.max', 200, 'Data actions of one integration'),
  actions('actions.total.max', 5000, 'Data actions of the organization'),
  actions(
    'actions.function.concurrent.executions.max',
    25,
    'Function data actions running at one time',
    TRACKED,
  ),
  actions(
    'actions.function.configuration.requests.rate.per.second',
    5,
    'Changes of function data actions per second',
  ),
  actions('actions.function.response.bytes.max', 6_000_000, 'Bytes that a function answers with'),
  registryLimit(
    'audiohook',
    'global.inbound.binary.average.rate.per.second',
    5,
    'Binary messages per second, on average',
  ),
  registryLimit('audiohook', 'global.inbound.binary.max', 25, 'Binary messages', {
    configurable: true,
    ownValue: 50,
  }),
  registryLimit(
    'web.messaging',
    'messages.per.session.rate.per.second',
    2,
    'Messages per second of one guest session',
    TRACKED,
  ),
  registryLimit('quality', 'evaluations.per.agent.per.day', 50, 'Evaluations per agent and day'),
  registryLimit(
    'analytics',
    'details.jobs.concurrent.access.max',
    10,
    'Detail jobs read at a time',
  ),
  registryLimit(
    'analytics',
    'details.jobs.rate.per.second',
    5,
    'Detail jobs begun per second',
    TRACKED,
  ),
]
