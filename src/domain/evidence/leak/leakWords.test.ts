import { expect, test } from 'vitest'
import { HOUR_MS, durationMs, epochMs, later } from '../../units.ts'
import type { Floor, Leak } from './leak.ts'
import { leakWords } from './leakWords.ts'

const AT = epochMs(Date.UTC(2026, 8, 17, 12, 30))
const floor = (iteration: number, state: Floor['state'] = 'settled'): Floor => ({
  iteration,
  from: AT,
  to: AT,
  state,
  value: state === 'settled' ? 40 + 56 * iteration : null,
  peak: 700 + 56 * iteration,
})

const EIGHT = Array.from({ length: 8 }, (_, i) => floor(i + 1))
const reaches = {
  value: 15,
  low: 15,
  high: 16,
  isRough: false,
  at: later(AT, HOUR_MS),
  inMs: durationMs(4_783_000),
}

const leak = (over: Partial<Leak> = {}): Leak => ({
  word: 'leak',
  floors: EIGHT,
  count: 8,
  s: 28,
  p: 1 / 40_320,
  perIteration: { value: 56, low: 54, high: 58 },
  reaches,
  doesWander: false,
  own: 0,
  ...over,
})

/** With ordinary spaces, so that a line can be read here. */
const said = (given: Leak, limit: number | null = 1_500) => {
  const words = leakWords(given, limit, 'Europe/Berlin')
  return words && Object.values(words).map((text) => text.replaceAll('\u202f', ' '))
}

test('a leak is said with its rise and the iteration of the break', () => {
  expect(said(leak())).toEqual([
    'Leak',
    'The floor rises +56 per iteration (54 to 58), 8 floors. At this pace 1 500 is reached at iteration 15, in ≈ 1 h 20 min (15:30).',
    'Against it: floors in random order rise like this once in 40 320; the limit may be reached at iteration 15 to 16.',
  ])
})

test('four floors are a suspicion that the fifth decides', () => {
  const suspected = leak({
    word: 'suspected',
    floors: EIGHT.slice(0, 4),
    count: 4,
    p: 1 / 24,
    reaches: null,
    perIteration: { value: 0.5, low: -0.25, high: 12 },
  })
  expect(said(suspected)).toEqual([
    'Leak suspected',
    'The floor rises +0.5 per iteration (−0.2 to 12), 4 floors. A fifth floor decides.',
    'Against it: floors in random order rise like this once in 24.',
  ])
})

test('growth that looks like a leak names both', () => {
  const floors = [...EIGHT.slice(0, 7), floor(8, 'undrained')]
  expect(said(leak({ word: 'cannot-separate', floors, count: 7, reaches: null }))?.[1]).toBe(
    'The floor rises +56 per iteration (54 to 58), 7 floors, but the load grows too, and 1 of 8 drains was still falling when the next iteration began. Equal iterations with longer pauses would tell the two apart.',
  )
})

test.each([
  {
    given: leak(),
    limit: null,
    end: 'The limit is unknown, so nothing can be said of when it is reached.',
  },
  { given: leak(), limit: 1_040, end: '1 040 was first reached at iteration 6.' },
  {
    given: leak({ reaches: { ...reaches, at: null, inMs: null } }),
    limit: 1_500,
    end: 'At this pace 1 500 is reached at iteration 15.',
  },
  {
    given: leak({ reaches: { ...reaches, inMs: durationMs(0) } }),
    limit: 1_500,
    end: 'At this pace 1 500 is reached at iteration 15, this one.',
  },
])('what is known of the break is said: $end', ({ given, limit, end }) => {
  expect(said(given, limit)?.[1]).toBe(
    `The floor rises +56 per iteration (54 to 58), 8 floors. ${end}`,
  )
})

test('floors that wander speak against a leak', () => {
  const wandering = leak({ doesWander: true, reaches: { ...reaches, high: Infinity } })
  expect(said(wandering)?.[2]).toBe(
    'Against it: floors in random order rise like this once in 40 320; the limit may be reached from iteration 15 on, or never; the floors wander by themselves, as other users of the organisation make them do: what the tested clients count as open would tell.',
  )
})

test('no leak has no words', () => {
  expect(said(leak({ word: 'none' }))).toBeNull()
})
