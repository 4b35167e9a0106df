import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { queueChartTitle, queueChoicesIn, queueLineName } from './queueChoice.ts'

const metrics = [
  someMetric('acd.waiting', { title: 'Waiting' }),
  someMetric('acd.waiting.email', { title: 'Waiting, e-mail' }),
  someMetric('acd.waiting.voice', { title: 'Waiting, voice' }),
  someMetric('queue.interacting:q-1', { title: 'Interacting, Sales, north' }),
  someMetric('queue.waiting:q-1', { title: 'Waiting, Sales, north' }),
  someMetric('calls'),
]

test('what can be chosen are all media, the measured ones, then the queues of the settings', () => {
  expect(queueChoicesIn(metrics)).toEqual([
    { choice: { kind: 'all' }, name: null },
    { choice: { kind: 'media', media: 'voice' }, name: 'voice' },
    { choice: { kind: 'media', media: 'email' }, name: 'e-mail' },
    { choice: { kind: 'queue', id: 'q-1' }, name: 'Sales, north' },
  ])
  expect(queueChoicesIn([])).toHaveLength(1)
})

test('the chart is called after what was chosen, by its id where the name is not known', () => {
  const title = (choice: Parameters<typeof queueChartTitle>[0]) => queueChartTitle(choice, metrics)
  expect(title({ kind: 'all' })).toBe('Queue activity')
  expect(title({ kind: 'media', media: 'email' })).toBe('Queue activity, e-mail')
  expect(title({ kind: 'media', media: 'chat' })).toBe('Queue activity, chat')
  expect(title({ kind: 'queue', id: 'q-1' })).toBe('Queue activity, Sales, north')
  expect(title({ kind: 'queue', id: 'gone' })).toBe('Queue activity, gone')
})

test('its lines need not say again what the heading says', () => {
  expect(metrics.slice(2, 6).map(queueLineName)).toEqual([
    'Waiting',
    'Interacting',
    'Waiting',
    'calls',
  ])
  expect(queueLineName(someMetric('own.queue', { title: 'Queue of the proxy' }))).toBe(
    'Queue of the proxy',
  )
})
