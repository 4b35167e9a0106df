import { expect, test } from 'vitest'
import { later } from '#domain/units.ts'
import { LAST_AT, someFollowed, someFollowedState } from '#testing/someFollowed.ts'
import { type FollowedFile, heardOf, liveliness } from './followedFile.ts'

const { handle } = someFollowed()
const heard = (
  before: FollowedFile | null,
  afterMs: number,
  known: Parameters<typeof someFollowedState>[0] = {},
  hasGrown = true,
) =>
  heardOf(
    handle,
    before,
    { kind: 'heard', observations: [], state: someFollowedState(known), hasGrown },
    later(LAST_AT, afterMs),
  )

test('what a file held at first counts as old as its newest sample', () => {
  const now = later(LAST_AT, 60_000)
  expect(liveliness(heard(null, 60_000), now)).toBe('blind')
  expect(heard(null, -5_000).grownAt).toBe(later(LAST_AT, -5_000))
})

test('a file lives as long as it grows', () => {
  const file = heard(heard(null, 60_000), 70_000)
  expect(liveliness(file, later(LAST_AT, 80_000))).toBe('fresh')
  expect(liveliness(file, later(LAST_AT, 90_000))).toBe('stale')
  expect(heard(file, 85_000, {}, false).grownAt).toBe(later(LAST_AT, 70_000))
})

test('a new run, and trouble, are remembered since they began', () => {
  const first = heard(null, 0)
  const second = heard(first, 1_000, { run: 2 })
  expect(heard(second, 2_000, { run: 2 }).runSince).toBe(later(LAST_AT, 1_000))
  const trouble = { why: 'gone', reason: '' } as const
  const gone = heard(second, 3_000, { run: 2, trouble }, false)
  expect(heard(gone, 4_000, { run: 2, trouble }, false).troubleSince).toBe(later(LAST_AT, 3_000))
  expect(heard(gone, 5_000, { run: 2 }).troubleSince).toBeNull()
})

test('an equal list of series is the same list, so that nothing is drawn anew for it', () => {
  const first = heard(null, 0)
  expect(heard(first, 1_000).state.metrics).toBe(first.state.metrics)
})
