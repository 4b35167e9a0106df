import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { attemptsAt } from './attemptsAt.ts'

const attempts = someMetric('connections.attempts', { kind: 'count', group: 'connections' })
const connections = someMetric('connections.open', { group: 'connections' })
const calls = someMetric('calls.concurrent', { group: 'sessions' })
const own = someMetric('own.channels', { group: 'connections', scope: 'userApp' })

test('attempts to connect are attempts at the limit of connections, and at no other', () => {
  const all = [attempts, connections, calls, own]
  expect(attemptsAt(connections, all)).toBe(attempts)
  expect(attemptsAt(connections, [connections])).toBeNull()
  expect(attemptsAt(calls, all)).toBeNull()
  expect(attemptsAt(own, all)).toBeNull()
})
