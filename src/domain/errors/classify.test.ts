import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FailureCase, REST, TOKEN, testFailures } from '#testing/failureCases.ts'
import { classify } from './classify.ts'
import { ERROR_CLASSES, ERROR_PLACES } from './errorEvent.ts'

const PLATFORM: FailureCase[] = [
  [
    'REST §1.6 rate',
    { status: 429, code: 'too.many.requests.retry.after', target: REST },
    'rate',
    'rest',
    429,
  ],
  [
    'REST §1.6 rate, older code',
    { status: 429, code: 'too.many.requests', target: REST },
    'rate',
    'rest',
    429,
  ],
  [
    'REST §1.6 overload',
    { status: 503, code: 'service.unavailable', target: 'POST /api/v2/notifications/channels' },
    'capacity',
    'rest',
    503,
  ],
  [
    'REST §1.6 queue observations',
    {
      status: 503,
      code: 'general.internal.server.error',
      target: 'POST /api/v2/analytics/queues/observations/query',
    },
    'capacity',
    'rest',
    503,
  ],
  [
    'REST §1.6 gateway',
    { status: 504, code: 'request.timeout', target: REST },
    'server',
    'rest',
    504,
  ],
  [
    'REST §1.6 gateway before the sign-in',
    { status: 504, code: 'authentication.request.timeout', target: REST },
    'server',
    'rest',
    504,
  ],
  [
    'REST §1.6 signed out',
    { status: 401, code: 'authentication.required', target: REST },
    'auth',
    'rest',
    401,
  ],
  [
    'REST §7.6 token gone',
    { status: 401, code: 'bad.credentials', target: REST },
    'auth',
    'rest',
    401,
  ],
  [
    'REST §7.6 allow-list',
    { status: 401, code: 'ip.not.authorized', target: REST },
    'auth',
    'rest',
    401,
  ],
  [
    'REST §1.6 role',
    { status: 403, code: 'missing.any.permissions', target: REST },
    'auth',
    'rest',
    403,
  ],
  [
    'REST §1.6 scope',
    { status: 403, code: 'app.not.authorized.for.scope', target: REST },
    'auth',
    'rest',
    403,
  ],
  [
    'REST §1.6 too many objects',
    {
      status: 409,
      code: 'maximum.deployments.exceeded',
      target: 'POST /api/v2/webdeployments/deployments',
    },
    'other',
    'rest',
    409,
  ],
  [
    'REST §1.6 too many topics',
    {
      status: 400,
      code: 'notification.subscription.too.many.subscriptions',
      target: 'PUT /api/v2/notifications/channels/{id}/subscriptions',
    },
    'other',
    'rest',
    400,
  ],
  ['REST §8.2 transient', { status: 502, target: REST }, 'server', 'rest', 502],
  ['REST §8.3 plain server error', { status: 500, target: REST }, 'server', 'rest', 500],
  ['REST §8.2 408', { status: 408, target: REST }, 'other', 'rest', 408],
  [
    'REST §2.1 channel gone',
    { status: 404, target: 'HEAD /api/v2/notifications/channels/{id}' },
    'other',
    'rest',
    404,
  ],
  ['a code without a status §1.6.2', { code: 'too.many.requests', target: REST }, 'rate', 'rest'],
  [
    'a code without a status §1.6',
    { code: 'service.unavailable', target: REST },
    'capacity',
    'rest',
  ],
  [
    'REST of OAuth clients §1.1',
    { status: 503, target: 'GET /api/v2/oauth/clients' },
    'capacity',
    'rest',
    503,
  ],
  ['REST of tokens §7.3', { status: 401, target: 'GET /api/v2/tokens/me' }, 'auth', 'rest', 401],
]

const TOKENS: FailureCase[] = [
  [
    'token endpoint RFC 6749 §5.2',
    { status: 400, code: 'invalid_grant', target: TOKEN },
    'auth',
    'token',
    400,
  ],
  [
    'token endpoint without a body',
    { status: 400, target: 'POST /oauth/token' },
    'auth',
    'token',
    400,
  ],
  [
    'token endpoint RFC 6749 §5.2',
    { status: 401, code: 'invalid_client', target: TOKEN },
    'auth',
    'token',
    401,
  ],
  [
    'an OAuth code wherever it came from',
    { status: 400, code: 'invalid_grant' },
    'auth',
    'unknown',
    400,
  ],
  ['token endpoint overloaded', { status: 503, target: TOKEN }, 'server', 'token', 503],
  [
    'token endpoint overloaded, in words',
    { code: 'service.unavailable', target: TOKEN },
    'server',
    'token',
  ],
  [
    'token endpoint §8.1',
    { status: 429, target: 'https://login.{domain}/oauth/token' },
    'rate',
    'token',
    429,
  ],
  [
    'token endpoint unreachable',
    { status: 0, text: 'net::ERR_NAME_NOT_RESOLVED', target: TOKEN },
    'network',
    'token',
  ],
  [
    'login host §9.4',
    { status: 500, target: 'https://login.mypurecloud.de/oauth/authorize?client_id=x' },
    'server',
    'token',
    500,
  ],
  ['token endpoint, wrong path', { status: 404, target: TOKEN }, 'other', 'token', 404],
]

const FEEDS: FailureCase[] = [
  [
    'feed: a class it names wins',
    { status: 503, target: REST, named: 'server' },
    'server',
    'rest',
    503,
  ],
  [
    'feed: a refused handshake',
    { named: 'capacity', target: 'WS /channels/{id}' },
    'capacity',
    'upgrade',
  ],
  ['feed: a broken socket', { named: 'socket', target: 'WS /channels/{id}' }, 'socket', 'close'],
  ['feed: status alone', { status: 503, target: 'WS /v1' }, 'capacity', 'upgrade', 503],
  ['feed: nothing', {}, 'other', 'unknown'],
  [
    'a feed that is itself down',
    { status: 503, target: 'GET /v1/changes', isForeign: true },
    'server',
    'rest',
    503,
  ],
  ['JMeter label that says nothing', { status: 503, target: 'Step 3' }, 'capacity', 'unknown', 503],
  [
    'a page called login is no login host',
    { status: 503, target: 'GET /ordermgmt/login.jsp' },
    'capacity',
    'rest',
    503,
  ],
]

testFailures([...PLATFORM, ...TOKENS, ...FEEDS])

const anyNumber = fc.option(
  fc.oneof(fc.integer({ min: -2000, max: 6000 }), fc.constantFrom(NaN, Infinity, -Infinity, 0.5)),
)
const anyText = fc.option(
  fc.oneof(
    fc.string(),
    fc.constantFrom('HTTP/1.1 503', 'websocket', 'wss://', 'net::ERR_', '1006'),
  ),
)

test('any symptom gets a class and a place, and never a capacity error of the login host', () => {
  const anySymptom = fc.record({
    status: anyNumber,
    code: anyText,
    text: anyText,
    target: fc.oneof(anyText, fc.constant(TOKEN)),
    method: anyText,
    closeCode: anyNumber,
    messagingCode: anyNumber,
    k6Code: anyNumber,
    hadOpened: fc.option(fc.boolean()),
  })
  fc.assert(
    fc.property(anySymptom, (symptom) => {
      const { class: errorClass, place, status } = classify(symptom)
      expect(ERROR_CLASSES).toContain(errorClass)
      expect(ERROR_PLACES).toContain(place)
      expect(status === null || Number.isFinite(status)).toBe(true)
      expect(errorClass === 'capacity' && place === 'token').toBe(false)
    }),
  )
})
