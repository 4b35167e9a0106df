import { expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { createCrosshair } from './crosshair.ts'
import { keyAction } from './keyAction.ts'
import { performKey } from './performKey.ts'

const window = { from: epochMs(10_000), to: epochMs(60_000) }

function setup() {
  const reader = pyramidReader(
    seriesFromText(`
      0s 10s 20s 30s 40s 50s 60s 70s
       1   2   3   -   5   6   7   8
    `),
  )
  const crosshair = createCrosshair()
  const onEvent = vi.fn()
  const moveWindow = vi.fn()
  const press = (key: string, shiftKey = false) => {
    const action = keyAction({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false })
    if (action)
      performKey(action, window, crosshair, { step: reader.neighbour, onEvent, moveWindow })
    return action
  }
  return { crosshair, onEvent, moveWindow, press, at: () => crosshair.get().at }
}

test('arrows go from sample to sample, over a gap too, from the newest in sight', () => {
  const { press, at } = setup()
  press('ArrowLeft')
  expect(at()).toBe(60_000)
  press('ArrowLeft')
  press('ArrowLeft')
  expect(at()).toBe(40_000)
  press('ArrowLeft')
  expect(at()).toBe(20_000)
  press('ArrowRight')
  expect(at()).toBe(40_000)
})

test('Home and End are the first and last sample in sight', () => {
  const { press, at } = setup()
  press('Home')
  expect(at()).toBe(10_000)
  press('End')
  expect(at()).toBe(60_000)
})

test('a long step that would leave the series ends at its end, and the window follows', () => {
  const { press, at, moveWindow } = setup()
  press('Home')
  press('ArrowRight', true)
  expect(at()).toBe(70_000)
  expect(moveWindow).toHaveBeenCalledExactlyOnceWith({ from: 25_000, to: 75_000 })
  press('ArrowRight')
  expect(at()).toBe(70_000)
})

test('Enter pins, arrows move the pin, Esc releases', () => {
  const { press, crosshair } = setup()
  press('Enter')
  expect(crosshair.get().isPinned).toBe(false)
  press('End')
  press('Enter')
  press('ArrowLeft')
  expect(crosshair.get()).toEqual({ at: 50_000, isPinned: true })
  crosshair.point(epochMs(11_000))
  expect(crosshair.get().at).toBe(50_000)
  press('Escape')
  expect(crosshair.get()).toEqual({ at: null, isPinned: false })
})

test('N and P ask for the next and the previous event', () => {
  const { press, onEvent } = setup()
  press('n')
  press('P', true)
  expect(onEvent.mock.calls).toEqual([[1], [-1]])
})

test('plus and minus zoom around the crosshair or the newest end, Page keys pan by half', () => {
  const { press, moveWindow } = setup()
  press('+')
  expect(moveWindow).toHaveBeenLastCalledWith({ from: 35_000, to: 60_000 })
  press('Home')
  press('-')
  expect(moveWindow).toHaveBeenLastCalledWith({ from: 10_000, to: 110_000 })
  press('PageUp')
  expect(moveWindow).toHaveBeenLastCalledWith({ from: -15_000, to: 35_000 })
  press('PageDown')
  expect(moveWindow).toHaveBeenLastCalledWith({ from: 35_000, to: 85_000 })
})

test("other keys, and the browser's own, are left alone", () => {
  const { press } = setup()
  expect(press('Tab')).toBeNull()
  const withControl = { key: '-', shiftKey: false, ctrlKey: true, metaKey: false, altKey: false }
  expect(keyAction(withControl)).toBeNull()
})
