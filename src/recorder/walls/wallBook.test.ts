import { expect, test } from 'vitest'
import { epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import { BEAT_EVERY_MS, createWallBook, type Wall } from './wallBook.ts'

const START = epochMs(Date.UTC(2026, 10, 30, 8))

function setup() {
  let at = START
  const told: string[] = []
  const book = createWallBook({
    now: () => at,
    changed: ({ name, state, since }: Wall) =>
      void told.push(`${name} ${state} ${(since - START) / 1000}`),
  })
  const pass = (ms: number) => (at = later(at, ms))
  const beat = (name: string, isBlind = false) => book.beat({ name, isBlind })
  return { book, told, pass, beat }
}

test('a wall that misses three beats is dark since the first of them, and told of once', () => {
  const { book, told, pass, beat } = setup()
  beat('left')
  pass(BEAT_EVERY_MS)
  beat('left')
  pass(3 * BEAT_EVERY_MS)
  expect(book.look()[0]!.state).toBe('lit')
  pass(BEAT_EVERY_MS)
  book.look()
  book.look()
  expect(told).toEqual(['left lit 0', 'left dark 60'])
  beat('left')
  expect(told.at(-1)).toBe('left lit 150')
})

test('a wall that beats and sees nothing is blind, which is not dark', () => {
  const { book, told, pass, beat } = setup()
  beat('left')
  pass(MINUTE_MS)
  beat('left', true)
  pass(BEAT_EVERY_MS)
  beat('left', true)
  expect(book.look()).toMatchObject([{ name: 'left', state: 'blind' }])
  expect(told).toEqual(['left lit 0', 'left blind 60'])
})

test('a wall that was taken down is forgotten after a day', () => {
  const { book, pass, beat } = setup()
  beat('old')
  pass(25 * HOUR_MS)
  beat('new')
  expect(book.look().map(({ name }) => name)).toEqual(['new'])
})

test('there is room for fifty walls, and known ones go on beating', () => {
  const { beat } = setup()
  for (let i = 0; i < 50; i += 1) expect(beat(`wall ${i}`)).toBe(true)
  expect(beat('one more')).toBe(false)
  expect(beat('wall 7')).toBe(true)
})
