import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor, redact, removalWords } from './redaction.ts'

const SECRET = 'kq3ZtW8bX1vN5mR7cY2pL9sD4fG6hJ0a'
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('')
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'

test.each([
  [`GET /api?access_token=${SECRET}&page=2`, 'GET /api?access_token=[removed]&page=2'],
  ['/login#id_token=abc123', '/login#id_token=[removed]'],
  ['POST /oauth/token client_secret=s3cr3t', 'POST /oauth/token client_secret=[removed]'],
  ['/callback?code=Xy12abCD34&state=1', '/callback?code=[removed]&state=1'],
  ['Authorization: Bearer abcdefgh12345678', 'Authorization: [removed]'],
  ['"authorization":"Basic dXNlcjpwYXNz"', '"authorization":"[removed]"'],
  ['sent Bearer 0123456789abcdef to host', 'sent Bearer [removed] to host'],
  ['Cookie: a=1; JSESSIONID=99', 'Cookie: [removed]'],
  ['{"password": "hunter2", "user": 1}', '{"password": "[removed]", "user": 1}'],
  ['x-api-key: 77aa', 'x-api-key: [removed]'],
  ['csrf_token=123', 'csrf_token=[removed]'],
  ['accessToken=123', 'accessToken=[removed]'],
  ['https://ada:pw@example.com/x', 'https://[removed]@example.com/x'],
  ['login of ada.lovelace+test@example.co.uk failed', 'login of [e-mail removed] failed'],
  ['/users/ada%40example.com', '/users/[e-mail removed]'],
  [`token was ${JWT}.`, 'token was [removed].'],
  [`/channels/${SECRET}`, '/channels/[removed]'],
  ['key AKIAIOSFODNN7EXAMPLE', 'key [removed]'],
  ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----', '[removed]'],
  ['/k/3q9x7m2k5v8b1n4z6c0l3j5h7g9f2d4s', '/k/[removed]'],
  [`/k/${'0f1e2d3c4b5a69788796'.repeat(3)}`, '/k/[removed]'],
])('%s becomes %s', (text, clean) => {
  expect(redact(text).text).toBe(clean)
  expect(redact(text).removed).not.toEqual([])
})

test.each([
  'GET /api/v2/users/me',
  'POST /oauth/token',
  'Login with token',
  'Non HTTP response code: org.apache.http.conn.HttpHostConnectException',
  'Basic authentication page',
  'correlation 1f2e3d4c-5b6a-4978-8a9b-0c1d2e3f4a5b',
  'OpenHomePageAndThenDoSomethingElseStep2',
  'order-2026-11-23_attempt_2_of_3_for_queue_support',
  'Response code: 503',
  'trace 0f1e2d3c4b5a697887960f1e2d3c4b5a',
  'Order-2026-11-23_Attempt_2_of_3_for_Q',
  'TC_001_2026-11-23_12-33-44_RUN_a_b',
  'Step2ThenStep3ThenOpenQueue7AndClose',
  'deploy_of_queue_7_in_region_eu_central_1',
])('%s holds no secret and stays', (text) => {
  expect(redact(text)).toEqual({ text, removed: [] })
})

test('cleaning what is clean changes nothing', () => {
  for (const text of [
    `?access_token=${SECRET}`,
    `Authorization: Bearer ${JWT}`,
    `{"authorization":"Basic ${SECRET}"}`,
    'password: x1',
    'Set-Cookie: sid=x1; Path=/',
    `GET https://a.example/cb?code=${SECRET}&b=1`,
    'mail a@example.com',
  ]) {
    const once = redact(text)
    expect(once.removed.length).toBeGreaterThan(0)
    expect(redact(once.text)).toEqual({ text: once.text, removed: [] })
  }
})

test('a password that holds an @ is taken out whole', () => {
  expect(redact('https://user:p@ssword@api.example/a').text).toBe('https://[removed]@api.example/a')
})

test('a mark that somebody wrote hides nothing that stands behind it', () => {
  for (const text of [
    `Cookie: [removed]; sid=${SECRET}`,
    `Authorization: [removed]${SECRET}`,
    `?code=[removed]${SECRET}`,
  ])
    expect(redact(text).text).not.toContain(SECRET)
})

test('no secret survives in any of the places secrets are found in', () => {
  const secret = fc
    .array(fc.constantFrom(...ALPHABET), {
      minLength: 12,
      maxLength: 64,
    })
    .map((letters) => letters.join(''))
  const place = fc.constantFrom<(secret: string) => string>(
    (s) => `GET /x?access_token=${s}`,
    (s) => `GET /x?a=1&refresh_token=${s}&b=2`,
    (s) => `Authorization: Bearer ${s}`,
    (s) => `{"client_secret":"${s}"}`,
    (s) => `password=${s}; next`,
    (s) => `https://user:${s}@host/`,
    (s) => `Set-Cookie: sid=${s}; Path=/`,
    (s) => `mail ${s}@example.com`,
    (s) => `eyJ${s}.eyJ${s}.${s}`,
  )
  fc.assert(
    fc.property(secret, place, (value, put) => {
      expect(redact(put(value)).text).not.toContain(value)
    }),
    { numRuns: 400 },
  )
})

test('of random words as long as an access token at most one in a hundred survives', () => {
  let state = 7
  const letter = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return ALPHABET[Math.floor((state / 2_147_483_648) * ALPHABET.length)]!
  }
  const words = Array.from({ length: 2_000 }, () => Array.from({ length: 43 }, letter).join(''))
  const kept = words.filter((word) => redact(`GET /channels/${word}`).text.includes(word))
  expect(kept.length).toBeLessThanOrEqual(20)
})

test('what was taken out is listed by kind; a text that repeats is counted once', () => {
  const redactor = createRedactor()
  for (let i = 0; i < 3; i += 1) redactor.clean('a@example.com')
  redactor.clean('b@example.com and c@example.com')
  redactor.clean(`?access_token=${SECRET}`)
  expect(redactor.removals()).toEqual([
    { what: 'e-mail address', count: 3 },
    { what: 'value named as a secret', count: 1 },
  ])
  expect(removalWords(redactor.removals())).toBe(
    '4 secrets were taken out: 3 × e-mail address, 1 × value named as a secret',
  )
  expect(removalWords([])).toBeNull()
})
