import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { createCrosshair } from './crosshair.ts'
import { createGestures } from './gestures.ts'
import { createTimeFrame } from './timeFrame.ts'
import { LONGEST_MS, SHORTEST_MS } from './windowMath.ts'

const WIDTH = 1_000
const START = 1_700_000_000_000
/** 100 s over 1 000 pixels: a pixel is 100 ms. */
const HUNDRED_SECONDS = { from: epochMs(START), to: epochMs(START + 100_000) }

function setup(window = HUNDRED_SECONDS) {
  const steered = createSteeredClock()
  const frame = createTimeFrame(window, steered.timer.after)
  const crosshair = createCrosshair()
  const onBrush = vi.fn()
  const onSettled = vi.fn()
  frame.onSettled(onSettled)
  const gestures = createGestures({ frame, crosshair, widthPx: () => WIDTH, onBrush })
  const mouse = { pointer: 1, isTouch: false, isPan: false }
  const finger = (pointer: number) => ({ pointer, isTouch: true, isPan: false })
  const shown = () => {
    const { from, to } = frame.window()
    return [from - START, to - START]
  }
  return { ...gestures, steered, frame, crosshair, onBrush, onSettled, mouse, finger, shown }
}

test('a mouse that moves points, and points at nothing once it has left', () => {
  const { move, leave, crosshair } = setup()
  move(1, 250, false)
  expect(crosshair.get()).toEqual({ at: START + 25_000, isPinned: false })
  leave()
  expect(crosshair.get().at).toBeNull()
})

test('a click pins, a click on the pin releases, a click elsewhere pins there', () => {
  const { down, up, mouse, crosshair } = setup()
  const click = (x: number) => {
    down({ ...mouse, x })
    up(1, x)
  }
  click(250)
  expect(crosshair.get()).toEqual({ at: START + 25_000, isPinned: true })
  click(600)
  expect(crosshair.get()).toEqual({ at: START + 60_000, isPinned: true })
  click(602)
  expect(crosshair.get().isPinned).toBe(false)
})

test('a mouse draws a range, which becomes the window', () => {
  const { down, move, up, mouse, onBrush, onSettled, frame, shown } = setup()
  down({ ...mouse, x: 700 })
  move(1, 702, false)
  expect(onBrush).not.toHaveBeenCalled()
  move(1, 500, false)
  expect(onBrush).toHaveBeenLastCalledWith({ left: 500, width: 200 })
  move(1, -50, false)
  expect(onBrush).toHaveBeenLastCalledWith({ left: 0, width: 700 })
  // The clock goes on meanwhile; the range stays over what it was drawn on.
  frame.show({ from: epochMs(START + 5_000), to: epochMs(START + 105_000) })
  up(1, 500)
  expect(shown()).toEqual([50_000, 70_000])
  expect(onBrush).toHaveBeenLastCalledWith(null)
  expect(onSettled).toHaveBeenCalledExactlyOnceWith(frame.window())
})

test('a range that is too short to mean one changes nothing and lets the clock go on', () => {
  const { down, move, up, mouse, onSettled, frame, shown } = setup()
  down({ ...mouse, x: 500 })
  move(1, 520, false)
  up(1, 520)
  expect(onSettled).not.toHaveBeenCalled()
  expect(frame.isHeld()).toBe(false)
  frame.show({ from: epochMs(START + 1_000), to: epochMs(START + 101_000) })
  expect(shown()).toEqual([1_000, 101_000])
})

test('what is dragged stays under the finger, from the first pixel', () => {
  const { down, move, up, finger, shown, onSettled, frame } = setup()
  down({ ...finger(7), x: 300 })
  move(7, 303, true)
  expect(frame.isHeld()).toBe(false)
  move(7, 400, true)
  expect(shown()).toEqual([-10_000, 90_000])
  expect(frame.isHeld()).toBe(true)
  expect(onSettled).not.toHaveBeenCalled()
  up(7, 400)
  expect(onSettled).toHaveBeenCalledOnce()
})

test('Shift and the mouse drag too', () => {
  const { down, move, up, mouse, shown } = setup()
  down({ ...mouse, isPan: true, x: 500 })
  move(1, 400, false)
  up(1, 400)
  expect(shown()).toEqual([10_000, 110_000])
})

