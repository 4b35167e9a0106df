import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  HEIGHT,
  MINUTE,
  PATIENTLY,
  START,
  at,
  everyTenSeconds,
  frames,
  prepareCharts,
  renderCharts,
  shift,
  textsSince,
} from '#testing/renderCharts.tsx'

beforeEach(prepareCharts)
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the crosshair', () => {
  test('follows the pointer through all rows, with its time, and leaves with it', async () => {
    const { slider, part, crosshair } = await renderCharts()
    await slider.hover({ position: { x: 500, y: 100 } })
    await frames()
    expect(crosshair.get()).toEqual({ at: at(30), isPinned: false })
    expect(part('time-tag').textContent).toBe('12:00:00')
    const line = part('crosshair').getBoundingClientRect()
    const stack = slider.element().getBoundingClientRect()
    expect(line.left - stack.left).toBeCloseTo(500, 0)
    expect(line.height).toBeGreaterThan(20 + HEIGHT + 112)
    slider.element().dispatchEvent(new PointerEvent('pointerleave'))
    await frames()
    expect(part('crosshair').style.visibility).toBe('hidden')
    expect(part('time-tag').style.visibility).toBe('hidden')
  })

  test('puts a ring on the line, and none in a gap', async () => {
    const { screen, crosshair } = await renderCharts({
      series: everyTenSeconds((minutes) => (minutes > 20 && minutes < 26 ? null : 875)),
    })
    const ring = screen.container.querySelector<HTMLElement>('[data-part="dot"]')!
    crosshair.moveTo(at(10))
    await frames()
    expect(ring.style.visibility).toBe('visible')
    const panel = page.getByRole('img', { name: 'Connections' }).element().getBoundingClientRect()
    const place = ring.getBoundingClientRect()
    // Half of the 1 750 that the axis spans.
    expect((place.top + place.bottom) / 2 - panel.top).toBeCloseTo(HEIGHT / 2, -0.5)
    crosshair.moveTo(at(23))
    await frames()
    expect(ring.style.visibility).toBe('hidden')
  })

  test('moves by keys from sample to sample, says its time, is pinned and released', async () => {
    const { slider, crosshair } = await renderCharts()
    await userEvent.tab()
    expect(document.activeElement).toBe(slider.element())
    await userEvent.keyboard('{Home}{ArrowRight}{Shift>}{ArrowRight}{/Shift}{ArrowLeft}')
    await frames()
    expect(crosshair.get().at).toBe(START + 100_000)
    await expect.element(slider).toHaveAttribute('aria-valuetext', '11:31:40, Thu 17 Sep 2026')
    await userEvent.keyboard('{Enter}')
    await slider.hover({ position: { x: 700, y: 50 } })
    await expect
      .element(slider)
      .toHaveAttribute('aria-valuetext', '11:31:40, Thu 17 Sep 2026, pinned')
    await userEvent.keyboard('{Escape}')
    await expect.element(slider).toHaveAttribute('aria-valuetext', 'no instant chosen')
  })

  test('a click pins it, another one on it releases it', async () => {
    const { slider, crosshair } = await renderCharts()
    await slider.click({ position: { x: 250, y: 60 } })
    expect(crosshair.get()).toEqual({ at: at(15), isPinned: true })
    await slider.hover({ position: { x: 600, y: 60 } })
    expect(crosshair.get().at).toBe(at(15))
    await slider.click({ position: { x: 251, y: 60 } })
    expect(crosshair.get().isPinned).toBe(false)
  })

  test('asks for the next and the previous event', async () => {
    const { onEvent } = await renderCharts()
    await userEvent.tab()
    await userEvent.keyboard('np')
    expect(onEvent.mock.calls).toEqual([[1], [-1]])
  })
})

