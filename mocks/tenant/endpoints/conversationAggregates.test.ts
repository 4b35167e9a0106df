import { expect, test } from 'vitest'
import { queuesOf } from '../../model/queues.ts'
import { serviceWithin } from '../../model/service.ts'
import { steeredTenant } from '../../steeredTenant.ts'

const AGGREGATES = '/api/v2/analytics/conversations/aggregates/query'
const METRICS = ['nOffered', 'tAnswered', 'tAbandon', 'tWait', 'nOverSla', 'oServiceLevel']

type Stats = Record<string, number>
type Reply = {
  results: {
    group: { mediaType?: string; queueId?: string }
    data: { interval: string; metrics: { metric: string; stats: Stats }[] }[]
  }[]
}

async function setup(...args: Parameters<typeof steeredTenant>) {
  const steered = steeredTenant(...args)
  await steered.signIn()
  const iso = (sec: number) => new Date(steered.startMs + sec * 1000).toISOString()
  const ask = (from: number, to: number, more: object = {}) =>
    steered.post<Reply>(AGGREGATES, {
      interval: `${iso(from)}/${iso(to)}`,
      granularity: 'PT5M',
      groupBy: ['mediaType'],
      metrics: METRICS,
      ...more,
    })
  return { ...steered, ask }
}

const sumOf = ({ results }: Reply, metric: string, member = 'count') =>
  results
    .flatMap(({ data }) => data)
    .flatMap(({ metrics }) => metrics)
    .filter((each) => each.metric === metric)
    .reduce((sum, { stats }) => sum + (stats[member] ?? 0), 0)

test('aggregates are those of the queue model, bucket by bucket', async () => {
  const { ask, tenant, startMs } = await setup('limit-raised')
  const reply = await ask(-3600, 0, { groupBy: ['mediaType', 'queueId'] })
  const [queue] = queuesOf(tenant.world)
  const { data } = reply.results.find(
    ({ group }) => group.mediaType === 'voice' && group.queueId === queue!.id,
  )!
  for (const { interval, metrics } of data) {
    const [from, to] = interval.split('/').map((text) => (Date.parse(text) - startMs) / 1000)
    const service = serviceWithin(tenant.world, { from: from!, to: to! }, queue!.index, 'voice')
    const stats = Object.fromEntries(metrics.map((each) => [each.metric, each.stats]))
    expect(stats.nOffered!.count).toBe(service.offered)
    expect(stats.tAnswered).toMatchObject({ count: service.answered, sum: service.answerWaitMs })
    expect(stats.tAbandon?.count ?? 0).toBe(service.abandoned)
    expect(stats.tWait!.count).toBe(service.offered)
    expect(stats.oServiceLevel).toMatchObject({
      numerator: service.answered - service.late,
      denominator: service.offered,
      target: 0.8,
    })
  }
})

test('however they are grouped and cut, as many were offered', async () => {
  const { ask } = await setup('quiet')
  const counts = []
  // From 05:30 to 06:00 by the clock of the test: whole buckets of every length.
  for (const groupBy of [[], ['mediaType'], ['queueId'], ['mediaType', 'queueId']])
    for (const granularity of ['PT1M', 'PT5M', 'PT15M', 'PT30M'])
      counts.push(sumOf(await ask(-2200, -400, { groupBy, granularity }), 'nOffered'))
  expect(counts[0]).toBeGreaterThan(100)
  expect(new Set(counts)).toEqual(new Set([counts[0]]))
})

test('only buckets that are over are told, of the time that the simulation knows', async () => {
  const { ask, wait, now, startMs } = await setup('quiet')
  wait(90_000)
  const { results } = await ask(-86_400, 86_400, { granularity: 'PT1M', groupBy: [] })
  const ends = results[0]!.data.map(({ interval }) => Date.parse(interval.split('/')[1]!))
  expect(Math.max(...ends)).toBeLessThanOrEqual(now())
  expect(Math.max(...ends)).toBeGreaterThan(now() - 60_000)
  expect(Math.min(...ends)).toBeGreaterThan(startMs - 3_600_000)
})

test('a filter takes one queue or one medium alone', async () => {
  const { ask, tenant } = await setup('quiet')
  const [, queue] = queuesOf(tenant.world)
  const { results } = await ask(-3600, 0, {
    groupBy: ['mediaType', 'queueId'],
    filter: {
      type: 'and',
      predicates: [
        { dimension: 'queueId', value: queue!.id },
        { dimension: 'mediaType', value: 'voice' },
      ],
    },
  })
  expect(results.map(({ group }) => group)).toEqual([{ mediaType: 'voice', queueId: queue!.id }])
})

test.each([
  { metrics: ['nTransferred'] },
  { metrics: [] },
  { groupBy: ['userId'] },
  { granularity: 'P1D' },
  { granularity: undefined },
  { interval: 'yesterday' },
  { filter: { type: 'or', predicates: [{ dimension: 'userId', value: 'x' }] } },
])('aggregates of %j are refused rather than answered wrongly', async (more) => {
  const { ask } = await setup('quiet')
  await expect(ask(-3600, 0, more)).rejects.toThrow('answered 400')
})
