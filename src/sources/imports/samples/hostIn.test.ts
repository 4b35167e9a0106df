import { expect, test } from 'vitest'
import { hostIn } from './hostIn.ts'

test.each([
  ['https://API.example:8443/a?b#c', 'api.example:8443'],
  ['wss://user:secret@api.example/a', 'api.example'],
  ['https://user:p@ss@api.example/a@b', 'api.example'],
  ['https://api.example?at=a@b', 'api.example'],
  ['GET /a', ''],
  ['ftp://api.example/a', ''],
])('%j names the host %j', (url, host) => {
  expect(hostIn(url)).toBe(host)
})
