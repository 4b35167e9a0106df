import { Profiler } from 'react'
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../theme/tokens.css'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import { ChartStack } from './ChartStack.tsx'
import type { PanelLimit, PanelSeries } from './chartData.ts'
import { createCrosshair } from './crosshair.ts'
import { ErrorLanes } from './ErrorLanes.tsx'
import { RunsStrip } from './RunsStrip.tsx'
import { SeriesPanel } from './SeriesPanel.tsx'
import { AxisDate, TimeAxis } from './TimeAxis.tsx'
import { createTimeFrame } from './timeFrame.ts'

/** 11:30 in Berlin; the window is the hour after it, 100 pixels for 6 minutes. */
const START = Date.parse('2026-09-17T09:30:00Z')
const MINUTE = 60_000
const PLOT_WIDTH = 1_000
const AXIS = 44
const HEIGHT = 164
const at = (minutes: number) => epochMs(START + minutes * MINUTE)
const HOUR = { from: at(0), to: at(60) }

const LIMIT: PanelLimit = {
  noun: 'Limit',
  unknownReason: 'no key published for this metric',
  steps: [
    { from: at(-60), value: 1_000, source: 'namespace default' },
    { from: at(40), value: 1_500, source: 'change request' },
  ],
}

/** A sample every 10 s, save where `valueAt` knows none. */
function everyTenSeconds(valueAt: (minutes: number) => number | null, until = 60): Series {
  const samples = Array.from({ length: until * 6 + 1 }, (_, i) => i / 6).flatMap((minutes) => {
    const value = valueAt(minutes)
    return value === null ? [] : [{ at: at(minutes), value }]
  })
  return {
    timeMs: Float64Array.from(samples, (sample) => sample.at),
    value: Float64Array.from(samples, ({ value }) => value),
  }
}

type Options = { series?: Series; limit?: PanelLimit | null; errors?: readonly number[] }

async function setup({
  series = everyTenSeconds(() => 500),
  limit = LIMIT,
  errors = [],
}: Options = {}) {
  const reader = pyramidReader(series)
  const frame = createTimeFrame(HOUR)
  const crosshair = createCrosshair()
  const panel: PanelSeries[] = [
    { reader, title: 'Connections', style: 'water', gapAfterMs: 25_000, staleAfterMs: 30_000 },
  ]
  const log = {
    columns: (errorClass: string, from: number, to: number, columns: number) => {
      const counts = new Float64Array(columns)
      for (const each of errors) {
        const column = Math.floor(((each - from) / (to - from)) * columns)
        if (errorClass === 'capacity' && column >= 0 && column < columns) counts[column]! += 1
      }
      return counts
    },
    subscribe: () => () => undefined,
    version: () => 0,
  }
  const iterations = [{ from: at(10), to: null, label: '1' }]
  const onWindow = vi.fn()
  const onReset = vi.fn()
  const onEvent = vi.fn()
  const onRender = vi.fn()
  const now = () => at(60)
  const inset = { left: AXIS, right: 0, bottom: 24 }
  const ui = (handlers: { onWindow: typeof onWindow }) => (
    <Profiler id="charts" onRender={onRender}>
      <div style={{ width: PLOT_WIDTH + AXIS, background: 'var(--bg)', fontFamily: 'Arial' }}>
        <ChartStack
          {...{ frame, crosshair, now, inset, onReset, onEvent, ...handlers }}
          zone="Europe/Berlin"
          step={reader.neighbour}
        >
          <div style={{ height: 20 }}>
            <RunsStrip iterations={iterations} summary="One iteration" />
          </div>
          <div style={{ height: HEIGHT }}>
            <SeriesPanel
              series={panel}
              limit={limit}
              summary="Connections: 500 of 1 000"
              isLeading
            />
          </div>
          <div style={{ height: 112 }}>
            <ErrorLanes errors={log} hasOther={false} summary="No errors" />
          </div>
          <div style={{ height: 24 }}>
            <TimeAxis />
          </div>
          <AxisDate />
        </ChartStack>
      </div>
    </Profiler>
  )
  const screen = await render(ui({ onWindow }))
  const slider = page.getByRole('slider')
  const canvasOf = (name: string) =>
    page.getByRole('img', { name }).element().closest('div[class*=panel]')!.querySelector('canvas')!
  const part = (name: string) => document.querySelector<HTMLElement>(`[data-part="${name}"]`)!
  await frames()
  return {
    ui,
    screen,
    reader,
    frame,
    crosshair,
    slider,
    canvasOf,
    part,
    onWindow,
    onReset,
    onEvent,
    onRender,
  }
}

/** Two frames: what is invalidated in one is drawn by the end of the next. */
const frames = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))

