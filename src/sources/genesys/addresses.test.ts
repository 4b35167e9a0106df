import { expect, test } from 'vitest'
import { addressesOf, readAddress, simulatedAddresses } from './addresses.ts'
import { REGIONS, regionOfDomain } from './regions.ts'

test('there are 18 regions, each with a domain and a name of its own', () => {
  expect(REGIONS).toHaveLength(18)
  expect(new Set(REGIONS.map(({ domain }) => domain)).size).toBe(18)
  expect(new Set(REGIONS.map(({ id }) => id)).size).toBe(18)
  expect(new Set(REGIONS.map(({ place }) => place)).size).toBe(18)
})

test.each(REGIONS)('$domain is reached at its own hosts', ({ domain, id }) => {
  expect(addressesOf(domain)).toEqual({
    domain,
    kind: 'region',
    api: `https://api.${domain}`,
    login: `https://login.${domain}`,
    feed: null,
  })
  expect(regionOfDomain(domain.toUpperCase())?.id).toBe(id)
})

test('a domain that is no known region can be typed', () => {
  expect(readAddress(' NEW1.pure.cloud ').addresses).toMatchObject({
    kind: 'typed',
    domain: 'new1.pure.cloud',
    api: 'https://api.new1.pure.cloud',
  })
  expect(regionOfDomain('new1.pure.cloud')).toBeNull()
})

test.each([
  ['127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
  ['localhost:8787', 'http://localhost:8787'],
  ['HTTP://LocalHost:8787', 'http://localhost:8787'],
  ['localhost', 'http://localhost'],
])('%s is one plain origin for API, login and feed', (typed, origin) => {
  expect(readAddress(typed).addresses).toMatchObject({
    kind: 'loopback',
    api: origin,
    login: origin,
    feed: origin,
  })
})

test.each([
  ['', /Type a domain/],
  ['https://mypurecloud.de', /without https/],
  ['mypurecloud.de/directory', /without a path/],
  ['https://127.0.0.1:8787', /without https/],
  ['127.0.0.1:8787/v1', /without a path/],
  ['127.0.0.1:99999', /no port/],
  ['127.0.0.1:0', /no port/],
  ['mypurecloud.de:443', /may have a port/],
  ['[::1]:8787', /type 127\.0\.0\.1 or localhost/],
  ['http://[::1]:8787', /type 127\.0\.0\.1 or localhost/],
  ['::1', /type 127\.0\.0\.1 or localhost/],
  ['fe80::1', /type 127\.0\.0\.1 or localhost/],
  ['10.0.0.5', /not a domain/],
  ['mypurecloud', /not a domain/],
  ['my purecloud.de', /not a domain/],
  ['user@mypurecloud.de', /not a domain/],
  ['-bad.de', /not a domain/],
  ['mypurecloud.de?x=1', /not a domain/],
  ['api.mypurecloud.de', /Leave out the first part: mypurecloud\.de/],
  ['login.usw2.pure.cloud', /Leave out the first part: usw2\.pure\.cloud/],
])('%j is refused in one sentence', (typed, problem) => {
  expect(readAddress(typed)).toEqual({ addresses: null, problem: expect.stringMatching(problem) })
  expect(() => addressesOf(typed)).toThrow(RangeError)
})

test('a simulated organisation is served from one base inside the page', () => {
  const base = 'http://127.0.0.1:4180/simulated/demo'
  expect(simulatedAddresses(`${base}/`)).toEqual({
    domain: 'simulated',
    kind: 'simulated',
    api: base,
    login: base,
    feed: base,
  })
})
