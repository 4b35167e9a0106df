import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../../units.ts'
import { attemptColumns, attemptsOf } from './attempts.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent, type ClientEventKind } from './clientEvents.ts'

const event = (at: number, client: string, kind: ClientEventKind, tookMs = 0): ClientEvent => ({
  at: epochMs(at),
  client,
  kind,
  tookMs,
})

const plain = (attempts: ReturnType<typeof attemptsOf>) => ({
  client: [...attempts.client],
  start: [...attempts.startMs],
  end: [...attempts.endMs],
  failed: [...attempts.failed],
  released: [...attempts.releasedMs],
})

test('an opened connection is given back by the next closing of its client', () => {
  const told = [
    event(0, 'a', 'opened', 20),
    event(5, 'b', 'refused', 3),
    event(50, 'b', 'closed'),
    event(100, 'a', 'closed'),
    event(200, 'a', 'opened', 10),
  ]
  expect(plain(attemptsOf(told))).toEqual({
    client: [0, 1, 0],
    start: [0, 5, 200],
    end: [20, 8, 210],
    failed: [0, 1, 0],
    released: [100, Number.NaN, Number.NaN],
  })
})

test('a closing that was never told leaves one connection open and does not shift the later ones', () => {
  const told = [event(0, 'a', 'opened'), event(10, 'a', 'opened'), event(15, 'a', 'closed')]
  expect(plain(attemptsOf(told)).released).toEqual([Number.NaN, 15])
})

test('events may come in any order and more than once', () => {
  const told = [
    event(0, 'a', 'opened'),
    event(0, 'b', 'opened'),
    event(40, 'a', 'closed'),
    event(60, 'b', 'closed'),
    event(70, 'b', 'refused'),
  ]
  expect(plain(attemptsOf([...told.toReversed(), ...told]))).toMatchObject({
    start: [0, 0, 70],
    failed: [0, 0, 1],
  })
  expect(attemptsOf([...told, ...told])).toEqual(attemptsOf(told))
})

test('columns are in the order of starts, and what makes no sense was not seen', () => {
  const attempts = attemptColumns([
    { client: 'late', startMs: 9, endMs: 4, failed: false, releasedMs: 5 },
    { client: 'never', startMs: Number.NaN, endMs: 4, failed: false },
    { client: 'early', startMs: 1, endMs: Number.NaN, failed: true, releasedMs: 8 },
  ])
  expect(plain(attempts)).toEqual({
    client: [0, 1],
    start: [1, 9],
    end: [1, 9],
    failed: [1, 0],
    released: [Number.NaN, Number.NaN],
  })
})

test('no events are no attempts', () => {
  expect(attemptsOf([]).startMs).toHaveLength(0)
})

const anyEvents = fc.array(
  fc.record({
    at: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(Number.NaN)).map(epochMs),
    kind: fc.constantFrom(...CLIENT_EVENT_KINDS),
    client: fc.constantFrom('a', 'b', 'c'),
    tookMs: fc.constantFrom(0, 3, -1, Number.NaN),
  }),
  { maxLength: 40 },
)

test('whatever is told, attempts are in order and never end before they start', () => {
  fc.assert(
    fc.property(anyEvents, (told) => {
      const { startMs, endMs, failed, releasedMs } = attemptsOf(told)
      startMs.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual(startMs[i - 1] ?? 0)
        expect(endMs[i]).toBeGreaterThanOrEqual(at)
        if (!Number.isNaN(releasedMs[i])) expect(releasedMs[i]).toBeGreaterThanOrEqual(at)
        if (failed[i]) expect(releasedMs[i]).toBeNaN()
      })
    }),
  )
})
