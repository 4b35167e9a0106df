import { expect, test } from 'vitest'
import { failureIn, type Outcome } from './failure.ts'

const record = (parts: Partial<Outcome>): Outcome => ({
  label: 'GET /work',
  code: '200',
  message: '',
  isSuccess: false,
  failureMessage: '',
  ...parts,
})

const classOf = (parts: Partial<Outcome>) => failureIn(record(parts))?.class ?? null

test.each([
  ['503', 'capacity'],
  ['429', 'rate'],
  ['401', 'auth'],
  ['403', 'auth'],
  ['500', 'server'],
  ['504', 'server'],
  ['404', 'other'],
  ['200', 'other'],
  ['', 'other'],
  ['0', 'network'],
  ['-1', 'network'],
  ['1006', 'socket'],
  ['4002', 'socket'],
])('a failed sample with status "%s" is of class %s', (code, expected) => {
  expect(classOf({ code })).toBe(expected)
})

test.each([
  ['java.net.SocketException', 'network'],
  ['java.net.SocketTimeoutException', 'network'],
  ['java.net.ConnectException', 'network'],
  ['java.net.UnknownHostException', 'network'],
  ['org.apache.http.NoHttpResponseException', 'network'],
  ['org.apache.http.conn.HttpHostConnectException', 'network'],
  ['javax.net.ssl.SSLHandshakeException', 'network'],
  ['java.net.URISyntaxException', 'other'],
  ['java.lang.IllegalArgumentException', 'other'],
])('"Non HTTP response code: %s" is of class %s', (exception, expected) => {
  const failure = failureIn(record({ code: `Non HTTP response code: ${exception}` }))
  expect(failure).toMatchObject({ class: expected, status: null, code: exception })
})

test('a WebSocket handshake that was refused with 503 is capacity, whatever stands in the code', () => {
  expect(failureIn(record({ code: '', message: 'Unexpected response code: 503' }))).toEqual({
    class: 'capacity',
    place: 'upgrade',
    status: 503,
    code: null,
  })
  const message = 'WebSocket upgrade failed: HTTP/1.1 503 Service Unavailable'
  expect(classOf({ code: 'Non HTTP response code: java.io.IOException', message })).toBe('capacity')
})

test('a number in a message that speaks of no reply is not taken for a status', () => {
  const message = 'Non HTTP response message: Connect to host:503 failed'
  expect(classOf({ code: 'Non HTTP response code: java.net.ConnectException', message })).toBe(
    'network',
  )
})

test('a TLS handshake that failed is no refused WebSocket', () => {
  const code = 'Non HTTP response code: javax.net.ssl.SSLHandshakeException'
  expect(classOf({ code, message: 'handshake failed: 443' })).toBe('network')
})

test('the label tells where it happened', () => {
  const placeOf = (parts: Partial<Outcome>) => failureIn(record(parts))?.place
  expect(placeOf({ code: '503' })).toBe('rest')
  expect(placeOf({ code: '503', label: 'Step 3' })).toBe('unknown')
  expect(placeOf({ code: '401', label: 'POST /oauth/token' })).toBe('token')
  expect(placeOf({ code: '503', label: 'wss://streaming.example/channels/x' })).toBe('upgrade')
  expect(placeOf({ code: '1006' })).toBe('close')
})

test('a token that was refused is no success, and a 503 of the login host no capacity error', () => {
  const label = 'POST https://login.mypurecloud.de/oauth/token'
  expect(classOf({ isSuccess: true, code: '400', label })).toBe('auth')
  expect(classOf({ code: '503', label })).toBe('server')
})

test('samplers of WebSockets write their failures in words', () => {
  const code = 'Websocket I/O error'
  expect(classOf({ code, message: 'WebSocket I/O error: Connection refused' })).toBe('network')
  expect(classOf({ code: 'Sampler error', message: 'Sampler must use existing connection' })).toBe(
    'other',
  )
})

test('a success is no error', () => {
  expect(classOf({ isSuccess: true })).toBeNull()
  expect(classOf({ isSuccess: true, code: '101' })).toBeNull()
  expect(classOf({ isSuccess: true, code: '404' })).toBeNull()
  expect(classOf({ isSuccess: true, code: '1000' })).toBeNull()
})

test('what the server refused counts although the test plan calls it a success', () => {
  expect(classOf({ isSuccess: true, code: '503' })).toBe('capacity')
  expect(classOf({ isSuccess: true, code: '429' })).toBe('rate')
})

test('without a success column the status alone decides', () => {
  expect(classOf({ isSuccess: null, code: '200' })).toBeNull()
  expect(classOf({ isSuccess: null, code: '302' })).toBeNull()
  expect(classOf({ isSuccess: null, code: '404' })).toBe('other')
  expect(classOf({ isSuccess: null, code: '503' })).toBe('capacity')
  expect(classOf({ isSuccess: null, code: '' })).toBeNull()
  expect(classOf({ isSuccess: null, code: '1000' })).toBeNull()
  expect(
    classOf({ isSuccess: null, code: 'Non HTTP response code: java.net.SocketException' }),
  ).toBe('network')
})

test('without a status column a failure is of class other', () => {
  expect(classOf({ code: null })).toBe('other')
  expect(classOf({ code: null, isSuccess: true })).toBeNull()
})
