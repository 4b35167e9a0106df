import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAddresses } from './addressOf.ts'

const byUrl = (text: string) => {
  try {
    const { pathname: path, host } = new URL(text)
    return { path, host }
  } catch {
    return null
  }
}

test.each([
  'https://api.mypurecloud.de/api/v2/users/me?expand=a#b',
  'wss://streaming.mypurecloud.de:443/channels/x',
  'http://user:pass@A.example:8080/a/../b/./c',
  'https://a.example',
  'https://a.example?q',
  'https://a.example/%2e%2e/x',
  'https://a.example/a b/ü/"',
  'https://a.example/\\b',
  'https://1.2/x',
  'https://a b/x',
  'https://a.example:99999/x',
  'HTTPS://a.example/x',
  ' https://a.example/x ',
  'https://a.example/x\ty',
  'https://a.example/x ',
  'https://a.ex\tample/x',
  'https://a.b\u0000/',
  'https://a.example/..',
  'https://a.example/a.b/.well-known/..x',
  'data:text/plain,x',
  'blob:https://a.example/1',
  'about:blank',
  '/relative',
  '',
])('%j is read as URL reads it', (text) => {
  const addressOf = createAddresses()
  expect(addressOf(text)).toEqual(byUrl(text))
  expect(addressOf(text)).toEqual(byUrl(text))
})

test('any address is read as URL reads it', () => {
  const piece = fc.constantFrom(
    'https://',
    'http:/',
    '%2e',
    ...'a B . / \\ ? # @ : 8 \t \n é " | ^ { [ ] ; & = - _ \u0000'.split(' '),
    ' ',
  )
  const address = fc
    .array(piece, { maxLength: 14 })
    .map((pieces) => pieces.join(''))
    .chain((rest) => fc.constantFrom(rest, `https://a.b${rest}`, `wss://a.b/${rest}`))
  const addressOf = createAddresses()
  fc.assert(
    fc.property(address, (text) => {
      expect(addressOf(text)).toEqual(byUrl(text))
    }),
    { numRuns: 3_000 },
  )
})