describe('the window', () => {
  test('is the range that was drawn', async () => {
    const { slider, onSettled, frame } = await renderCharts()
    await userEvent.dragAndDrop(slider, slider, {
      sourcePosition: { x: 250, y: 50 },
      targetPosition: { x: 500, y: 60 },
    })
    expect(onSettled).toHaveBeenLastCalledWith({ from: at(15), to: at(30) })
    expect(frame.window()).toEqual({ from: at(15), to: at(30) })
  })

  test('moves along while Shift is held', async () => {
    const { slider, onSettled } = await renderCharts()
    await userEvent.keyboard('{Shift>}')
    await userEvent.dragAndDrop(slider, slider, {
      sourcePosition: { x: 500, y: 50 },
      targetPosition: { x: 400, y: 50 },
    })
    await userEvent.keyboard('{/Shift}')
    expect(onSettled).toHaveBeenLastCalledWith({ from: at(6), to: at(66) })
  })

  test('a render in the middle of a gesture does not end it', async () => {
    const { ui, screen, slider, onSettled } = await renderCharts()
    // Capture is for real pointers only.
    vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockReturnValue()
    const { left } = slider.element().getBoundingClientRect()
    const pointer = (type: string, x: number) =>
      slider.element().dispatchEvent(new PointerEvent(type, { clientX: left + x, button: 0 }))
    const later = vi.fn()
    pointer('pointerdown', 250)
    await screen.rerender(ui({ onReset: later }))
    pointer('pointermove', 400)
    pointer('pointerup', 500)
    expect(onSettled).toHaveBeenLastCalledWith({ from: at(15), to: at(30) })
    await slider.dblClick({ position: { x: 300, y: 50 } })
    expect(later).toHaveBeenCalledOnce()
  })

  test('zooms around the pointer with the wheel and tells when that is over', async () => {
    const { slider, onSettled, frame } = await renderCharts()
    const { left, top } = slider.element().getBoundingClientRect()
    const turn = { deltaY: -300, clientX: left + 250, clientY: top + 50, cancelable: true }
    const event = new WheelEvent('wheel', turn)
    slider.element().dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    const { from, to } = frame.window()
    expect((to - from) / (60 * MINUTE)).toBeCloseTo(Math.exp(-0.6))
    expect((at(15) - from) / (to - from)).toBeCloseTo(0.25)
    expect(frame.isHeld()).toBe(true)
    expect(onSettled).not.toHaveBeenCalled()
    await expect.poll(() => onSettled.mock.lastCall, PATIENTLY).toEqual([{ from, to }])
    expect(frame.isHeld()).toBe(false)
  })

  test('pans with a sideways wheel', async () => {
    const { slider, frame } = await renderCharts()
    slider.element().dispatchEvent(new WheelEvent('wheel', { deltaX: 100, cancelable: true }))
    expect(frame.window()).toEqual({ from: at(6), to: at(66) })
  })

  test('a double click asks for the one before', async () => {
    const { slider, onReset } = await renderCharts()
    await slider.dblClick({ position: { x: 300, y: 50 } })
    expect(onReset).toHaveBeenCalledOnce()
  })
})

describe('the cost', () => {
  test('moving the window, the crosshair and new samples render nothing', async () => {
    const { frame, crosshair, reader, onRender } = await renderCharts()
    onRender.mockClear()
    const drawn = await textsSince(() => {
      frame.show({ from: at(2), to: at(62) })
      crosshair.moveTo(at(20))
      reader.push(at(61), 510)
    })
    expect(drawn).toContain('Limit 1 000')
    expect(onRender).not.toHaveBeenCalled()
  })

  test('a value beyond the axis gives it a new scale', async () => {
    const { reader, onRender } = await renderCharts()
    onRender.mockClear()
    reader.push(at(60), 4_000)
    await expect.element(page.getByText('4\u202f000')).toBeVisible()
    expect(onRender).toHaveBeenCalled()
  })

  test('a panel that is out of sight draws nothing until it is back', async () => {
    const { screen, frame } = await renderCharts()
    const host = screen.container.firstElementChild as HTMLElement
    host.style.marginTop = '5000px'
    // The observer reports out of sight with a frame of its own.
    await expect.poll(async () => (await textsSince(() => shift(frame))).length, PATIENTLY).toBe(0)
    host.style.marginTop = '0'
    await expect.poll(async () => (await textsSince()).length, PATIENTLY).toBe(0)
    expect((await textsSince(() => shift(frame))).length).toBeGreaterThan(0)
  })

  test('an unmounted stack leaves nothing behind', async () => {
    const { screen, reader, frame } = await renderCharts()
    expect(reader.listeners()).toBeGreaterThan(0)
    await screen.unmount()
    expect(reader.listeners()).toBe(0)
    expect(await textsSince(() => shift(frame))).toEqual([])
  })
})