test('two fingers stretch the time between them, and one that is lifted leaves the other dragging', () => {
  const { down, move, up, finger, shown, onSettled } = setup()
  down({ ...finger(1), x: 400 })
  down({ ...finger(2), x: 600 })
  move(1, 300, true)
  move(2, 700, true)
  // 20 s were between the fingers; they are now over 400 pixels.
  expect(shown()).toEqual([25_000, 75_000])
  up(2, 700)
  expect(onSettled).not.toHaveBeenCalled()
  move(1, 400, true)
  expect(shown()).toEqual([20_000, 70_000])
  up(1, 400)
  expect(onSettled).toHaveBeenCalledOnce()
})

test('a pointer that the browser takes away forgets the range and keeps what was dragged', () => {
  const brush = setup()
  brush.down({ ...brush.mouse, x: 200 })
  brush.move(1, 600, false)
  brush.cancel(1)
  expect(brush.shown()).toEqual([0, 100_000])
  expect(brush.onSettled).not.toHaveBeenCalled()
  const drag = setup()
  drag.down({ ...drag.finger(1), x: 200 })
  drag.move(1, 300, true)
  drag.cancel(1)
  expect(drag.onSettled).toHaveBeenCalledOnce()
  expect(drag.shown()).toEqual([-10_000, 90_000])
})

test('the wheel zooms around the pointer, pans sideways, and settles when it rests', async () => {
  const { wheel, frame, shown, steered, onSettled } = setup()
  const turn = { x: 250, alongPx: 0, awayPx: 0, isPinch: false, isPan: false }
  wheel({ ...turn, alongPx: 100 })
  expect(shown()).toEqual([10_000, 110_000])
  wheel({ ...turn, awayPx: -100, isPan: true })
  expect(shown()).toEqual([0, 100_000])
  wheel({ ...turn, awayPx: -300 })
  const { from, to } = frame.window()
  expect((START + 25_000 - from) / (to - from)).toBeCloseTo(0.25, 3)
  await steered.advance(200)
  wheel({ ...turn, awayPx: 300 })
  await steered.advance(200)
  expect(onSettled).not.toHaveBeenCalled()
  await steered.advance(50)
  expect(onSettled).toHaveBeenCalledExactlyOnceWith(frame.window())
  expect(frame.isHeld()).toBe(false)
})

test('a pinch on a trackpad, which is a wheel with Ctrl, zooms as far as fingers do', () => {
  const { wheel, frame } = setup()
  wheel({ x: 500, alongPx: 0, awayPx: 10, isPinch: true, isPan: false })
  const { from, to } = frame.window()
  expect((to - from) / 100_000).toBeCloseTo(Math.exp(0.1), 3)
})

const anyHand = fc.oneof(
  fc.record({
    kind: fc.constant('down' as const),
    pointer: fc.integer({ min: 1, max: 3 }),
    isTouch: fc.boolean(),
    isPan: fc.boolean(),
    x: fc.integer({ min: -50, max: WIDTH + 50 }),
  }),
  fc.record({
    kind: fc.constantFrom('move' as const, 'up' as const, 'cancel' as const),
    pointer: fc.integer({ min: 1, max: 3 }),
    x: fc.integer({ min: -50, max: WIDTH + 50 }),
  }),
  fc.record({
    kind: fc.constant('wheel' as const),
    x: fc.integer({ min: 0, max: WIDTH }),
    alongPx: fc.integer({ min: -200, max: 200 }),
    awayPx: fc.integer({ min: -200, max: 200 }),
  }),
)

test('whatever the hands do, the window stays one, and once all are lifted nothing holds it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyHand, { maxLength: 40 }), async (hands) => {
      const { down, move, up, cancel, wheel, frame, steered, onBrush, onSettled } = setup()
      for (const hand of hands) {
        if (hand.kind === 'wheel') wheel({ ...hand, isPinch: false, isPan: false })
        else if (hand.kind === 'down') down(hand)
        else if (hand.kind === 'move') move(hand.pointer, hand.x, true)
        else if (hand.kind === 'up') up(hand.pointer, hand.x)
        else cancel(hand.pointer)
        const length = frame.window().to - frame.window().from
        expect(length).toBeGreaterThanOrEqual(SHORTEST_MS)
        expect(length).toBeLessThanOrEqual(LONGEST_MS)
      }
      const before = frame.window()
      for (const pointer of [1, 2, 3]) cancel(pointer)
      await steered.advance(1_000)
      expect(frame.isHeld()).toBe(false)
      expect(onBrush.mock.lastCall?.[0] ?? null).toBeNull()
      expect(frame.window()).toEqual(before)
      if (onSettled.mock.lastCall) expect(onSettled.mock.lastCall[0]).toEqual(frame.window())
    }),
  )
})
