import { expect, test, vi } from 'vitest'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { lookForReturn, mayPass } from './lookForReturn.ts'

function setup() {
  const steered = createSteeredClock()
  const state = { isUp: false }
  const answers = vi.fn(() => Promise.resolve(state.isUp))
  const onBack = vi.fn()
  const stop = lookForReturn({ answers, after: steered.timer.after }, onBack)
  return { ...steered, state, answers, onBack, stop }
}

test('a server that is down is looked for less and less often, ten minutes apart in the end', async () => {
  const { advance, answers, onBack } = setup()
  const looksWithin = async (seconds: number) => {
    answers.mockClear()
    await advance(seconds * 1_000)
    return answers.mock.calls.length
  }
  expect(await looksWithin(29)).toBe(0)
  expect(await looksWithin(1)).toBe(1)
  // After 1, 2, 4, 8 and 10 minutes, and so on.
  expect(await looksWithin(15 * 60)).toBe(4)
  expect(await looksWithin(60 * 60)).toBe(6)
  expect(onBack).not.toHaveBeenCalled()
})

test('one that is back is told, and once more where what was read then failed, too', async () => {
  const { advance, state, onBack } = setup()
  await advance(30_000)
  state.isUp = true
  await advance(60_000)
  expect(onBack).toHaveBeenCalledOnce()
  await advance(120_000)
  expect(onBack).toHaveBeenCalledTimes(2)
})

test('nothing is asked, told or left behind once it was stopped', async () => {
  const { advance, state, answers, onBack, stop, timers } = setup()
  state.isUp = true
  answers.mockImplementation(() => {
    stop()
    return Promise.resolve(true)
  })
  await advance(600_000)
  expect(answers).toHaveBeenCalledOnce()
  expect(onBack).not.toHaveBeenCalled()
  expect(timers()).toBe(0)
})

test('what was too much or is empty does not pass by itself', () => {
  const kinds = ['network', 'unavailable', 'forbidden', 'timeout', 'badRequest', 'empty'] as const
  expect(kinds.filter((kind) => mayPass({ kind }))).toEqual(['network', 'unavailable', 'forbidden'])
})
