import { expect, test } from 'vitest'
import { durationMs, later } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { LAST_AT, someFollowed, someFollowedState } from '#testing/someFollowed.ts'
import type { FollowedFile } from './followedFile.ts'
import { followWords, paceWarnings } from './followWords.ts'

function said(known: Partial<FollowedFile>, afterMs = 1_000, threads: number | null = 130) {
  const now = later(LAST_AT, afterMs)
  const { state, before, words } = followWords(someFollowed(known), { now, zone: 'UTC', threads })
  return `${state}: ${before}run.jtl${plainSpaces(words)}`
}

test('a file that grows says how many samples, when the last was, and how many threads', () => {
  expect(said({})).toBe(
    'ok: Following run.jtl: 12 482 samples, last at 13:12:40, 130 threads; 8 099 capacity.',
  )
  expect(said({}, 1_000, null)).toBe(
    'ok: Following run.jtl: 12 482 samples, last at 13:12:40; 8 099 capacity.',
  )
})

test('a file that is late says since when, and on which day where that is in doubt', () => {
  expect(said({}, 15_001)).toBe(
    'stale: Following run.jtl: nothing new since 13:12:40; 12 482 samples; 8 099 capacity.',
  )
  expect(said({}, 86_400_000)).toMatch(/^stale: .*nothing new since 13:12:40 on Thu 17 Sep 2026;/)
})

test('a file that grows in long steps is late only after three of them', () => {
  const state = someFollowedState({ paceMs: durationMs(28_000) })
  expect(said({ state }, 60_000)).toMatch(/^ok: /)
  expect(said({ state }, 85_000)).toMatch(/^stale: /)
  expect(paceWarnings(someFollowed({ state }))).toEqual([
    expect.stringMatching(/about every 28.s: .*autoflush=true$/),
  ])
  expect(paceWarnings(someFollowed())).toEqual([])
})

test('a file without samples is one that is awaited', () => {
  expect(said({ state: someFollowedState({ soFar: null }) })).toMatch(
    /^ok: Following run\.jtl: no samples yet; JMeter writes 8 kB at a time unless .*=true\.$/,
  )
})

test('a file that began anew says when, and that nothing was lost', () => {
  expect(said({ state: someFollowedState({ run: 2 }) })).toMatch(
    /^ok: Following run\.jtl, begun anew at 13:12:40: 12 482 .*\. What was read before stays\.$/,
  )
})

test('lines that were left out are warned of', () => {
  const { soFar } = someFollowedState()
  const summary = { ...soFar!.summary, rejected: 2 }
  const state = someFollowedState({ soFar: { ...soFar!, summary } })
  expect(said({ state })).toMatch(/^warn: .*; 2 lines left out\.$/)
})

test.each([
  ['gone', 'is gone since 13:12:40. It goes on as soon as there is a file of that name again'],
  ['barred', 'may not be read since 13:12:40: the browser asks for your permission again'],
  [
    'unreadable',
    'cannot be read since 13:12:40: the disk is full. It is tried again twice a second',
  ],
] as const)('a file that is %s says so, and what happens next', (why, words) => {
  const state = someFollowedState({ trouble: { why, reason: 'the disk is full.' } })
  expect(said({ state, troubleSince: LAST_AT })).toContain(`warn: run.jtl ${words}`)
})
