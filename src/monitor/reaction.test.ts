import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs } from '#domain/units.ts'
import { SourceError } from '#sources/sourceError.ts'
import { reactionTo } from './reaction.ts'

const failure = (failuresInRow: number, everyMs = 10_000) => ({
  error: new SourceError('unavailable', 'down', { status: 503 }),
  usesToken: true,
  everyMs: durationMs(everyMs),
  failuresInRow,
})

test('back-off never waits longer than a minute, and its ceiling doubles', () => {
  const ceilings = [1, 2, 3, 4, 9].map((row) => reactionTo(failure(row), () => 1))
  expect(ceilings).toEqual(
    [10_000, 20_000, 40_000, 60_000, 60_000].map((waitMs) => ({ kind: 'retry', waitMs })),
  )
})

test('a feed waits a quarter of a minute at most, unless it asks for more', () => {
  const down = { ...failure(9, 2_000), usesToken: false }
  expect(reactionTo(down, () => 1)).toEqual({ kind: 'retry', waitMs: 15_000 })
  const details = { status: 503, retryAfterMs: durationMs(40_000) }
  const error = new SourceError('unavailable', 'busy', details)
  expect(reactionTo({ ...down, error }, () => 1)).toEqual({ kind: 'retry', waitMs: 40_000 })
})

test('the jitter is full: any wait below the ceiling can come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 3_600_000 }),
      fc.double({ min: 0, max: 0.9999, noNaN: true }),
      (row, everyMs, random) => {
        const reaction = reactionTo(failure(row, everyMs), () => random)
        const ceiling = reactionTo(failure(row, everyMs), () => 1)
        if (reaction.kind !== 'retry' || ceiling.kind !== 'retry') throw new Error('expected retry')
        expect(ceiling.waitMs).toBeLessThanOrEqual(60_000)
        expect(reaction.waitMs).toBe(Math.ceil(ceiling.waitMs * random))
      },
    ),
  )
})

test('what the API does not have is not asked for again; a feed that is not there may come back', () => {
  const error = new SourceError('absent', 'no', { status: 404 })
  expect(reactionTo({ ...failure(1), error }, () => 0)).toEqual({ kind: 'off', retryMs: null })
  expect(reactionTo({ ...failure(1), error, usesToken: false }, () => 0)).toEqual({
    kind: 'off',
    retryMs: 15 * 60_000,
  })
})

test('a feed that refuses our token is off, since signing in to Genesys Cloud does not help it', () => {
  const error = new SourceError('unauthorised', 'no', { status: 401 })
  expect(reactionTo({ ...failure(1), error, usesToken: false }, () => 0).kind).toBe('off')
  expect(reactionTo({ ...failure(1), error }, () => 0).kind).toBe('signedOut')
})
