import { beforeEach, expect, test, vi } from 'vitest'
import { epochMs } from '#domain/units.ts'
import {
  at,
  AXIS,
  everyTenSeconds,
  PATIENTLY,
  PLOT_WIDTH,
  pixelsOf,
  prepareCharts,
  renderCharts,
  START,
  WATER,
} from '#testing/renderCharts.tsx'
import { createTimeFrame } from './timeFrame.ts'

type Frame = ReturnType<typeof createTimeFrame>
type Rendered = Awaited<ReturnType<typeof renderCharts>>
type Written = { text: string; x: number; y: number; width: number }

/** Ten minutes at 500, then at 5 000: panning over the step needs another scale. */
const STEP = everyTenSeconds((minutes) => (minutes < 30 ? 500 : 5_000), 60)
const WINDOW_MS = 20 * 60_000

beforeEach(prepareCharts)

const oneFrame = () => new Promise((done) => requestAnimationFrame(done))

/** Everything written on one canvas since the last look. */
function createWriting() {
  const spy = vi.spyOn(CanvasRenderingContext2D.prototype, 'fillText')
  return {
    on(canvas: HTMLCanvasElement): Written[] {
      return (spy.mock.contexts as CanvasRenderingContext2D[]).flatMap((context, i) => {
        if (context.canvas !== canvas) return []
        const [text, x, y] = spy.mock.calls[i]!
        context.font = '400 11px Arial'
        return [
          { text: text.replaceAll('\u202f', ''), x, y, width: context.measureText(text).width },
        ]
      })
    },
    forget: () => spy.mockClear(),
  }
}

/** The labels beside the plot: of the canvas where it draws them, else those of the shell that can be seen. */
function valueLabels({ canvasOf }: Rendered, writing: ReturnType<typeof createWriting>) {
  const canvas = canvasOf('Connections')
  const panel = canvas.closest<HTMLElement>('div[class*=panel]')!
  const ofCanvas = writing.on(canvas).filter(({ x }) => x < AXIS)
  const ofShell = [...panel.querySelectorAll('.recharts-yAxis-tick-labels text')]
    .filter((text) => getComputedStyle(text).visibility === 'visible')
    .map((text) => ({
      text: text.textContent!.replaceAll('\u202f', ''),
      y: Number(text.getAttribute('y')),
    }))
  return { ofCanvas, ofShell, isAhead: panel.hasAttribute('data-ahead') }
}

/** Where 5 000 and 0 would lie by the labels; the topmost label may be lowered into the row, so others are asked. */
function heightByLabels(labels: readonly { text: string; y: number }[], value: number) {
  const known = labels
    .map(({ text, y }) => ({ value: Number(text), y: y - (text === '0' ? -2 : 4) }))
    .filter(({ y }) => y > 9)
  const [low, high] = [known[0]!, known.at(-1)!]
  return low.y + ((value - low.value) / (high.value - low.value)) * (high.y - low.y)
}

/** Looks at one frame as it is shown: labels of both axes against what is drawn. */
function checkFrame(rendered: Rendered, writing: ReturnType<typeof createWriting>, frame: Frame) {
  const canvas = rendered.canvasOf('Connections')
  const { from, to } = frame.window()
  const xOf = (instant: number) => AXIS + ((instant - from) / (to - from)) * PLOT_WIDTH

  const { ofCanvas, ofShell, isAhead } = valueLabels(rendered, writing)
  expect(isAhead ? ofShell : ofCanvas).toEqual([])
  const labels = isAhead ? ofCanvas : ofShell
  expect(labels.length).toBeGreaterThan(1)

  const stepX = xOf(START + 30 * 60_000)
  for (const [value, left, right] of [
    [500, AXIS + 4, Math.min(stepX - 12, AXIS + PLOT_WIDTH - 4)],
    [5_000, Math.max(stepX + 4, AXIS + 4), AXIS + PLOT_WIDTH - 4],
  ] as const) {
    if (right - left < 20) continue
    const wanted = heightByLabels(labels, value)
    const line = pixelsOf(canvas, WATER, left, right)
    expect(line.length).toBeGreaterThan(10)
    for (const { y } of line) expect(Math.abs(y + 0.5 - wanted)).toBeLessThan(2)
  }

  const axis = [...document.querySelectorAll('canvas')].at(-1)!
  const clocks = writing.on(axis).filter(({ text }) => /^\d\d:\d\d/.test(text))
  expect(clocks.length).toBeGreaterThan(3)
  for (const { text, x, width } of clocks) {
    // 11:30 in the zone of the charts is the start.
    const [hours = 0, minutes = 0] = text.split(':').map(Number)
    const instant = START + (hours * 60 + minutes - 690) * 60_000
    // At the right edge a label is moved in rather than cut.
    if (x + width > AXIS + PLOT_WIDTH - 1) continue
    expect(Math.abs(x + width / 2 - xOf(instant))).toBeLessThan(1)
  }
}

