import { expect, test } from 'vitest'
import { answering, json } from '#testing/answering.ts'
import { readFeedUrl } from './feedUrl.ts'
import { probeFeed } from './probe.ts'

test.each([
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  [' 127.0.0.1:8787/ ', 'http://127.0.0.1:8787'],
  ['localhost:8787/feed/', 'http://localhost:8787/feed'],
  ['feed.example:8443', 'https://feed.example:8443'],
  ['proxy.example', 'https://proxy.example'],
  ['https://Proxy.Example/tidemark', 'https://proxy.example/tidemark'],
])('%j is the feed at %s', (typed, url) => {
  expect(readFeedUrl(typed)).toEqual({ url, problem: null })
})

test.each([
  ['', /no address/],
  ['not an address', /no address/],
  ['http://', /no address/],
  ['ftp://proxy.example', /over http or https/],
  ['https://me:hush@proxy.example', /name and password/],
  ['https://proxy.example/?token=hush', /ends before/],
  ['https://proxy.example/#x', /ends before/],
  ['[::1]:8787', /type 127\.0\.0\.1 or localhost/],
  ['http://[::1]:8787', /type 127\.0\.0\.1 or localhost/],
  ['https://[2001:db8::7]/feed', /type 127\.0\.0\.1 or localhost/],
])('%j is refused in one sentence', (typed, problem) => {
  expect(readFeedUrl(typed)).toEqual({ url: null, problem: expect.stringMatching(problem) })
})

const address = { url: 'https://proxy.example', bearer: () => null }

test('a feed that answers works, and says what it knows', async () => {
  const { context } = answering(() => json([{ id: 'o-7', name: 'Acme', region: 'x' }]))
  expect(await probeFeed(context, address)).toEqual({
    kind: 'works',
    organisations: [{ id: 'o-7', name: 'Acme', region: 'x' }],
  })
})

test.each([
  [new TypeError('Failed to fetch'), /tidemark serve --connect https:\/\/proxy\.example/],
  [new DOMException('late', 'TimeoutError'), /did not answer in time/],
  [new Response('<html>'), /web page/],
  [json({ organisations: [] }), /it is an object, and a list was expected/],
  [json([{ id: 'o-7' }]), /\[0\]\.name is missing/],
  [new Response(null, { status: 401 }), /bearer token/],
])('a feed that fails says why in one sentence (%#)', async (answer, problem) => {
  const { context } = answering(() => answer)
  expect(await probeFeed(context, address)).toEqual({
    kind: 'fails',
    problem: expect.stringMatching(problem),
  })
})
