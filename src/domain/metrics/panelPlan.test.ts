import { expect, test } from 'vitest'
import type { Metric } from './metric.ts'
import { someMetric } from '#testing/someMetric.ts'
import { panelPlan, tileMetrics } from './panelPlan.ts'
import type { QueueChoice } from './queueChoice.ts'

const open = someMetric('open', { group: 'connections' })
const users = someMetric('users', { group: 'connections', provenance: 'proxy' })
const own = someMetric('own', { group: 'connections', scope: 'userApp' })
const threads = someMetric('threads', { group: 'connections', intervalMs: null })
const calls = someMetric('calls', { group: 'sessions' })
const callSessions = someMetric('callSessions.concurrent', { group: 'sessions' })
const flows = someMetric('flows')
const waiting = someMetric('waiting', { group: 'queue' })
const attempts = someMetric('connections.attempts', { kind: 'count' })

const ids = (metrics: readonly Metric[]) => metrics.map(({ id }) => id)

test('the upper chart shows what is measured for the organisation, and a file beside it', () => {
  const plan = panelPlan([own, users, open, threads, calls, callSessions, waiting, attempts], null)
  expect(ids(plan.connections)).toEqual(['open', 'threads'])
  expect(ids(plan.sessions)).toEqual(['callSessions.concurrent'])
  expect(ids(plan.queue)).toEqual(['waiting'])
  expect(plan.attempts).toBe(attempts)
})

test('without a measured count a proxy of the organisation comes before what one user holds', () => {
  expect(ids(panelPlan([own, users], null).connections)).toEqual(['users'])
})

test('a chosen metric takes its chart, any that is no connection the lower one', () => {
  const all = [open, users, calls, callSessions, flows]
  expect(ids(panelPlan(all, [users.id]).connections)).toEqual(['users'])
  expect(ids(panelPlan(all, [calls.id]).sessions)).toEqual(['calls'])
  expect(ids(panelPlan(all, [flows.id]).sessions)).toEqual(['flows'])
})

test('the queue chart shows all media, one of them, or one queue', () => {
  const queues = [
    'acd.interacting',
    'acd.waiting',
    'acd.longestWaiting',
    'acd.serviceLevel',
    'acd.waiting.voice',
    'acd.interacting.voice',
    'queue.interacting:q 1',
    'queue.waiting:q 1',
  ].map((id) => someMetric(id, { group: 'queue' }))
  const shown = (choice?: QueueChoice) => ids(panelPlan([...queues, open], null, choice).queue)
  expect(shown()).toEqual(['acd.interacting', 'acd.waiting'])
  expect(shown({ kind: 'media', media: 'voice' })).toEqual([
    'acd.interacting.voice',
    'acd.waiting.voice',
  ])
  expect(shown({ kind: 'queue', id: 'q 1' })).toEqual([
    'queue.interacting:q 1',
    'queue.waiting:q 1',
  ])
  expect(shown({ kind: 'queue', id: 'gone' })).toEqual([])
  expect(ids(panelPlan([queues[3]!, waiting], null).queue)).toEqual(['waiting'])
})

test('queues, counts and files have no tile', () => {
  expect(ids(tileMetrics([open, threads, waiting, attempts, flows]))).toEqual(['open', 'flows'])
})
