import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { DEFAULT_THRESHOLDS } from '#domain/metrics/metric.ts'
import { openScreen } from './openScreen.ts'
import { takeScreenKey } from './takeScreenKey.ts'

const ORIGIN = 'https://tidemark.test'
const nobody = () => null

const context = (answer: () => Response) => {
  const asked: { url: string; authorization: string | null }[] = []
  return {
    asked,
    signal: new AbortController().signal,
    now: () => epochMs(0),
    fetch: async (url: string, init?: RequestInit) => {
      asked.push({ url, authorization: new Headers(init?.headers).get('Authorization') })
      return answer()
    },
  }
}

const told = [
  { id: 'mypurecloud.de-5f3c', name: 'Alder Retail', region: 'eu_central_1' },
  { id: 'lab', name: 'Lab', region: '127.0.0.1:8787' },
  { id: 'odd', name: 'Nowhere', region: 'the moon' },
]

test('a key shows the organisations of the recorder, by their feed alone', async () => {
  const asking = context(() => Response.json(told))
  const screen = await openScreen('tmk_1', ORIGIN, nobody, asking)
  expect(asking.asked[0]).toEqual({
    url: `${ORIGIN}/feed/v1/organisations`,
    authorization: 'Bearer tmk_1',
  })
  // The key opens the feed and nothing else: no other address is shown it.
  expect(asking.asked.slice(1).every(({ authorization }) => authorization === null)).toBe(true)
  expect(screen).toMatchObject({
    kind: 'opened',
    organisations: [
      {
        id: 'screen-mypurecloud.de-5f3c',
        name: 'Alder Retail',
        domain: 'mypurecloud.de',
        clientId: '',
        feed: { url: `${ORIGIN}/feed`, organisation: 'mypurecloud.de-5f3c' },
        prometheus: null,
      },
      { id: 'screen-lab', domain: '127.0.0.1:8787' },
    ],
  })
})

test('a screen reads the past where the server behind it passes questions on to a Prometheus', async () => {
  const metric = { organisation: 'lab' }
  const data = { resultType: 'vector', result: [{ metric, value: [0, '1'] }] }
  const screen = await openScreen('k', ORIGIN, nobody, {
    ...context(() => Response.json(told)),
    fetch: async (url) =>
      Response.json(url.startsWith(`${ORIGIN}/prometheus/`) ? { status: 'success', data } : told),
  })
  const prometheus = { url: '/prometheus', readsHistory: true, organisation: 'lab' }
  expect(screen).toMatchObject({
    organisations: [
      { id: 'screen-mypurecloud.de-5f3c', prometheus: null },
      { id: 'screen-lab', prometheus },
    ],
  })
})

test('what this browser keeps of an organisation stays, its name follows the recorder', async () => {
  const first = await openScreen(
    'k',
    ORIGIN,
    nobody,
    context(() => Response.json(told)),
  )
  if (first.kind !== 'opened') throw new Error(first.problem)
  const thresholds = { calls: { ...DEFAULT_THRESHOLDS, warnAt: 0.5 } }
  const kept = { ...first.organisations[0]!, name: 'Old name', thresholds }
  const again = await openScreen(
    'k',
    ORIGIN,
    () => kept,
    context(() => Response.json(told)),
  )
  expect(again).toMatchObject({ organisations: [{ name: 'Alder Retail', thresholds }, {}] })
})

test.each([
  ['no key', null, () => Response.json(told), /no display key/],
  ['a revoked key', 'k', () => new Response('{}', { status: 401 }), /not accepted, or was revoked/],
  ['a server without a recorder', 'k', () => new Response('<html>'), /web page/],
  ['nothing to show', 'k', () => Response.json([]), /knows no organisation/],
] as const)('%s is said, with what to do', async (_, key, answer, words) => {
  const screen = await openScreen(key, ORIGIN, nobody, context(answer))
  expect(screen).toMatchObject({ kind: 'refused', problem: expect.stringMatching(words) })
  expect(screen.kind === 'refused' && screen.remedy).toMatch(/\S/)
})

test('the key leaves the address bar, and other addresses keep what they have', () => {
  const replaced: string[] = []
  const history = {
    replaceState: (_: unknown, __: string, url?: string | URL | null) => {
      replaced.push(String(url))
    },
  }
  const take = (pathname: string, hash: string, search = '') =>
    takeScreenKey({ pathname, search, hash }, history)
  expect(take('/screen', '#key=tmk_a-b', '?x=1')).toBe('tmk_a-b')
  expect(take('/screen', '#')).toBeNull()
  expect(take('/wall', '#key=tmk_c', '?diagonal=55&distance=5')).toBe('tmk_c')
  expect(replaced).toEqual(['/screen', '/screen', '/wall?diagonal=55&distance=5'])
  expect(take('/org/a/live', '#key=x')).toBeNull()
  expect(take('/wall', '')).toBeNull()
  expect(replaced).toHaveLength(3)
})
