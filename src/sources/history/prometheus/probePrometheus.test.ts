import { expect, test } from 'vitest'
import { answering, json } from '#testing/answering.ts'
import { probePrometheus } from './probePrometheus.ts'

const URL_OF_IT = 'http://prometheus.test'
const vector = (of: Record<string, number>) =>
  json({
    status: 'success',
    data: {
      resultType: 'vector',
      result: Object.entries(of).map(([organisation, value]) => ({
        metric: { organisation },
        value: [1_772_000_000, String(value)],
      })),
    },
  })

const probe = (answer: Parameters<typeof answering>[0]) =>
  probePrometheus(answering(answer).context, URL_OF_IT)

test('it tells the organisations of a recorder, and when each was recorded last', async () => {
  const found = await probe(({ url }) =>
    url.searchParams.get('query')!.includes('timestamp')
      ? vector({ birch: 1_771_999_988.5 })
      : vector({ alder: 1, birch: 1 }),
  )
  expect(found).toEqual({
    kind: 'works',
    organisations: [
      { name: 'alder', newestAt: null },
      { name: 'birch', newestAt: 1_771_999_988_500 },
    ],
  })
})

test('one without a recorder answers, too', async () => {
  expect(await probe(() => vector({}))).toEqual({ kind: 'works', organisations: [] })
})

test.each([
  [
    'nobody listens',
    () => new TypeError('refused'),
    'tidemark serve --connect http://prometheus.test',
  ],
  ['it wants credentials', () => new Response('', { status: 401 }), 'tidemark serve --prometheus'],
  ['it is something else', () => json({ name: 'a shop' }), "not Prometheus's"],
  ['there is a sign-in page', () => new Response('<html></html>'), 'a web page'],
  ['it is too slow', () => new DOMException('late', 'TimeoutError') as Error, 'in time'],
])('where %s, a sentence says so', async (_name, answer, words) => {
  const found = await probe(answer)
  expect(found.kind === 'fails' && found.problem).toContain(words)
})
