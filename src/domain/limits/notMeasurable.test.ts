import { expect, test } from 'vitest'
import { metricId } from '../units.ts'
import { notMeasurable } from './notMeasurable.ts'

const reasonFor = (namespace: string, key: string, isTrackable: boolean | null = null) =>
  notMeasurable({ namespace, key }, null, { isTrackable })

test('gives no reason where a metric shows the use', () => {
  const key = { namespace: 'platform.api', key: 'token.rate.per.minute' }
  expect(notMeasurable(key, metricId('api.requestsPerMinute'))).toBeNull()
})

test('knows why published keys cannot be measured', () => {
  expect(reasonFor('dataactions', 'requests.volume.max')).toBe('usage arrives 24 h late')
  expect(reasonFor('dataactions', 'actions.concurrent.executions.max')).toBe(
    'no public call counts running actions',
  )
  expect(reasonFor('platform.api', 'org.app.user.rate.per.minute')).toBe(
    'other clients of the organisation are not visible',
  )
  expect(reasonFor('platform.api', 'ui.token.rate.per.minute')).toBe(
    "counted per token, and only Tidemark's own is visible",
  )
  expect(reasonFor('platform.api', 'request.bytes.max')).toBe('a size, not a use')
  expect(reasonFor('web.messaging', 'messages.per.session.rate.per.second')).toBe(
    'counted per guest session, never summed',
  )
  expect(reasonFor('quality', 'evaluations.per.agent.per.day')).toBe(
    'counted per agent, never summed',
  )
})

test('tells from the words of a key it has never seen', () => {
  expect(reasonFor('bots.voice', 'utterance.seconds.max')).toBe('a length of time, not a use')
  expect(reasonFor('notifications', 'channels.max')).toBe(
    "only this user's own channels can be listed",
  )
  expect(reasonFor('web.messaging', 'guest.sessions.concurrent.max')).toBe(
    'no public call counts guest sessions',
  )
  expect(reasonFor('routing', 'members.per.queue.max')).toBe('counted per queue, never summed')
})

test('claims no more than that no call is known where nothing else can be told', () => {
  expect(reasonFor('future.namespace', 'anything.max')).toBe(
    'no public call is known that counts this',
  )
})

test('says that a trackable limit may be recorded once it is nearly reached', () => {
  expect(reasonFor('analytics', 'queries.concurrent.max', true)).toBe(
    'no public call is known that counts this; the platform may record it from about 90 % on',
  )
  expect(reasonFor('platform.api', 'request.bytes.max', true)).toBe('a size, not a use')
})
