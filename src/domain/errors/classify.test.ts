import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classify } from './classify.ts'
import { ERROR_CLASSES, ERROR_PLACES, type ErrorClass, type ErrorPlace } from './errorEvent.ts'
import type { Symptom } from './symptom.ts'

type Case = [
  source: string,
  symptom: Symptom,
  errorClass: ErrorClass,
  place: ErrorPlace,
  status?: number,
]

const STREAM = 'wss://streaming.mypurecloud.de/channels/streaming-1-x'
const REST = 'GET /api/v2/stations'
const TOKEN = 'POST https://login.mypurecloud.de/oauth/token'
const noReply = (exception: string, message: string): Symptom => ({
  status: 0,
  text: `${exception} Non HTTP response message: ${message}`,
})

// Of each: who wrote it so and where that is documented, what it says, what it means.
const PLATFORM: Case[] = [
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

const TOKENS: Case[] = [
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

const SOCKETS: Case[] = [
  ['handshake §9.4', { status: 503, target: STREAM }, 'capacity', 'upgrade', 503],
  ['handshake §9.4, 5xx', { status: 502, target: STREAM }, 'server', 'upgrade', 502],
  ['handshake §9.2', { status: 401, target: STREAM }, 'auth', 'upgrade', 401],
  ['handshake §8.1', { status: 429, target: STREAM }, 'rate', 'upgrade', 429],
  [
    'handshake of a guest §2.2',
    { status: 503, target: 'wss://webmessaging.mypurecloud.de/v1?deploymentId=x' },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'page §9.4: 1006, never opened',
    { closeCode: 1006, hadOpened: false, target: STREAM },
    'other',
    'upgrade',
  ],
  [
    'page §2.3: 1006, had been open',
    { closeCode: 1006, hadOpened: true, target: STREAM },
    'socket',
    'close',
  ],
  [
    'page: 1006, and nothing else is known',
    { closeCode: 1006, target: STREAM },
    'other',
    'unknown',
  ],
  ['idle close §2.3', { closeCode: 1001, target: STREAM }, 'socket', 'close'],
  [
    'HAR: opened with 101, then 1006',
    { status: 101, closeCode: 1006, target: STREAM },
    'socket',
    'close',
    101,
  ],
  ['RFC 6455 1008', { closeCode: 1008 }, 'socket', 'close'],
  ['RFC 6455 1011', { closeCode: 1011, target: STREAM }, 'socket', 'close'],
  ['IANA 1013 try again later', { closeCode: 1013, target: STREAM }, 'socket', 'close'],
  ['RFC 6455 1015 TLS', { closeCode: 1015, target: STREAM }, 'network', 'upgrade'],
  ['RFC 6455 1000, and yet a failure', { closeCode: 1000 }, 'other', 'close'],
  ['an application’s own close', { closeCode: 4002, target: STREAM }, 'socket', 'close'],
  ['web messaging §9.6 as close code', { closeCode: 4029 }, 'rate', 'close'],
  ['web messaging §9.6 RequestRateTooHigh', { messagingCode: 4029 }, 'rate', 'unknown'],
  ['web messaging §9.6 WebsocketAccessDenied', { messagingCode: 1002 }, 'auth', 'upgrade'],
  ['web messaging §9.6 WebsocketError', { messagingCode: 1001 }, 'socket', 'close'],
  ['web messaging §9.6 NetworkDisabled', { messagingCode: -1009 }, 'network', 'unknown'],
  ['web messaging §9.6 SessionHasExpired', { messagingCode: 4006 }, 'other', 'unknown'],
  [
    'web messaging §9.6 status passed through',
    { messagingCode: 503, target: 'WS /v1' },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'ws of Node',
    { text: 'Unexpected server response: 503', target: STREAM },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'Chrome console',
    {
      text: `WebSocket connection to '${STREAM}' failed: Error during WebSocket handshake: Unexpected response code: 401`,
    },
    'auth',
    'upgrade',
    401,
  ],
  [
    'Chrome console, no status',
    { text: 'Error in connection establishment: net::ERR_CONNECTION_REFUSED', target: STREAM },
    'network',
    'upgrade',
  ],
  [
    'Firefox writes it for a 403 too',
    { status: 0, text: 'NS_ERROR_WEBSOCKET_CONNECTION_REFUSED' },
    'other',
    'upgrade',
  ],
  [
    'coder/websocket of Go',
    { text: 'failed to WebSocket dial: expected handshake response status code 101 but got 503' },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'reset while open',
    { text: 'read ECONNRESET', target: STREAM, hadOpened: true },
    'socket',
    'close',
  ],
  [
    'a page that left before it opened',
    { text: 'WebSocket is closed before the connection is established.', target: STREAM },
    'other',
    'unknown',
  ],
]

const LOAD_TOOLS: Case[] = [
  ['JMeter sample, 503', { status: 503, target: 'POST /work' }, 'capacity', 'rest', 503],
  [
    'JMeter sample, reset',
    noReply('java.net.SocketException', 'Connection reset'),
    'network',
    'unknown',
  ],
  [
    'JMeter sample, dropped',
    noReply('org.apache.http.NoHttpResponseException', '127.0.0.1:18080 failed to respond'),
    'network',
    'unknown',
  ],
  [
    'JMeter sample, unreachable',
    noReply(
      'org.apache.http.conn.HttpHostConnectException',
      'Connect to host:443 failed: Connection timed out: connect',
    ),
    'network',
    'unknown',
  ],
  [
    'JMeter sample, read timed out',
    noReply('java.net.SocketTimeoutException', 'Read timed out'),
    'network',
    'unknown',
  ],
  [
    'JMeter as it stands in the file',
    { text: 'Non HTTP response code: java.net.ConnectException' },
    'network',
    'unknown',
  ],
  [
    'JMeter, the plan’s mistake',
    noReply('java.net.URISyntaxException', 'Illegal character in path at index 9'),
    'other',
    'unknown',
  ],
  [
    'JMeter, a port is no status',
    noReply('java.net.ConnectException', 'Connect to host:503 failed'),
    'network',
    'unknown',
  ],
  [
    'JMeter, a TLS handshake',
    noReply('javax.net.ssl.SSLHandshakeException', 'handshake failed: 443'),
    'network',
    'unknown',
  ],
  [
    'JMeter WebSocket samplers FAQ',
    { text: 'Got unexpected status 403 with statusLine:HTTP/1.1 403 Forbidden', target: STREAM },
    'auth',
    'upgrade',
    403,
  ],
  [
    'JMeter WebSocket samplers',
    { text: 'Websocket I/O error WebSocket I/O error: Connection refused (Connection refused)' },
    'network',
    'upgrade',
  ],
  [
    'JMeter WebSocket samplers',
    { text: 'Websocket I/O error WebSocket I/O error: Read timed out' },
    'network',
    'unknown',
  ],
  [
    'JMeter WebSocket samplers',
    { text: 'Sampler error: unexpected frame type (ping).' },
    'other',
    'unknown',
  ],
  [
    'JMeter with Jetty',
    noReply(
      'org.eclipse.jetty.websocket.api.UpgradeException',
      'Unexpected HTTP Response Status Code: 503 Service Unavailable',
    ),
    'capacity',
    'upgrade',
    503,
  ],
  [
    'JMeter with Jetty, no status',
    noReply('WebSocketUpgradeException', 'Failed to upgrade'),
    'other',
    'upgrade',
  ],
  [
    'JMeter with Jetty, while open',
    noReply('org.eclipse.jetty.websocket.api.WebSocketException', 'Session closed'),
    'socket',
    'close',
  ],
  [
    'k6 http_reqs tag',
    { status: 503, k6Code: 1503, target: 'https://api.mypurecloud.de/api/v2/stations' },
    'capacity',
    'rest',
    503,
  ],
  [
    'k6 error_code 1050',
    { status: 0, k6Code: 1050, text: 'request timeout' },
    'network',
    'unknown',
  ],
  [
    'k6 error_code 1101',
    { status: 0, k6Code: 1101, text: 'lookup: no such host' },
    'network',
    'unknown',
  ],
  [
    'k6 error_code 1111',
    { status: 0, k6Code: 1111, text: 'hostname is blocked' },
    'other',
    'unknown',
  ],
  ['k6 error_code 1210', { k6Code: 1210 }, 'network', 'unknown'],
  ['k6 error_code 1211', { k6Code: 1211, text: 'dial: i/o timeout' }, 'network', 'unknown'],
  ['k6 error_code 1212', { status: 0, k6Code: 1212, target: STREAM }, 'network', 'upgrade'],
  [
    'k6 error_code 1220',
    { k6Code: 1220, text: 'read: connection reset by peer' },
    'network',
    'unknown',
  ],
  ['k6 error_code 1401', { k6Code: 1401 }, 'auth', 'unknown', 401],
  ['k6 error_code 1429', { k6Code: 1429 }, 'rate', 'unknown', 429],
  ['k6 error_code 1500', { k6Code: 1500 }, 'server', 'unknown', 500],
  [
    'k6 error_code 1503',
    { k6Code: 1503, target: 'wss://x.example/v1' },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'k6 error_code 1000, its words',
    { status: 0, k6Code: 1000, text: 'unexpected EOF' },
    'network',
    'unknown',
  ],
  ['k6/ws', { text: 'websocket: bad handshake', target: STREAM }, 'other', 'upgrade'],
  [
    'Gatling KO message',
    { text: 'status.find.in(200,304,201,202), but actually found 503' },
    'capacity',
    'unknown',
    503,
  ],
  [
    'Gatling KO message',
    { text: 'j.n.ConnectException: Connection refused' },
    'network',
    'unknown',
  ],
  ['Artillery errors.ECONNREFUSED', { text: 'ECONNREFUSED' }, 'network', 'unknown'],
  [
    'an assertion',
    { status: 200, text: 'Test failed: text expected to contain /503/', target: REST },
    'other',
    'rest',
    200,
  ],
]

const BROWSERS: Case[] = [
  [
    'HAR §9.4 channel',
    {
      status: 503,
      target: 'https://api.mypurecloud.de/api/v2/notifications/channels',
      method: 'POST',
    },
    'capacity',
    'rest',
    503,
  ],
  [
    'HAR of Playwright, empty reply',
    { status: -1, text: 'net::ERR_EMPTY_RESPONSE', target: 'http://127.0.0.1:18081/drop' },
    'network',
    'rest',
  ],
  [
    'HAR of Playwright, given up by the page',
    { status: -1, text: 'net::ERR_ABORTED', target: 'http://127.0.0.1:18081/hang' },
    'other',
    'rest',
  ],
  [
    'HAR of Playwright, a 401 that the page left',
    { status: 401, text: 'net::ERR_ABORTED', target: 'http://127.0.0.1:18081/private' },
    'auth',
    'rest',
    401,
  ],
  [
    'HAR of Chrome _error',
    { status: 0, text: 'net::ERR_NAME_NOT_RESOLVED', target: 'https://gone.example/' },
    'network',
    'rest',
  ],
  [
    'HAR of Chrome, a blocker',
    { status: 0, text: 'net::ERR_BLOCKED_BY_CLIENT', target: 'https://x.example/' },
    'other',
    'rest',
  ],
  [
    'HAR of Firefox, status 0',
    { status: 0, target: 'https://www.nghttp2.org/stylesheets/screen.css' },
    'network',
    'rest',
  ],
  [
    'HAR of Firefox',
    { status: 0, text: 'NS_ERROR_NET_RESET', target: 'https://x.example/' },
    'network',
    'rest',
  ],
  [
    'HAR of Firefox, left',
    { status: 0, text: 'NS_BINDING_ABORTED', target: 'https://x.example/' },
    'other',
    'rest',
  ],
  ['HAR §9.4 refused upgrade, status 0', { status: 0, target: STREAM }, 'other', 'upgrade'],
  [
    'HAR _resourceType websocket',
    { status: 503, target: 'https://x.example/socket', isWebSocket: true },
    'capacity',
    'upgrade',
    503,
  ],
  [
    'fetch §7.5, opaque',
    { status: 0, text: 'TypeError: Failed to fetch', target: REST },
    'network',
    'rest',
  ],
]

const FEEDS: Case[] = [
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

test.each([...PLATFORM, ...TOKENS, ...SOCKETS, ...LOAD_TOOLS, ...BROWSERS, ...FEEDS])(
  '%s: %j is %s at %s',
  (_source, symptom, errorClass, place, status) => {
    expect(classify(symptom)).toEqual({ class: errorClass, place, status: status ?? null })
  },
)

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
