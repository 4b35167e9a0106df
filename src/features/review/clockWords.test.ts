import { expect, test } from 'vitest'
import type { SourceClock } from '#domain/incident/incident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { durationMs, epochMs } from '#domain/units.ts'
import type { ClockView } from '#monitor/review/reviewState.ts'
import { clockSentence, proposalOf } from './clockWords.ts'

const unknown: ClockView = {
  against: 'WebSocket connections',
  curve: null,
  found: null,
  drift: null,
  headers: null,
  failure: null,
}
const drift = {
  ppm: 200,
  lowPpm: 150,
  highPpm: 250,
  from: epochMs(1_000),
  movedMs: durationMs(-3_000),
  plusMinusMs: durationMs(700),
  endMovesMs: durationMs(-4_000),
  stretches: 8,
}
const clock = (parts: Partial<SourceClock>): SourceClock => ({
  movedMs: durationMs(0),
  plusMinusMs: null,
  how: 'byHand',
  drift: null,
  ...parts,
})

test('a proposal with a drift is as sure as its start, and as its end', () => {
  // 50 ppm either way over the 20 000 s that 4 s at 200 ppm take.
  expect(proposalOf({ ...unknown, drift })).toMatchObject({
    plusMinusMs: 1_000,
    how: 'correlation',
  })
  const wide = { ...drift, plusMinusMs: durationMs(2_500) }
  expect(proposalOf({ ...unknown, drift: wide })?.plusMinusMs).toBe(2_500)
})

test('a clock that is moved by its drift alone is not called left as it is', () => {
  expect(clockSentence(clock({}), unknown)).toBe('Left as it is by hand.')
  const drifting = clock({ how: 'correlation', drift: { ppm: 200, from: epochMs(0) } })
  expect(plainSpaces(clockSentence(drifting, unknown))).toBe(
    'Right at its start, and runs 200 ppm fast: moved by that by cross-correlation.',
  )
})

test('a clock that was ahead was moved back', () => {
  const moved = clock({ movedMs: durationMs(-41_000), plusMinusMs: durationMs(2_000) })
  expect(plainSpaces(clockSentence(moved, unknown))).toBe(
    'Was 41.0 s ahead, moved back; ± 2 s by hand.',
  )
})
