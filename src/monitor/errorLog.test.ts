import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  ERROR_CLASSES,
  type ErrorClass,
  type ErrorEvent,
  errorEvent,
} from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import { timesAsLong } from '#testing/timesAsLong.ts'
import { createErrorLog } from './errorLog.ts'

const atOnce = (flush: () => void) => flush()
const event = (at: number, known: Partial<ErrorEvent> = {}) =>
  errorEvent({ at: epochMs(at), class: 'capacity', source: 'feed', status: 503, ...known })
const all = [epochMs(-Infinity), epochMs(Infinity)] as const

test('counts add up what the events stand for, from the first instant to before the last', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10, { count: 3 }), event(20), event(30, { class: 'rate' })])
  expect(log.count('capacity', epochMs(10), epochMs(20))).toBe(3)
  expect(log.count('capacity', epochMs(10), epochMs(21))).toBe(4)
  expect(log.count('rate', ...all)).toBe(1)
  expect(log.count('network', ...all)).toBe(0)
  expect(log.count('capacity', epochMs(30), epochMs(10))).toBe(0)
})

test('an event that comes late takes its place', () => {
  const log = createErrorLog(atOnce)
  log.add([event(30), event(10)])
  log.add([event(20, { class: 'auth', status: 401 })])
  expect(log.between(...all).map(({ at }) => at)).toEqual([10, 20, 30])
  expect(log.count('capacity', epochMs(15), epochMs(40))).toBe(1)
})

test('a page that comes twice counts once', () => {
  const log = createErrorLog(atOnce)
  const page = [event(10, { count: 5 }), event(10, { route: 'WS /v1' }), event(11)]
  log.add(page)
  log.add(structuredClone(page))
  expect(log.size()).toBe(3)
  expect(log.count('capacity', ...all)).toBe(7)
})

test('hearing the same page again is no news', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10)])
  const heard = vi.fn<() => void>()
  log.subscribe(heard)
  log.add([event(10)])
  log.add([])
  expect(heard).not.toHaveBeenCalled()
  log.add([event(12)])
  expect(heard).toHaveBeenCalledTimes(1)
})

test('equal events in one report are separate failures', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10), event(10)])
  expect(log.count('capacity', ...all)).toBe(2)
})

test('a second that was reported before it was over is corrected, not counted twice', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10, { count: 2 })])
  log.add([event(10, { count: 5 })])
  expect(log.count('capacity', ...all)).toBe(5)
  log.add([event(10, { count: 2 })])
  expect(log.count('capacity', ...all)).toBe(5)
})

test('events that differ in correlation id only are different ones', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10, { correlationId: 'a' })])
  log.add([event(10, { correlationId: 'b' })])
  expect(log.size()).toBe(2)
})

test('finds the next and the previous event, also of chosen classes', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10), event(20, { class: 'rate' }), event(30)])
  expect(log.next(epochMs(10), 1)?.at).toBe(20)
  expect(log.next(epochMs(10), 1, new Set(['capacity']))?.at).toBe(30)
  expect(log.next(epochMs(30), -1)?.at).toBe(20)
  expect(log.next(epochMs(10), -1)).toBeNull()
  expect(log.next(epochMs(30), 1)).toBeNull()
  expect(log.next(epochMs(0), 1, new Set())).toBeNull()
})

test('a full log gives up its oldest events and says from when on it is complete', () => {
  const log = createErrorLog(atOnce, 100)
  expect(log.incompleteBefore()).toBeNull()
  log.add(Array.from({ length: 101 }, (_, i) => event(i)))
  expect(log.size()).toBe(90)
  expect(log.incompleteBefore()).toBe(11)
  expect(log.count('capacity', ...all)).toBe(90)
  log.add([event(5), event(200)])
  expect(log.between(...all)[0]?.at).toBe(11)
  expect(log.size()).toBe(91)
})

test('what was forgotten with its time cannot come back, and counts no more', () => {
  const log = createErrorLog(atOnce)
  log.add([event(10), event(20, { class: 'rate' }), event(30)])
  log.dropBefore(epochMs(20))
  log.add([event(5), event(40)])
  expect(log.between(...all).map(({ at }) => at)).toEqual([20, 30, 40])
  expect(log.count('capacity', ...all)).toBe(2)
  expect(log.incompleteBefore()).toBe(20)
})

const anyEvents = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 40 }).map(epochMs),
    class: fc.constantFrom<ErrorClass>('capacity', 'rate', 'network'),
    count: fc.integer({ min: 1, max: 4 }),
    correlationId: fc.uuid(),
  }),
  { maxLength: 60 },
)

test('however events arrive, stretches and columns count what a list of them would', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvents, { maxLength: 5 }),
      fc.integer({ min: -5, max: 45 }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 12 }),
      (reports, from, length, columns) => {
        const log = createErrorLog(atOnce)
        const list = reports.flat().map((known) => errorEvent({ source: 'feed', ...known }))
        let start = 0
        for (const report of reports) {
          log.add(list.slice(start, start + report.length))
          start += report.length
        }
        const to = from + length
        for (const errorClass of ERROR_CLASSES) {
          const inside = list.filter(
            (one) => one.class === errorClass && one.at >= from && one.at < to,
          )
          const sum = inside.reduce((total, { count }) => total + count, 0)
          expect(log.count(errorClass, epochMs(from), epochMs(to))).toBe(sum)
          const drawn = log.columns(errorClass, epochMs(from), epochMs(to), columns)
          const edge = (column: number) => from + (length * column) / columns
          const expected = Array.from({ length: columns }, (_, column) =>
            inside
              .filter(({ at }) => at >= edge(column) && at < edge(column + 1))
              .reduce((total, { count }) => total + count, 0),
          )
          expect([...drawn]).toEqual(expected)
        }
        const times = log.between(...all).map(({ at }) => at)
        expect(times).toEqual(list.map(({ at }) => at).sort((a, b) => a - b))
      },
    ),
  )
})

test('columns cost hardly more where eight times as many events lie outside the window', () => {
  const columnsBefore = (outside: number) => {
    const log = createErrorLog(atOnce)
    log.add(Array.from({ length: outside + 1_000 }, (_, i) => event(i, { correlationId: `${i}` })))
    const [from, to] = [epochMs(outside), epochMs(outside + 1_000)]
    return () => {
      for (let i = 0; i < 20; i++) log.columns('capacity', from, to, 500)
    }
  }
  expect(timesAsLong(columnsBefore(2_000), columnsBefore(16_000), 200)).toBeLessThan(3)
})

test('columns of equal width end with the window, also where they do not divide it evenly', () => {
  const log = createErrorLog(atOnce)
  const start = 1_800_000_000_000
  log.add(Array.from({ length: 1_000 }, (_, i) => event(start + i, { correlationId: `${i}` })))
  for (let columns = 1; columns < 200; columns++) {
    const counts = log.columns('capacity', epochMs(start), epochMs(start + 1_000), columns)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1_000)
  }
})
