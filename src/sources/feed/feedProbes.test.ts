import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { someProbeReport } from '#testing/someProbeReport.ts'
import { createProbeReception } from '../probe/probeReception.ts'
import { feedProbes } from './feedProbes.ts'

const NOW = epochMs(Date.UTC(2026, 2, 2, 8))

/** What the probes of one app are known by: two forgotten WebSockets, and one report that was no report. */
function told() {
  const reception = createProbeReception({ now: () => NOW, reportedTo: 'recorder' })
  const desk = reception.expect(orgId('alder'), ['agent-desktop'])
  const place = 'https://host/app.js:12'
  const finding = { kind: 'websockets', page: '/', place, count: 2, ageMs: 41_000 } as const
  reception.take(JSON.stringify(someProbeReport(NOW, { findings: [finding] })))
  reception.take('{')
  return desk.told()
}

function setup(answers: Readonly<Record<string, () => Response>>) {
  const asked: [path: string, shown: string | null][] = []
  const context = {
    signal: new AbortController().signal,
    now: () => NOW,
    fetch: (url: string, init?: RequestInit) => {
      const path = url.replace('http://127.0.0.1/feed', '')
      asked.push([path, new Headers(init?.headers).get('Authorization')])
      const answer = answers[path]
      return answer ? Promise.resolve(answer()) : Promise.resolve(new Response('', { status: 404 }))
    },
  }
  const ask = (organisation: string | null) =>
    feedProbes(context, {
      url: 'http://127.0.0.1/feed',
      bearer: () => 'tmk_key',
      organisation,
      alsoKnownAs: ['Alder'],
    })
  return { ask, asked }
}

const json = (value: unknown) => () => Response.json(value)

test('what a recorder tells of its probes comes over whole, to a display key as to a bearer', async () => {
  const { ask, asked } = setup({ '/v1/probes?organisation=alder': json(told()) })
  expect(await ask('alder')).toEqual(told())
  expect(asked).toEqual([['/v1/probes?organisation=alder', 'Bearer tmk_key']])
})

test('an organisation that the settings do not name in the feed is found by its name', async () => {
  const { ask } = setup({
    '/v1/organisations': json([
      { id: 'birch', name: 'Birch' },
      { id: 'alder', name: 'Alder' },
    ]),
    '/v1/probes?organisation=alder': json(told()),
  })
  expect((await ask(null))?.documents).toBe(1)
})

test('a feed without such an answer has no probes, and that is no failure', async () => {
  expect(await setup({}).ask('alder')).toBeNull()
})

test.each([
  ['a place that is no line of a script', { findings: [{ ...told().findings[0], place: '<b>' }] }],
  ['a count that cannot be', { tabs: -1 }],
  ['a kind that nobody knows', { findings: [{ ...told().findings[0], kind: 'shells' }] }],
  ['nothing that was agreed', { apps: 'all' }],
])('%s is refused with the field', async (_what, wrong) => {
  const { ask } = setup({ '/v1/probes?organisation=alder': json({ ...told(), ...wrong }) })
  await expect(ask('alder')).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: expect.stringMatching(/findings\[0\]|tabs|apps/) as string,
  })
})
