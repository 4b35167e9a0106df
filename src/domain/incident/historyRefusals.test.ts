import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ErrorEvent, errorEvent } from '../errors/errorEvent.ts'
import { type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS } from '../units.ts'
import { createHistoryRefusals } from './historyRefusals.ts'

const FROM = epochMs(Date.UTC(2026, 10, 17, 12))
const SPAN = { from: FROM, to: later(FROM, 4 * HOUR_MS), stepMs: HOUR_MS }
const after = (minutes: number) => later(FROM, minutes * MINUTE_MS)
const refusal = (at: EpochMs, known: Partial<ErrorEvent> = {}) =>
  errorEvent({ at, class: 'capacity', source: 'feed', ...known })

function countsOf(errors: readonly ErrorEvent[]) {
  const refusals = createHistoryRefusals(SPAN)
  refusals.add(errors, SPAN)
  return refusals.counts()
}

test('refusals are counted in their hour, and other failures not at all', () => {
  const errors = [
    refusal(after(0)),
    refusal(after(59.9), { count: 7 }),
    refusal(after(60)),
    refusal(after(90), { class: 'rate' }),
    refusal(after(239.9)),
  ]
  expect(countsOf(errors)).toEqual([8, 1, 0, 1])
})

test('what a feed counts is not counted again from a load test; where it counts none, the test is', () => {
  const errors = [
    refusal(after(10), { count: 5 }),
    refusal(after(11), { source: 'jtl', count: 4 }),
    refusal(after(12), { source: 'monitor' }),
    refusal(after(70), { source: 'jtl', count: 4 }),
    refusal(after(71), { source: 'monitor' }),
  ]
  expect(countsOf(errors)).toEqual([6, 5, 0, 0])
})

test('hours of which not all was read are not counted', () => {
  const refusals = createHistoryRefusals(SPAN)
  refusals.add([refusal(after(100))], SPAN)
  refusals.miss(after(60), after(100))
  expect(refusals.counts()).toEqual([0, null, 0, 0])
})

test('however a page is cut into readings, and in whatever order they hold it, counts are the same', () => {
  const anyErrors = fc.array(
    fc
      .record({
        at: fc.integer({ min: -30, max: 270 }).map(after),
        source: fc.constantFrom('feed' as const, 'jtl' as const, 'monitor' as const),
        count: fc.integer({ min: 1, max: 9 }),
      })
      .map(({ at, ...known }) => refusal(at, known)),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(anyErrors, fc.integer({ min: 0, max: 240 }), (errors, cutMinutes) => {
      const cut = after(cutMinutes)
      const refusals = createHistoryRefusals(SPAN)
      // Both readings give what touches the cut, as a history does at its ends.
      refusals.add(errors.toReversed(), { from: SPAN.from, to: cut })
      refusals.add(errors, { from: cut, to: SPAN.to })
      expect(refusals.counts()).toEqual(countsOf(errors))
    }),
  )
})