/** For what the browser reports in its own time, on a busy machine too. */
const PATIENTLY = { interval: 20, timeout: 10_000 }

const WATER = [0x56, 0xb4, 0xe9]
const LIMIT_COLOUR = [0xf2, 0xe9, 0x7f]

/** The places in a rectangle of a canvas that hold a colour, give or take what smoothing does to it. */
function pixelsOf(canvas: HTMLCanvasElement, colour: readonly number[], from: number, to: number) {
  const ratio = window.devicePixelRatio
  const context = canvas.getContext('2d')!
  const image = context.getImageData(from * ratio, 0, (to - from) * ratio, canvas.height)
  const found: { x: number; y: number }[] = []
  for (let i = 0; i < image.data.length; i += 4) {
    const isNear = colour.every((channel, c) => Math.abs(image.data[i + c]! - channel) < 24)
    if (!isNear || image.data[i + 3]! < 100) continue
    const pixel = i / 4
    found.push({
      x: from + (pixel % image.width) / ratio,
      y: Math.floor(pixel / image.width) / ratio,
    })
  }
  return found
}
const xOfMinute = (minutes: number) => AXIS + (minutes / 60) * PLOT_WIDTH

let writing: MockInstance<CanvasRenderingContext2D['fillText']>
/** What is written on canvases after a change. */
const textsSince = async (change: () => void = () => undefined) => {
  writing.mockClear()
  change()
  await frames()
  return writing.mock.calls.map(([text]) => text.replaceAll('\u202f', ' '))
}

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'dark'
  writing = vi.spyOn(CanvasRenderingContext2D.prototype, 'fillText')
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the picture', () => {
  test('a single spike among a hundred thousand samples is drawn to its height', async () => {
    const size = 100_000
    const series = {
      timeMs: Float64Array.from({ length: size }, (_, i) => START + i * 36),
      value: Float64Array.from({ length: size }, (_, i) => (i === 44_444 ? 900 : 100)),
    }
    const { canvasOf } = await setup({ series })
    const x = xOfMinute((44_444 * 36) / MINUTE)
    const spike = pixelsOf(canvasOf('Connections'), WATER, Math.floor(x) - 2, Math.ceil(x) + 2)
    const beside = pixelsOf(canvasOf('Connections'), WATER, Math.floor(x) - 30, Math.floor(x) - 10)
    const highest = Math.min(...spike.map(({ y }) => y))
    // 900 of the 1 750 that the axis spans.
    expect(highest).toBeGreaterThan(HEIGHT * (1 - 900 / 1_750) - 5)
    expect(highest).toBeLessThan(HEIGHT * (1 - 900 / 1_750) + 5)
    expect(Math.min(...beside.map(({ y }) => y))).toBeGreaterThan(highest + 60)
  })

  test('a gap is hatched, named, and not bridged', async () => {
    const { canvasOf, frame } = await setup({
      series: everyTenSeconds((minutes) => (minutes > 20 && minutes < 26 ? null : 500)),
    })
    const canvas = canvasOf('Connections')
    expect(pixelsOf(canvas, WATER, xOfMinute(20) + 4, xOfMinute(26) - 4)).toEqual([])
    expect(pixelsOf(canvas, WATER, xOfMinute(19), xOfMinute(20) - 2).length).toBeGreaterThan(0)
    const texts = await textsSince(() => frame.show({ from: at(0), to: at(59) }))
    expect(texts).toContain('gap 6 min')
  })

  test('zero is a line on the axis, missing is no line', async () => {
    const { canvasOf } = await setup({
      series: everyTenSeconds((minutes) => (minutes < 30 ? 0 : null)),
    })
    const canvas = canvasOf('Connections')
    const zero = pixelsOf(canvas, WATER, xOfMinute(5), xOfMinute(25))
    expect(Math.min(...zero.map(({ y }) => y))).toBeGreaterThan(HEIGHT - 5)
    expect(pixelsOf(canvas, WATER, xOfMinute(31), xOfMinute(59))).toEqual([])
  })

  test('a series that fell silent says since when', async () => {
    const { frame } = await setup({ series: everyTenSeconds(() => 500, 45) })
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('nothing since 12:15')
  })

  test('the limit is a stepped line, labelled at each step with its value and reason', async () => {
    const { canvasOf, frame } = await setup()
    const canvas = canvasOf('Connections')
    const heightIn = (from: number, to: number) =>
      Math.min(...pixelsOf(canvas, LIMIT_COLOUR, xOfMinute(from), xOfMinute(to)).map(({ y }) => y))
    expect(heightIn(5, 35)).toBeGreaterThan(heightIn(42, 58) + 30)
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('Limit 1 000')
    expect(texts).toContain('Limit 1 500')
    expect(texts).toContain(' from 12:10, change request')
  })

  test('an unknown limit is words and no line', async () => {
    const { canvasOf, frame } = await setup({ limit: { ...LIMIT, steps: [] } })
    expect(pixelsOf(canvasOf('Connections'), LIMIT_COLOUR, AXIS, AXIS + PLOT_WIDTH)).toEqual([])
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('Limit unknown: no key published for this metric')
    expect(texts.filter((text) => text.startsWith('Limit '))).toHaveLength(1)
  })

  test('time at the limit is shaded in its row and in the rows below, and measured in words', async () => {
    const { canvasOf, frame } = await setup({
      series: everyTenSeconds((minutes) => (minutes >= 10 && minutes <= 20 ? 1_000 : 300)),
    })
    const tintAt = (canvas: HTMLCanvasElement, minutes: number) => {
      const ratio = window.devicePixelRatio
      const context = canvas.getContext('2d')!
      return context.getImageData(xOfMinute(minutes) * ratio, 30 * ratio, 1, 1).data[3]!
    }
    const connections = canvasOf('Connections')
    const errors = canvasOf('No errors')
    expect(tintAt(connections, 15)).toBeGreaterThan(tintAt(errors, 15))
    expect(tintAt(errors, 15)).toBeGreaterThan(0)
    expect(tintAt(errors, 25)).toBe(0)
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('at limit 10 min')
  })

  test('the count of the highest error column stands at the axis', async () => {
    const { canvasOf, frame } = await setup({ errors: Array.from({ length: 33 }, () => at(30)) })
    const crit = pixelsOf(canvasOf('No errors'), [0xea, 0x55, 0x1f], xOfMinute(29), xOfMinute(31))
    expect(crit.length).toBeGreaterThan(50)
    expect(await textsSince(() => frame.show({ from: at(1), to: at(60) }))).toContain('33')
  })

  test('the axis has round clock times of the zone, and its date', async () => {
    const { frame } = await setup()
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('11:45')
    expect(texts).toContain('12:30')
    await expect.element(page.getByText('Thu 17 Sep 2026, CEST')).toBeVisible()
  })

  test('the plot of the shell begins and ends where the canvas draws', async () => {
    const { screen } = await setup()
    const line = screen.container.querySelector('.recharts-cartesian-grid-horizontal line')!
    expect([line.getAttribute('x1'), line.getAttribute('x2')]).toEqual([
      String(AXIS),
      String(AXIS + PLOT_WIDTH),
    ])
  })

  test('another theme repaints what is drawn', async () => {
    const { canvasOf } = await setup()
    expect(pixelsOf(canvasOf('Connections'), WATER, 100, 200).length).toBeGreaterThan(0)
    document.documentElement.dataset['theme'] = 'light'
    await frames()
    expect(pixelsOf(canvasOf('Connections'), WATER, 100, 200)).toEqual([])
    expect(pixelsOf(canvasOf('Connections'), [0x00, 0x69, 0xa8], 100, 200).length).toBeGreaterThan(
      0,
    )
  })
})

