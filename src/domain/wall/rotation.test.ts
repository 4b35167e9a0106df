import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, epochMs, later, SECOND_MS } from '../units.ts'
import { LEAST_DWELL_MS, pinnedTile, type RotatedTile, shownTiles } from './rotation.ts'

const START = epochMs(1_800_000_000_000)
const tile = (id: string, isCritical = false, size = 1): RotatedTile => ({ id, isCritical, size })
const ids = (tiles: readonly RotatedTile[]) => tiles.map(({ id }) => id).join('')
const many = (letters: string) => letters.split('').map((letter) => tile(letter))
const dwell = durationMs(20 * SECOND_MS)
const room = (places: number) => ({ room: places, most: 7, dwellMs: dwell })

test('what has room stays: nothing rotates', () => {
  const tiles = many('abcdefg')
  for (const seconds of [0, 20, 40, 3_600])
    expect(ids(shownTiles(tiles, room(7), later(START, seconds * SECOND_MS)))).toBe('abcdefg')
})

test('more organisations than fit take turns, and a critical one never leaves', () => {
  const tiles = [tile('A', true), ...many('bcdef')]
  const turns = [0, 20, 40, 60].map((seconds) =>
    ids(shownTiles(tiles, room(3), later(START, seconds * SECOND_MS))),
  )
  expect(new Set(turns)).toEqual(new Set(['Abc', 'Ade', 'Af']))
})

test('a tall tile takes the room of two', () => {
  const tiles = [tile('a', false, 2), tile('b'), tile('c', false, 2), tile('d')]
  const turns = [0, 20].map((seconds) =>
    ids(shownTiles(tiles, room(3), later(START, seconds * SECOND_MS))),
  )
  expect(turns.toSorted()).toEqual(['ab', 'cd'])
})

test('two critical ones have the pinned half in turns of twenty seconds', () => {
  const turns = [0, 19, 20, 39, 40].map((seconds) =>
    pinnedTile(['first', 'second'], epochMs(40_000 * 1_000 + seconds * SECOND_MS)),
  )
  expect(turns).toEqual(['first', 'first', 'second', 'second', 'first'])
  expect(pinnedTile([], START)).toBeNull()
})

const anyTiles = fc
  .array(fc.record({ isCritical: fc.boolean(), size: fc.constantFrom(1, 1, 1, 1.5) }), {
    maxLength: 20,
  })
  .map((list) => list.map((known, i): RotatedTile => ({ id: `${i}`, ...known })))
const anyInstant = fc.integer({ min: 0, max: 4e12 }).map((at) => epochMs(at))

test('while critical ones have room all of them are on the screen at every instant', () => {
  fc.assert(
    fc.property(anyTiles, anyInstant, (tiles, now) => {
      const critical = tiles.filter(({ isCritical }) => isCritical)
      const size = critical.reduce((sum, each) => sum + each.size, 0)
      fc.pre(size <= 7 && critical.length <= 7)
      const shown = shownTiles(tiles, room(7), now)
      for (const each of critical) expect(shown).toContain(each)
    }),
  )
})

test('each tile is shown within one round, and never less than ten seconds at a time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constant(1), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 60_000 }),
      (sizes, dwellMs) => {
        const tiles = sizes.map((size, i) => tile(`${i}`, false, size))
        const at = (seconds: number) =>
          shownTiles(
            tiles,
            { room: 7, most: 7, dwellMs: durationMs(dwellMs) },
            later(START, seconds * SECOND_MS),
          ).map(({ id }) => id)
        const seen = new Map<string, number>()
        for (let second = 0; second < 600; second++)
          for (const id of at(second)) seen.set(id, (seen.get(id) ?? 0) + 1)
        expect(seen.size).toBe(tiles.length)
        for (const seconds of seen.values())
          expect(seconds).toBeGreaterThanOrEqual(LEAST_DWELL_MS / SECOND_MS)
      },
    ),
    { numRuns: 20 },
  )
})

test('more than the room holds is shown only where one alone is too large', () => {
  fc.assert(
    fc.property(anyTiles, anyInstant, (tiles, now) => {
      const shown = shownTiles(tiles, room(4), now)
      const size = shown.reduce((sum, each) => sum + each.size, 0)
      expect(size <= 4 || shown.length === 1).toBe(true)
      expect(shown.length).toBeLessThanOrEqual(7)
      expect(tiles.length > 0 && shown.length === 0).toBe(false)
    }),
  )
})
