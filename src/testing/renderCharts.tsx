import { Profiler } from 'react'
import { type MockInstance, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '#ui/theme/tokens.css'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import { ChartStack } from '#ui/charts/ChartStack.tsx'
import type { FloorLine, PanelLimit, PanelSeries } from '#ui/charts/chartData.ts'
import { createCrosshair } from '#ui/charts/crosshair.ts'
import { ErrorLanes } from '#ui/charts/ErrorLanes.tsx'
import { RunsStrip } from '#ui/charts/RunsStrip.tsx'
import { SeriesPanel } from '#ui/charts/SeriesPanel.tsx'
import { AxisDate, TimeAxis } from '#ui/charts/TimeAxis.tsx'
import { createTimeFrame } from '#ui/charts/timeFrame.ts'
import { pyramidReader } from './pyramidReader.ts'

/** 11:30 in Berlin; the window is the hour after it, 100 pixels for 6 minutes. */
export const START = Date.parse('2026-09-17T09:30:00Z')
export const MINUTE = 60_000
export const PLOT_WIDTH = 1_000
export const AXIS = 44
export const HEIGHT = 164
export const at = (minutes: number) => epochMs(START + minutes * MINUTE)
export const HOUR = { from: at(0), to: at(60) }

export const LIMIT: PanelLimit = {
  noun: 'Limit',
  unknownReason: 'no key published for this metric',
  steps: [
    { from: at(-60), value: 1_000, source: 'namespace default' },
    { from: at(40), value: 1_500, source: 'change request' },
  ],
}

/** A sample every 10 s, save where `valueAt` knows none. */
export function everyTenSeconds(valueAt: (minutes: number) => number | null, until = 60): Series {
  const samples = Array.from({ length: until * 6 + 1 }, (_, i) => i / 6).flatMap((minutes) => {
    const value = valueAt(minutes)
    return value === null ? [] : [{ at: at(minutes), value }]
  })
  return {
    timeMs: Float64Array.from(samples, (sample) => sample.at),
    value: Float64Array.from(samples, ({ value }) => value),
  }
}

type Options = {
  series?: Series
  /** A second line of the same panel, `Waiting`. */
  beside?: Series
  /** Any number of lines more. */
  more?: readonly Series[]
  limit?: PanelLimit | null
  floors?: FloorLine | null
  errors?: readonly number[]
}

export async function renderCharts({
  series = everyTenSeconds(() => 500),
  beside,
  more = [],
  limit = LIMIT,
  floors = null,
  errors = [],
}: Options = {}) {
  const reader = pyramidReader(series)
  const frame = createTimeFrame(HOUR)
  const crosshair = createCrosshair()
  const panel: PanelSeries[] = [
    {
      reader,
      title: 'Connections',
      style: 'water',
      gapAfterMs: 25_000,
      staleAfterMs: 30_000,
      hasWholePast: true,
    },
  ]
  if (beside)
    panel.push({
      reader: pyramidReader(beside),
      title: 'Waiting',
      style: 'second',
      gapAfterMs: 25_000,
      staleAfterMs: Infinity,
    })
  more.forEach((each, i) =>
    panel.push({
      reader: pyramidReader(each),
      title: `Line ${i + 1}`,
      style: 'second',
      gapAfterMs: 25_000,
      staleAfterMs: Infinity,
    }),
  )
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
  const onSettled = vi.fn()
  frame.onSettled(onSettled)
  const onReset = vi.fn()
  const onEvent = vi.fn()
  const onRender = vi.fn()
  const now = () => at(60)
  const inset = { left: AXIS, right: 0, bottom: 24 }
  const ui = (handlers: { onReset: typeof onReset }) => (
    <Profiler id="charts" onRender={onRender}>
      <div style={{ width: PLOT_WIDTH + AXIS, background: 'var(--bg)', fontFamily: 'Arial' }}>
        <ChartStack
          {...{ frame, crosshair, now, inset, onEvent, ...handlers }}
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
              floors={floors}
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
  const screen = await render(ui({ onReset }))
  const slider = page.getByRole('slider')
  const canvasOf = (name: string) =>
    page.getByRole('img', { name }).element().closest('div[class*=panel]')!.querySelector('canvas')!
  const part = (name: string) => document.querySelector<HTMLElement>(`[data-part="${name}"]`)!
  // The shell is mounted when it is its turn, and takes its props in over several commits.
  await vi.waitUntil(
    () => document.querySelector('.recharts-surface') && !document.querySelector('[data-ahead]'),
    PATIENTLY,
  )
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
    onSettled,
    onReset,
    onEvent,
    onRender,
  }
}

/** Two frames: what is invalidated in one is drawn by the end of the next. */
export const frames = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))

/** For what the browser reports in its own time, on a busy machine too. */
export const PATIENTLY = { interval: 20, timeout: 10_000 }

export const WATER = [0x56, 0xb4, 0xe9]
export const LIMIT_COLOUR = [0xf2, 0xe9, 0x7f]

/**
 * The places in a rectangle of a canvas that hold a colour, give or take what smoothing does to it.
 */
export function pixelsOf(
  canvas: HTMLCanvasElement,
  colour: readonly number[],
  from: number,
  to: number,
) {
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
export const xOfMinute = (minutes: number) => AXIS + (minutes / 60) * PLOT_WIDTH

let writing: MockInstance<CanvasRenderingContext2D['fillText']>
/** What is written on canvases after a change. */
export const textsSince = async (change: () => void = () => undefined) => {
  writing.mockClear()
  change()
  await frames()
  return writing.mock.calls.map(([text]) => text.replaceAll('\u202f', ' '))
}

/** Before each test: the dark theme, and canvases that can be read. */
export function prepareCharts() {
  document.documentElement.dataset['theme'] = 'dark'
  writing = vi.spyOn(CanvasRenderingContext2D.prototype, 'fillText')
}

/** Slides the window by a second. */
export function shift(frame: ReturnType<typeof createTimeFrame>) {
  const { from, to } = frame.window()
  frame.show({ from: epochMs(from + 1_000), to: epochMs(to + 1_000) })
}
