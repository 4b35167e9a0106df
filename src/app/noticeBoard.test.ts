import { expect, test, vi } from 'vitest'
import { type EpochMs, HOUR_MS, later } from '#domain/units.ts'
import { createNoticeBoard } from './noticeBoard.ts'

function setup() {
  let now = Date.UTC(2026, 2, 2, 9) as EpochMs
  const changed = vi.fn<() => void>()
  const board = createNoticeBoard(() => now, changed)
  return { board, changed, pass: (byMs: number) => (now = later(now, byMs)) }
}

test('the three newest sentences stand there, each once', () => {
  const { board } = setup()
  for (const sentence of ['one', 'two', 'one', 'three', 'four']) board.say(sentence)
  expect(board.all()).toEqual(['one', 'three', 'four'])
})

test('what is said of one topic takes the place of what was said before', () => {
  const { board } = setup()
  board.say('9 entries were left out.', 'feed of Alder')
  board.say('The settings were not saved.')
  board.say('4 entries were left out.', 'feed of Elm')
  board.say('8 entries were left out.', 'feed of Alder')
  expect(board.all()).toEqual([
    'The settings were not saved.',
    '4 entries were left out.',
    '8 entries were left out.',
  ])
})

test('a dismissed topic is quiet for an hour, and no other is', () => {
  const { board, pass } = setup()
  board.say('9 entries were left out.', 'feed of Alder')
  board.dismiss('9 entries were left out.')
  board.say('8 entries were left out.', 'feed of Alder')
  board.say('4 entries were left out.', 'feed of Elm')
  expect(board.all()).toEqual(['4 entries were left out.'])
  pass(HOUR_MS)
  board.say('7 entries were left out.', 'feed of Alder')
  expect(board.all()).toContain('7 entries were left out.')
})

test('the same sentence again is no news', () => {
  const { board, changed } = setup()
  board.say('one')
  const before = board.all()
  board.say('one')
  expect(changed).toHaveBeenCalledTimes(1)
  expect(board.all()).toBe(before)
})
