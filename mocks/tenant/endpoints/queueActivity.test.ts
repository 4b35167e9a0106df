import { expect, test } from 'vitest'
import { onQueueUsersAt, presencesAt } from '../../model/people.ts'
import { activityAt, MEDIA, queueShare, queuesOf } from '../../model/queues.ts'
import { steeredTenant } from '../../steeredTenant.ts'

const ACTIVITY = '/api/v2/analytics/conversations/activity/query'

async function setup(...args: Parameters<typeof steeredTenant>) {
  const steered = steeredTenant(...args)
  await steered.signIn()
  return steered
}

test('the longest wait is told as the instant since when, and not at all where nobody waits', async () => {
  type Activity = {
    results: {
      group: { mediaType: string; queueId: string }
      data: { metric: string; count?: number; calculatedMetricValue?: number }[]
    }[]
  }
  const { post, now, wait } = await setup('quiet')
  const seen = { with: 0, without: 0 }
  for (let turn = 0; turn < 20; turn += 1) {
    wait(30_000)
    const { results } = await post<Activity>(ACTIVITY, {
      metrics: ['oWaiting', 'oLongestWaiting', 'oLongestInteracting'].map((metric) => ({ metric })),
      groupBy: ['mediaType', 'queueId'],
    })
    for (const { data } of results) {
      const waiting = data.find(({ metric }) => metric === 'oWaiting')!.count!
      const longest = data.find(({ metric }) => metric === 'oLongestWaiting')
      expect(longest !== undefined).toBe(waiting > 0)
      seen[longest ? 'with' : 'without'] += 1
      if (!longest) continue
      const agoSec = (now() - longest.calculatedMetricValue!) / 1000
      expect(agoSec).toBeGreaterThan(0)
      expect(agoSec).toBeLessThan(86_400)
    }
  }
  expect(Math.min(seen.with, seen.without)).toBeGreaterThan(0)
})

test('users on queue are observed by queue, beside what is observed by medium', async () => {
  const { post, tenant } = await setup('quiet')
  const [queue] = queuesOf(tenant.world)
  const { results } = await post<{
    results: {
      group: { mediaType?: string; queueId: string }
      data: { metric: string; stats: { count: number } }[]
    }[]
  }>('/api/v2/analytics/queues/observations/query', {
    filter: { type: 'or', predicates: [{ dimension: 'queueId', value: queue!.id }] },
    metrics: ['oOnQueueUsers', 'oWaiting'],
  })
  expect(results).toHaveLength(MEDIA.length + 1)
  expect(results.find(({ group }) => group.mediaType === undefined)!.data).toEqual([
    {
      metric: 'oOnQueueUsers',
      stats: { count: onQueueUsersAt(tenant.world, 0, queueShare(0)) },
    },
  ])
  const voice = results.find(({ group }) => group.mediaType === 'voice')!.data
  expect(voice).toEqual([
    { metric: 'oWaiting', stats: { count: activityAt(tenant.world, 0, 0, 'voice').waiting } },
  ])
})

test('no queue has more users on queue than there are', async () => {
  const { tenant } = await setup('quiet')
  const all = presencesAt(tenant.world, 0).find(({ presence }) => presence === 'ON_QUEUE')!.count
  const counts = queuesOf(tenant.world).map(({ index }) =>
    onQueueUsersAt(tenant.world, 0, queueShare(index)),
  )
  expect(Math.max(...counts)).toBeLessThanOrEqual(all)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(all)
})
