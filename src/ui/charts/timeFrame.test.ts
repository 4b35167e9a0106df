import { expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { createTimeFrame, STEP_PAUSE_MS } from './timeFrame.ts'

const window = (from: number, to: number) => ({ from: epochMs(from), to: epochMs(to) })

function setup() {
  const steered = createSteeredClock()
  const frame = createTimeFrame(window(0, 100), steered.timer.after)
  const onSettled = vi.fn()
  const onMoved = vi.fn()
  frame.onSettled(onSettled)
  frame.subscribe(onMoved)
  return { frame, onSettled, onMoved, ...steered }
}

test('the clock moves the window, but not out of a hand', () => {
  const { frame, onSettled } = setup()
  frame.show(window(10, 110))
  expect(frame.window()).toEqual(window(10, 110))
  frame.move(window(50, 150))
  frame.show(window(20, 120))
  expect(frame.window()).toEqual(window(50, 150))
  frame.settle()
  expect(onSettled).toHaveBeenCalledExactlyOnceWith(window(50, 150))
  frame.show(window(30, 130))
  expect(frame.window()).toEqual(window(30, 130))
})

test('a hand that lets go of a window it did not move settles nothing', () => {
  const { frame, onSettled, onMoved } = setup()
  frame.hold()
  frame.show(window(10, 110))
  expect(frame.window()).toEqual(window(0, 100))
  frame.release()
  expect(onSettled).not.toHaveBeenCalled()
  // What waited for the end of the gesture hears of it.
  expect(onMoved).toHaveBeenCalledOnce()
})

test('steps settle together, once they rest', async () => {
  const { frame, onSettled, advance } = setup()
  frame.nudge(window(10, 110))
  await advance(STEP_PAUSE_MS - 1)
  frame.nudge(window(20, 120))
  await advance(STEP_PAUSE_MS - 1)
  expect(onSettled).not.toHaveBeenCalled()
  await advance(1)
  expect(onSettled).toHaveBeenCalledExactlyOnceWith(window(20, 120))
})

test('a hand that takes over from steps settles for both', async () => {
  const { frame, onSettled, advance, timers } = setup()
  frame.nudge(window(10, 110))
  frame.hold()
  await advance(1_000)
  expect(onSettled).not.toHaveBeenCalled()
  frame.settle()
  expect(onSettled).toHaveBeenCalledOnce()
  expect(timers()).toBe(0)
})

test('what the wheel moved is kept, also where a click ends the pause', () => {
  const { frame, onSettled, timers } = setup()
  frame.nudge(window(10, 110))
  frame.release()
  expect(onSettled).toHaveBeenCalledExactlyOnceWith(window(10, 110))
  expect(timers()).toBe(0)
})

test('a window without length is refused, in a hand too', () => {
  const { frame } = setup()
  expect(() => frame.show(window(5, 5))).toThrow(RangeError)
  expect(() => frame.move(window(5, 4))).toThrow(RangeError)
  expect(() => createTimeFrame(window(1, 1))).toThrow(RangeError)
  expect(frame.window()).toEqual(window(0, 100))
})
