import { expect, test } from 'vitest'
import { REGIONS } from '#sources/genesys/regions.ts'
import { connectOrigin, contentSecurityPolicy } from './contentSecurityPolicy.ts'

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.split(' ')
    .slice(1)

test('scripts and workers come from the app alone, styles also inline', () => {
  const policy = contentSecurityPolicy([])
  expect(directive(policy, 'default-src')).toEqual(["'self'"])
  expect(directive(policy, 'script-src')).toEqual(["'self'"])
  expect(directive(policy, 'worker-src')).toEqual(["'self'"])
  expect(directive(policy, 'style-src')).toEqual(["'self'", "'unsafe-inline'"])
})

test('the page may talk to the regions, to this machine, and to what the user allowed', () => {
  const connect = directive(contentSecurityPolicy(['https://feed.example.com:8443']), 'connect-src')
  expect(connect).toEqual(
    expect.arrayContaining([
      "'self'",
      'https://api.mypurecloud.com',
      'https://login.mypurecloud.com',
      'https://api.euc2.pure.cloud',
      'wss://streaming.mypurecloud.de',
      'http://127.0.0.1:*',
      'ws://localhost:*',
      'https://feed.example.com:8443',
    ]),
  )
  expect(connect).not.toContain('*')
  expect(connect?.filter((source) => source.includes('example.com'))).toHaveLength(1)
})

test('the list of who may frame the page is that of the regions, whatever else is allowed', () => {
  const policy = contentSecurityPolicy(['https://feed.example.com'])
  expect(directive(policy, 'frame-ancestors')).toEqual([
    "'self'",
    ...REGIONS.map(({ domain }) => `https://apps.${domain}`),
  ])
})

test('only the app itself and Genesys Cloud may frame the page', () => {
  const ancestors = directive(contentSecurityPolicy([]), 'frame-ancestors')
  expect(ancestors).toContain("'self'")
  expect(ancestors).toContain('https://apps.mypurecloud.ie')
  expect(
    ancestors?.every((source) => source === "'self'" || source.startsWith('https://apps.')),
  ).toBe(true)
})

test.each([
  ['https://feed.example.com', 'https://feed.example.com'],
  ['https://feed.example.com/', 'https://feed.example.com'],
  ['HTTP://Feed.Example.com:8080', 'http://feed.example.com:8080'],
  ['wss://feed.example.com:443', 'wss://feed.example.com'],
  ['http://10.0.0.7:9090', 'http://10.0.0.7:9090'],
])('%s is the origin %s', (text, origin) => {
  expect(connectOrigin(text)).toBe(origin)
})

test.each([
  'feed.example.com',
  'https://feed.example.com/v1',
  'https://feed.example.com?x',
  'https://me@feed.example.com',
  'javascript:alert(1)',
  'https://a;script-src',
  "https://a'unsafe-eval'",
  'https://*.example.com',
  'http://[::1]:8080',
  'https://a b',
  '*',
  '',
])('%s is no origin', (text) => {
  expect(connectOrigin(text)).toBeNull()
})