describe('the crosshair', () => {
  test('follows the pointer through all rows, with its time, and leaves with it', async () => {
    const { slider, part, crosshair } = await setup()
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
    const { screen, crosshair } = await setup({
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
    const { slider, crosshair } = await setup()
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
    const { slider, crosshair } = await setup()
    await slider.click({ position: { x: 250, y: 60 } })
    expect(crosshair.get()).toEqual({ at: at(15), isPinned: true })
    await slider.hover({ position: { x: 600, y: 60 } })
    expect(crosshair.get().at).toBe(at(15))
    await slider.click({ position: { x: 251, y: 60 } })
    expect(crosshair.get().isPinned).toBe(false)
  })

  test('asks for the next and the previous event', async () => {
    const { onEvent } = await setup()
    await userEvent.tab()
    await userEvent.keyboard('np')
    expect(onEvent.mock.calls).toEqual([[1], [-1]])
  })
})

describe('the window', () => {
  test('is the range that was drawn', async () => {
    const { slider, onWindow, frame } = await setup()
    await userEvent.dragAndDrop(slider, slider, {
      sourcePosition: { x: 250, y: 50 },
      targetPosition: { x: 500, y: 60 },
    })
    expect(onWindow).toHaveBeenLastCalledWith({ from: at(15), to: at(30) }, 'settled')
    expect(frame.window()).toEqual({ from: at(15), to: at(30) })
  })

  test('moves along while Shift is held', async () => {
    const { slider, onWindow } = await setup()
    await userEvent.keyboard('{Shift>}')
    await userEvent.dragAndDrop(slider, slider, {
      sourcePosition: { x: 500, y: 50 },
      targetPosition: { x: 400, y: 50 },
    })
    await userEvent.keyboard('{/Shift}')
    expect(onWindow).toHaveBeenLastCalledWith({ from: at(6), to: at(66) }, 'settled')
  })

  test('a render in the middle of a gesture does not end it', async () => {
    const { ui, screen, slider, onWindow } = await setup()
    // Capture is for real pointers only.
    vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockReturnValue()
    const { left } = slider.element().getBoundingClientRect()
    const pointer = (type: string, x: number) =>
      slider.element().dispatchEvent(new PointerEvent(type, { clientX: left + x, button: 0 }))
    const later = vi.fn()
    pointer('pointerdown', 250)
    await screen.rerender(ui({ onWindow: later }))
    pointer('pointermove', 400)
    pointer('pointerup', 500)
    expect(later).toHaveBeenLastCalledWith({ from: at(15), to: at(30) }, 'settled')
    expect(onWindow).not.toHaveBeenCalled()
  })

  test('zooms around the pointer with the wheel and tells when that is over', async () => {
    const { slider, onWindow, frame } = await setup()
    const { left, top } = slider.element().getBoundingClientRect()
    const turn = { deltaY: -300, clientX: left + 250, clientY: top + 50, cancelable: true }
    const event = new WheelEvent('wheel', turn)
    slider.element().dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    const { from, to } = frame.window()
    expect((to - from) / (60 * MINUTE)).toBeCloseTo(Math.exp(-0.6))
    expect((at(15) - from) / (to - from)).toBeCloseTo(0.25)
    expect(onWindow).toHaveBeenLastCalledWith({ from, to }, 'moving')
    await expect.poll(() => onWindow.mock.lastCall, PATIENTLY).toEqual([{ from, to }, 'settled'])
  })

  test('pans with a sideways wheel', async () => {
    const { slider, frame } = await setup()
    slider.element().dispatchEvent(new WheelEvent('wheel', { deltaX: 100, cancelable: true }))
    expect(frame.window()).toEqual({ from: at(6), to: at(66) })
  })

  test('a double click asks for the one before', async () => {
    const { slider, onReset } = await setup()
    await slider.dblClick({ position: { x: 300, y: 50 } })
    expect(onReset).toHaveBeenCalledOnce()
  })
})

describe('the cost', () => {
  test('moving the window, the crosshair and new samples render nothing', async () => {
    const { frame, crosshair, reader, onRender } = await setup()
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
    const { reader, onRender } = await setup()
    onRender.mockClear()
    reader.push(at(60), 4_000)
    await expect.element(page.getByText('4\u202f000')).toBeVisible()
    expect(onRender).toHaveBeenCalled()
  })

  test('a panel that is out of sight draws nothing until it is back', async () => {
    const { screen, frame } = await setup()
    const host = screen.container.firstElementChild as HTMLElement
    host.style.marginTop = '5000px'
    // The observer reports out of sight with a frame of its own.
    await expect.poll(async () => (await textsSince(() => shift(frame))).length, PATIENTLY).toBe(0)
    host.style.marginTop = '0'
    await expect.poll(async () => (await textsSince()).length, PATIENTLY).toBe(0)
    expect((await textsSince(() => shift(frame))).length).toBeGreaterThan(0)
  })

  test('an unmounted stack leaves nothing behind', async () => {
    const { screen, reader, frame } = await setup()
    expect(reader.listeners()).toBeGreaterThan(0)
    await screen.unmount()
    expect(reader.listeners()).toBe(0)
    expect(await textsSince(() => shift(frame))).toEqual([])
  })
})

function shift(frame: ReturnType<typeof createTimeFrame>) {
  const { from, to } = frame.window()
  frame.show({ from: epochMs(from + 1_000), to: epochMs(to + 1_000) })
}

test('a notice stands in the plot and can be acted on', async () => {
  const retry = vi.fn()
  const frame = createTimeFrame(HOUR)
  await render(
    <div style={{ width: 600 }}>
      <ChartStack
        frame={frame}
        crosshair={createCrosshair()}
        zone="UTC"
        now={() => at(60)}
        inset={{ left: AXIS, right: 0, bottom: 0 }}
        step={() => null}
        onEvent={vi.fn()}
        onWindow={vi.fn()}
        onReset={vi.fn()}
      >
        <div style={{ height: HEIGHT }}>
          <SeriesPanel
            series={[]}
            limit={null}
            summary="Call sessions cannot be read"
            notice={<button onClick={retry}>Try now</button>}
          />
        </div>
      </ChartStack>
    </div>,
  )
  await page.getByRole('button', { name: 'Try now' }).click()
  expect(retry).toHaveBeenCalledOnce()
})
