import { expect, test, vi } from 'vitest'
import { createFrameLoop } from './frameLoop.ts'

/** Frames that come when the test says so. */
function setup() {
  let waiting: (() => void) | null = null
  const cancel = vi.fn(() => {
    waiting = null
  })
  let clockMs = 0
  const loop = createFrameLoop(
    (call) => {
      waiting = call
      return 7
    },
    cancel,
    () => clockMs,
  )
  return {
    loop,
    /** A drawing that takes so long. */
    taking: (ms: number) => vi.fn(() => void (clockMs += ms)),
    cancel,
    isWaiting: () => waiting !== null,
    frame: () => {
      const call = waiting
      waiting = null
      call?.()
    },
  }
}

test('any number of changes before a frame are one drawing', () => {
  const { loop, frame } = setup()
  const draw = vi.fn()
  const layer = loop.add(draw)
  frame()
  for (let i = 0; i < 5; i++) layer.invalidate()
  frame()
  frame()
  expect(draw).toHaveBeenCalledTimes(2)
})

test('without changes no frame is asked for', () => {
  const { loop, frame, isWaiting } = setup()
  loop.add(() => undefined)
  frame()
  expect(isWaiting()).toBe(false)
})

test('only what has changed is drawn', () => {
  const { loop, frame } = setup()
  const draws = [vi.fn(), vi.fn()]
  const layers = draws.map((draw) => loop.add(draw))
  frame()
  layers[1]!.invalidate()
  frame()
  expect(draws.map((draw) => draw.mock.calls.length)).toEqual([1, 2])
})

test('what is invalidated while others draw comes with this frame, or, drawn already, with the next', () => {
  const { loop, frame, isWaiting } = setup()
  const drawn: string[] = []
  let isFirst = true
  const before = loop.add(() => drawn.push('before'))
  loop.add(() => {
    drawn.push('leader')
    if (isFirst) {
      before.invalidate()
      after.invalidate()
    }
    isFirst = false
  })
  const after = loop.add(() => drawn.push('after'))
  frame()
  expect(drawn).toEqual(['before', 'leader', 'after'])
  frame()
  expect(drawn).toEqual(['before', 'leader', 'after', 'before'])
  expect(isWaiting()).toBe(false)
})

test('what was removed is not drawn, and a stopped loop asks for nothing', () => {
  const { loop, frame, cancel, isWaiting } = setup()
  const draw = vi.fn()
  loop.add(draw).remove()
  frame()
  expect(draw).not.toHaveBeenCalled()
  loop.invalidateAll()
  loop.add(draw)
  loop.stop()
  expect(cancel).toHaveBeenCalledWith(7)
  expect(isWaiting()).toBe(false)
})

test('first drawings that take long come in over several frames; from then on all share one', () => {
  const { loop, frame, taking } = setup()
  const draws = Array.from({ length: 4 }, () => taking(4))
  for (const draw of draws) loop.add(draw)
  const drawn = () => draws.map((draw) => draw.mock.calls.length)
  frame()
  expect(drawn()).toEqual([1, 1, 0, 0])
  frame()
  expect(drawn()).toEqual([1, 1, 1, 1])
  loop.invalidateAll()
  frame()
  expect(drawn()).toEqual([2, 2, 2, 2])
})

test('a layer without anything to draw on yet keeps its first drawing', () => {
  const { loop, frame, taking } = setup()
  let isReady = false
  const late = taking(1)
  const layer = loop.add(late, () => (isReady ? 'ready' : 'waiting'))
  frame()
  expect(late).not.toHaveBeenCalled()
  isReady = true
  layer.invalidate()
  frame()
  expect(late).toHaveBeenCalledOnce()
})

test('a first drawing is prepared part by part, with frames between where it takes long', () => {
  const { loop, frame, taking } = setup()
  const part = taking(10)
  const draw = vi.fn()
  loop.add(draw, () => {
    if (part.mock.calls.length === 4) return 'ready'
    part()
    return 'unfinished'
  })
  frame()
  expect([part, draw].map(({ mock }) => mock.calls.length)).toEqual([2, 0])
  frame()
  expect([part, draw].map(({ mock }) => mock.calls.length)).toEqual([4, 0])
  frame()
  expect(draw).toHaveBeenCalledOnce()
})

test('what is on the screen goes first; what is new waits for one frame at most', () => {
  const { loop, frame, taking } = setup()
  const shown = taking(30)
  loop.add(shown)
  frame()
  const fresh = [taking(1), taking(1)]
  for (const draw of fresh) loop.add(draw)
  const drawn = () => fresh.map(({ mock }) => mock.calls.length)
  const found = [1, 2, 3, 4].map(() => {
    loop.invalidateAll()
    frame()
    return drawn()
  })
  expect(found).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 1],
  ])
})
