import { type FailureCase, REST, STREAM, testFailures } from '#testing/failureCases.ts'
import type { Symptom } from './symptom.ts'

const noReply = (exception: string, message: string): Symptom => ({
  status: 0,
  text: `${exception} Non HTTP response message: ${message}`,
})

const LOAD_TOOLS: FailureCase[] = [
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

testFailures(LOAD_TOOLS)
