import { expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { queueServiceSource } from './queueService.ts'

/** The clock stands at 09:00:00. */
const NINE = Date.UTC(2026, 2, 2, 9)
const MINUTE = 60_000
const iso = (at: number) => new Date(at).toISOString()

type Told = { offered?: number; abandoned?: number; level?: [inTime: number, judged: number] }

/** What one bucket of a minute tells, `ago` minutes before nine at its end. */
function bucket(ago: number, { offered, abandoned, level }: Told, minutes = 1) {
  const end = NINE - ago * MINUTE
  return {
    interval: `${iso(end - minutes * MINUTE)}/${iso(end)}`,
    metrics: [
      ...(offered === undefined ? [] : [{ metric: 'nOffered', stats: { count: offered } }]),
      ...(abandoned === undefined
        ? []
        : [{ metric: 'tAbandon', stats: { count: abandoned, sum: 9_000, max: 4_000 } }]),
      ...(level
        ? [
            {
              metric: 'oServiceLevel',
              stats: { numerator: level[0], denominator: level[1], ratio: level[0] / level[1] },
            },
          ]
        : []),
    ],
  }
}

const reply = (...media: ReturnType<typeof bucket>[][]) =>
  json({ results: media.map((data, i) => ({ group: { mediaType: ['voice', 'chat'][i] }, data })) })

function setup(answer: Parameters<typeof connectedNetwork>[0]) {
  const { connection, ...network } = connectedNetwork(answer)
  const source = queueServiceSource(connection)
  return { ...network, source, ask: () => source.ask(network.context) }
}

/** Minutes before nine and values, of one metric. */
const pointsOf = ({ samples }: Observation, id: string) => {
  const series = samples.find(({ metric }) => metric === id)?.series
  return series ? Array.from(series.timeMs, (at, i) => [(NINE - at) / MINUTE, series.value[i]]) : []
}

test('all media of a bucket count together, and stand at its end', async () => {
  const { ask, asked } = setup(() =>
    reply(
      [bucket(0, { offered: 8, abandoned: 1, level: [6, 8] })],
      [bucket(0, { offered: 2, level: [1, 2] }), bucket(1, { offered: 3 })],
    ),
  )
  const observed = await ask()
  expect(pointsOf(observed, 'acd.offered').slice(-2)).toEqual([
    [1, 3],
    [0, 10],
  ])
  expect(pointsOf(observed, 'acd.abandoned').at(-1)).toEqual([0, 1])
  expect(pointsOf(observed, 'acd.serviceLevel')).toEqual([[0, 70]])
  expect(JSON.parse(asked[0]!.body)).toEqual({
    interval: `${iso(NINE - 10 * MINUTE)}/${iso(NINE)}`,
    granularity: 'PT1M',
    groupBy: ['mediaType'],
    metrics: ['nOffered', 'tAbandon', 'oServiceLevel'],
  })
})

test('what is left out is nothing once it can be late no more, and has no service level', async () => {
  const { ask } = setup(() => json({ results: [] }))
  const observed = await ask()
  expect(pointsOf(observed, 'acd.abandoned')).toEqual([9, 8, 7, 6, 5].map((ago) => [ago, 0]))
  expect(pointsOf(observed, 'acd.serviceLevel')).toEqual([])
})

test('a bucket is told again when it has changed, and only then', async () => {
  const { ask, pass } = setup((_request, index) =>
    reply([bucket(0, { offered: 5, abandoned: index === 0 ? 1 : 3, level: [4, 5] })]),
  )
  await ask()
  pass(20_000)
  const again = await ask()
  expect(pointsOf(again, 'acd.abandoned')).toEqual([[0, 3]])
  expect(again.samples.map(({ metric }) => metric)).toEqual(['acd.abandoned'])
})

test('buckets that are refused as too fine become longer, and stay so', async () => {
  const { ask, asked } = setup((request) => {
    const { granularity } = JSON.parse(request.body) as { granularity: string }
    return granularity === 'PT1M'
      ? json({ code: 'bad.request', message: 'too fine', status: 400 }, { status: 400 })
      : reply([bucket(0, { offered: 5, abandoned: 1 }, 5)])
  })
  expect(pointsOf(await ask(), 'acd.abandoned').at(-1)).toEqual([0, 1])
  await ask()
  expect(
    asked.map(({ body }) => (JSON.parse(body) as { granularity: string }).granularity),
  ).toEqual(['PT1M', 'PT5M', 'PT5M'])
})

test.each([
  [{ results: [{ data: [{ metrics: [] }] }] }, 'results[0].data[0].interval is missing'],
  [
    { results: [{ data: [{ interval: 'yesterday', metrics: [] }] }] },
    'results[0].data[0].interval is "yesterday"',
  ],
  [
    {
      results: [
        {
          data: [
            {
              interval: `${iso(NINE - MINUTE)}/${iso(NINE)}`,
              metrics: [{ metric: 'tAbandon', stats: { count: -1 } }],
            },
          ],
        },
      ],
    },
    'stats.count is -1',
  ],
])('%j is an unexpected shape', async (body, problem) => {
  await expect(setup(() => json(body)).ask()).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: expect.stringContaining(problem),
  })
})

test('without its permission it alone is off, and says which one is missing', async () => {
  const { ask } = setup(() =>
    json({ code: 'missing.permissions', message: 'No.', status: 403 }, { status: 403 }),
  )
  await expect(ask()).rejects.toMatchObject({
    kind: 'forbidden',
    details: { permission: 'analytics:conversationAggregate:view' },
  })
})
