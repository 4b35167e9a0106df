import { expect, test } from 'vitest'
import { pageOf, pathOf } from './pageOf.ts'

const page = (address: string) => pageOf(pathOf(new URL(address, 'https://app.example')))

test.each([
  ['/', '/'],
  ['/calls', '/calls'],
  ['/calls/17', '/calls/:id'],
  ['/calls/17/notes', '/calls/:id/notes'],
  ['/calls/0b8f6a52-8c1d-4c57-9d2e-6d2f0f5a7b11', '/calls/:id'],
  ['/calls/0B8F6A52-8C1D-4C57-9D2E-6D2F0F5A7B11', '/calls/:id'],
  ['/u/abcdefabcdefabcdefabcdef', '/u/:id'],
  ['/u/ada@example.com', '/u/:id'],
  ['/u/ada%40example.com', '/u/:id'],
  ['/u/Ad%C3%A9', '/u/:id'],
  ['/u/eyJhbGciOiJSUzI1NiIsInR5cCIgOiAiSldU', '/u/:id'],
  ['/tel/+4930123456', '/tel/:id'],
  ['/api/v2/agents', '/api/v2/agents'],
  ['/calls?token=secret', '/calls'],
  ['/calls#access_token=secret', '/calls'],
  ['/app#/calls/17?token=secret', '/app#/calls/:id'],
  ['/app#!/calls/17', '/app#!/calls/:id'],
])('%s is the page %s', (address, expected) => {
  expect(page(address)).toBe(expected)
})

test('a page is never longer than a report can carry', () => {
  expect(page(`/${'abc/'.repeat(500)}`)).toHaveLength(100)
})
