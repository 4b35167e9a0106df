import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanInFlight } from '#domain/evidence/demand/meanInFlight.ts'
import { MINUTE_MS } from '#domain/units.ts'
import type { FileAttempt } from '#sources/imports/fileImport.ts'
import { createInFlight } from './inFlight.ts'

const attempt = (startMs: number, endMs: number, isRefused = false): FileAttempt => ({
  startMs,
  endMs,
  thread: null,
  errorClass: isRefused ? 'capacity' : null,
})

type Counter = ReturnType<typeof createInFlight>

function told(counter: Counter, isOver = false) {
  const { timeMs, value } = counter.news(isOver)
  return Array.from(timeMs, (at, i) => [at / 1000, value[i]])
}

test('a second is told when the file went on for as long as the longest request took', () => {
  const counter = createInFlight()
  counter.add(attempt(100, 600))
  expect(told(counter)).toEqual([])
  counter.add(attempt(1_000, 1_400))
  expect(told(counter)).toEqual([])
  counter.add(attempt(1_200, 1_500))
  expect(told(counter)).toEqual([[0, 0.5]])
  expect(told(counter)).toEqual([])
  expect(told(counter, true)).toEqual([[1, 0.7]])
})

test('a request that took longer than any before it corrects what was told', () => {
  const counter = createInFlight()
  counter.add(attempt(0, 500))
  counter.add(attempt(1_500, 2_000))
  expect(told(counter)).toEqual([[0, 0.5]])
  counter.add(attempt(250, 3_250))
  expect(told(counter)).toEqual([])
  counter.add(attempt(6_000, 6_250))
  expect(told(counter)).toEqual([
    [0, 1.25],
    [1, 1.5],
    [2, 1],
  ])
})

test('a refused request was never in flight, and a pause is zero from its first second to its last', () => {
  const counter = createInFlight()
  counter.add(attempt(0, 1_000))
  counter.add(attempt(0, 900, true))
  counter.add(attempt(60_000, 61_000))
  expect(told(counter, true)).toEqual([
    [0, 1],
    [1, 0],
    [59, 0],
    [60, 1],
  ])
})

test('only the last ten minutes of a request count', () => {
  const counter = createInFlight()
  counter.add(attempt(0, 30 * MINUTE_MS))
  const seconds = told(counter, true).map(([second]) => second!)
  expect([seconds[0], seconds.length]).toEqual([20 * 60, 10 * 60])
})

test('in whatever pieces it is told, the end is what a whole reading counts', () => {
  const request = fc.record({
    endMs: fc.integer({ min: 0, max: 40_000 }),
    tookMs: fc.integer({ min: 1, max: 15_000 }),
    isToldBehind: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 40 }), (requests) => {
      const rows = requests
        .toSorted((a, b) => a.endMs - b.endMs)
        .map(({ tookMs, ...rest }) => ({ ...rest, startMs: rest.endMs - tookMs }))
      const counter = createInFlight()
      const known = new Map<number, number>()
      const take = (isOver: boolean) => {
        const { timeMs, value } = counter.news(isOver)
        timeMs.forEach((at, i) => known.set(at, value[i]!))
      }
      for (const { startMs, endMs, isToldBehind } of rows) {
        counter.add(attempt(startMs, endMs))
        if (isToldBehind) take(false)
      }
      take(true)
      const whole = meanInFlight(
        rows.map(({ startMs }) => startMs),
        rows.map(({ endMs }) => endMs),
        1_000,
      )
      whole.timeMs.forEach((at, i) => {
        // Of a longer pause only the ends are told.
        if (whole.value[i]! > 0) expect([at, known.get(at)]).toEqual([at, whole.value[i]])
        else expect(known.get(at) ?? 0).toBe(0)
      })
      expect([...known.values()].filter((value) => value > 0)).toHaveLength(
        whole.value.filter((value) => value > 0).length,
      )
    }),
  )
})
