import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs, MINUTE_MS } from '../units.ts'
import { errorEvent } from './errorEvent.ts'
import { errorsPerMinute, withLateCount } from './errorsPerMinute.ts'

const refused = (atMs: number, known: object = {}) =>
  errorEvent({ at: epochMs(atMs), class: 'capacity', source: 'feed', status: 503, ...known })

test('errors of one minute and kind are one that counts them all, and names nobody', () => {
  const events = [
    refused(60_001, { correlationId: 'a', message: 'no room', app: 'messenger' }),
    refused(119_999, { correlationId: 'b', count: 3, app: 'messenger' }),
    refused(120_000, { correlationId: 'c', app: 'messenger' }),
  ]
  expect(errorsPerMinute(events)).toEqual([
    refused(60_000, { count: 4, app: 'messenger' }),
    refused(120_000, { app: 'messenger' }),
  ])
})

test('what a server named is kept apart: it decides the grade', () => {
  const limit = { namespace: 'push', key: 'sockets', value: 50 }
  const events = [refused(1), refused(2, { limit }), refused(3, { code: 'too.many.requests' })]
  expect(errorsPerMinute(events)).toHaveLength(3)
})

test('no failure is lost, and folding what is folded changes nothing', () => {
  const anyEvent = fc
    .record({
      at: fc.integer({ min: 0, max: 5 * MINUTE_MS }),
      count: fc.integer({ min: 1, max: 9 }),
      route: fc.constantFrom('a', 'b', null),
      correlationId: fc.option(fc.string()),
    })
    .map(({ at, ...known }) => refused(at, known))
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const folded = errorsPerMinute(events)
      const total = (some: typeof folded) => some.reduce((sum, { count }) => sum + count, 0)
      expect(total(folded)).toBe(total(events))
      expect(errorsPerMinute(folded)).toEqual(folded)
    }),
  )
})

test('errors that come late are added, and those that come once again are not', () => {
  expect(withLateCount(40, 3)).toBe(43)
  expect(withLateCount(40, 40)).toBe(40)
  expect(withLateCount(0, 2)).toBe(2)
})
