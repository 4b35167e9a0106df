import { expect, test } from 'vitest'
import { epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { createPastBoard } from './pastBoard.ts'
import type { PrometheusProblem } from './problem.ts'

const ORG = orgId('alder')
const START = epochMs(Date.UTC(2026, 2, 2, 8))
const hour = (count: number) => later(START, count * HOUR_MS)
const problem = (from: number, to: number, message = 'It is down.'): PrometheusProblem => ({
  kind: 'network',
  message,
  from: hour(from),
  to: hour(to),
})
const span = (from: number, to: number) => ({ from: hour(from), to: hour(to) })

function setup() {
  const steered = createSteeredClock()
  return { ...steered, board: createPastBoard(steered.timer.after) }
}

/** `0–4 It is down.`, of all that is told. */
const told = (board: ReturnType<typeof createPastBoard>) =>
  board
    .state(ORG)
    .problems.map(
      ({ from, to, message }) => `${(from - START) / HOUR_MS}–${(to - START) / HOUR_MS} ${message}`,
    )

test('what could not be read is told until the same stretch is read anew', () => {
  const { board } = setup()
  board.read(ORG, 'samples', span(0, 10), [problem(2, 6)])
  board.read(ORG, 'samples', span(7, 10), [])
  expect(told(board)).toEqual(['2–6 It is down.'])
  board.read(ORG, 'samples', span(3, 4), [])
  expect(told(board)).toEqual(['2–3 It is down.', '4–6 It is down.'])
  board.read(ORG, 'samples', span(0, 10), [problem(5, 6, 'It is slow.')])
  expect(told(board)).toEqual(['5–6 It is slow.'])
  board.read(ORG, 'samples', span(0, 10), [])
  expect(told(board)).toEqual([])
})

test('the minutes that a moving window left behind are not told for ever', () => {
  const { board } = setup()
  // What stood at the beginning was asked about by itself.
  board.read(ORG, 'samples', span(0, 10), [problem(0, 10), problem(0, 0)])
  const moved = { from: later(hour(0), 4 * MINUTE_MS), to: hour(10) }
  board.read(ORG, 'samples', moved, [])
  expect(told(board)).toEqual([])
})

test('steps that came whole say nothing of the samples, nor one organisation of another', () => {
  const { board } = setup()
  board.read(ORG, 'samples', span(0, 10), [problem(2, 6)])
  board.read(ORG, 'steps', span(0, 10), [])
  board.read(orgId('birch'), 'samples', span(0, 10), [])
  expect(told(board)).toEqual(['2–6 It is down.'])
  board.forget(ORG)
  expect(told(board)).toEqual([])
})

test('a wait is told once it has lasted a second, and until the last answer', async () => {
  const { board, advance } = setup()
  const answers: (() => void)[] = []
  const slow = () => new Promise<void>((done) => void answers.push(done))
  const [one, other] = [board.during(ORG, slow()), board.during(ORG, slow())]
  await board.during(ORG, Promise.resolve())
  await advance(999)
  expect(board.state(ORG).isSlow).toBe(false)
  await advance(1)
  expect(board.state(ORG).isSlow).toBe(true)
  answers[0]!()
  await one
  expect(board.state(ORG).isSlow).toBe(true)
  answers[1]!()
  await other
  expect(board.state(ORG).isSlow).toBe(false)
})

test('a state is the same object until something changes, and listeners hear when it does', () => {
  const { board } = setup()
  let heard = 0
  board.subscribe(() => (heard += 1))
  const before = board.state(ORG)
  board.read(ORG, 'samples', span(0, 1), [])
  expect(board.state(ORG)).toBe(before)
  board.read(ORG, 'samples', span(0, 1), [problem(0, 1)])
  expect(board.state(ORG)).not.toBe(before)
  expect(heard).toBe(1)
})