test('in every frame of a pan the labels of both axes belong to what is drawn', async () => {
  const rendered = await renderCharts({ series: STEP, limit: null })
  const { frame, onRender } = rendered
  const writing = createWriting()
  frame.show({ from: at(0), to: epochMs(at(0) + WINDOW_MS) })
  await expect.poll(() => document.querySelector('[data-ahead]'), PATIENTLY).toBeNull()
  onRender.mockClear()
  let framesAhead = 0
  for (let step = 0; step <= 60; step++) {
    writing.forget()
    // There and back, over the step twice.
    const share = 1 - Math.abs(1 - step / 30)
    const from = epochMs(at(1) + Math.round(share * 38 * 60_000))
    frame.move({ from, to: epochMs(from + WINDOW_MS) })
    await oneFrame()
    checkFrame(rendered, writing, frame)
    if (document.querySelector('[data-ahead]')) framesAhead += 1
  }
  expect(framesAhead).toBeGreaterThan(10)
  // The shell is committed at rest, and not in between.
  expect(onRender).not.toHaveBeenCalled()
  frame.move({ from: at(35), to: epochMs(at(35) + WINDOW_MS) })
  frame.settle()
  for (let rest = 0; rest < 12; rest++) {
    writing.forget()
    frame.show({ from: epochMs(at(35) + rest), to: epochMs(at(35) + WINDOW_MS + rest) })
    await oneFrame()
    checkFrame(rendered, writing, frame)
  }
  expect(onRender).toHaveBeenCalled()
  await expect.poll(() => document.querySelector('[data-ahead]'), PATIENTLY).toBeNull()
})

test('a new peak is drawn to its height in the frame in which it comes', async () => {
  const rendered = await renderCharts({ limit: null })
  const writing = createWriting()
  await expect.poll(() => document.querySelector('[data-ahead]'), PATIENTLY).toBeNull()
  writing.forget()
  rendered.reader.push(at(60), 4_000)
  await oneFrame()
  const { ofCanvas, ofShell } = valueLabels(rendered, writing)
  expect(ofShell).toEqual([])
  expect(ofCanvas.map(({ text }) => text)).toContain('4000')
  const top = Math.min(
    ...pixelsOf(rendered.canvasOf('Connections'), WATER, AXIS, AXIS + PLOT_WIDTH).map(({ y }) => y),
  )
  expect(Math.abs(top - heightByLabels(ofCanvas, 4_000))).toBeLessThan(3)
})

test('another width is drawn at once, with its labels, and no line ends short of the edge', async () => {
  const rendered = await renderCharts({ limit: null })
  const writing = createWriting()
  await expect.poll(() => document.querySelector('[data-ahead]'), PATIENTLY).toBeNull()
  const canvas = rendered.canvasOf('Connections')
  const host = canvas.closest<HTMLElement>('div[style*="width"]')!
  for (const width of [900, 731, 1_013]) {
    writing.forget()
    host.style.width = `${width + AXIS}px`
    // The observers of size run after layout and before the picture is shown.
    await oneFrame()
    await oneFrame()
    expect(canvas.width).toBe((width + AXIS) * window.devicePixelRatio)
    const line = pixelsOf(canvas, WATER, AXIS, AXIS + width).map(({ x }) => x)
    expect(Math.max(...line)).toBeGreaterThan(AXIS + width - 2)
    const { ofCanvas, ofShell, isAhead } = valueLabels(rendered, writing)
    expect((isAhead ? ofCanvas : ofShell).length).toBeGreaterThan(1)
    await expect.poll(() => document.querySelector('[data-ahead]'), PATIENTLY).toBeNull()
  }
})

test('the first picture does not wait for the shell', async () => {
  const wasDrawnBefore = new Promise<boolean>((done) => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector('.recharts-surface')) return
      watcher.disconnect()
      const canvas = document.querySelectorAll('canvas')[1]!
      done(pixelsOf(canvas, WATER, AXIS, AXIS + 200).length > 0)
    })
    watcher.observe(document.body, { childList: true, subtree: true })
  })
  await renderCharts({ limit: null })
  expect(await wasDrawnBefore).toBe(true)
})

test('two fingers on the plot stretch the window', async () => {
  const { slider, frame, onSettled } = await renderCharts()
  vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockReturnValue()
  const { left, top } = slider.element().getBoundingClientRect()
  const finger = (type: string, pointerId: number, x: number) =>
    slider.element().dispatchEvent(
      new PointerEvent(type, {
        pointerId,
        pointerType: 'touch',
        clientX: left + x,
        clientY: top + 50,
        button: 0,
      }),
    )
  finger('pointerdown', 1, 400)
  finger('pointerdown', 2, 600)
  finger('pointermove', 1, 300)
  finger('pointermove', 2, 700)
  expect(frame.window()).toEqual({ from: at(15), to: at(45) })
  finger('pointerup', 1, 300)
  finger('pointerup', 2, 700)
  expect(onSettled).toHaveBeenCalledExactlyOnceWith({ from: at(15), to: at(45) })
})
