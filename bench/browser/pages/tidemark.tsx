import '#ui/theme/tokens.css'
import { createRoot } from 'react-dom/client'
import { createErrorLog } from '#monitor/errorLog.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { epochMs, metricId } from '#domain/units.ts'
import { ChartStack } from '#ui/charts/ChartStack.tsx'
import type { PanelLimit, PanelSeries, WindowReader } from '#ui/charts/chartData.ts'
import { createCrosshair } from '#ui/charts/crosshair.ts'
import { ErrorLanes } from '#ui/charts/ErrorLanes.tsx'
import { AXIS_WIDTH } from '#ui/charts/plot.ts'
import { SeriesPanel } from '#ui/charts/SeriesPanel.tsx'
import { TimeAxis } from '#ui/charts/TimeAxis.tsx'
import { createTimeFrame } from '#ui/charts/timeFrame.ts'
import { failures, limitSteps, START, walk } from './benchData.ts'
import { type ChartLoad, offer, plotOf, windowAt } from './chartBench.ts'
import { inFrames, nextFrame } from './frameTimes.ts'

const STEP_MS = 1_000
const inNextFrame = (flush: () => void) => void requestAnimationFrame(() => flush())
const series = createSeriesStore(inNextFrame)
const errors = createErrorLog(inNextFrame)
const crosshair = createCrosshair()
const frame = createTimeFrame({ from: epochMs(START), to: epochMs(START + STEP_MS) })
let load: ChartLoad
let size = 0

const instant = (index: number) => epochMs(START + index * STEP_MS)
const metricOf = (i: number) => metricId(`bench.${i}`)
const readerOf = (i: number): WindowReader => ({
  window: (from, to, columns) => series.window(metricOf(i), from, to, columns),
  at: (at) => series.at(metricOf(i), at),
  neighbour: (at, steps) => series.neighbour(metricOf(i), at, steps),
  range: (from, to) => series.range(metricOf(i), from, to),
  subscribe: series.subscribe,
  version: series.version,
})

function Charts({ panels }: { panels: readonly (readonly PanelSeries[])[] }) {
  const { width, height } = plotOf(load)
  const limit: PanelLimit | null =
    load.limits === 0
      ? null
      : { noun: 'Limit', unknownReason: 'nobody told', steps: limitSteps(load.limits) }
  return (
    <div style={{ width: width + AXIS_WIDTH, background: 'var(--bg)', fontFamily: 'Arial' }}>
      <ChartStack
        frame={frame}
        crosshair={crosshair}
        zone="Europe/Berlin"
        now={() => instant(size)}
        inset={{ left: AXIS_WIDTH, right: 0, bottom: 24 }}
        step={(at, steps) => series.neighbour(metricOf(0), at, steps)}
        onEvent={() => undefined}
        onReset={() => undefined}
      >
        {panels.map((lines, i) => (
          <div key={lines[0]!.title + String(i)} style={{ height: height + 2 }}>
            <SeriesPanel series={lines} limit={limit} summary="Bench" isLeading={i === 0} />
          </div>
        ))}
        {load.events > 0 ? (
          <div style={{ height: 112 }}>
            <ErrorLanes errors={errors} hasOther={false} summary="Failures" />
          </div>
        ) : null}
        <div style={{ height: 24 }}>
          <TimeAxis />
        </div>
      </ChartStack>
    </div>
  )
}

const show = (from: number, to: number) => frame.show({ from: instant(from), to: instant(to) })

offer({
  prepare(wanted) {
    load = wanted
    size = load.points
    for (let i = 0; i < load.series; i++) series.insert(metricOf(i), walk(size, i + 1))
    errors.add(failures(load.events, size * STEP_MS))
    show(size / 2, size)
  },
  async mount() {
    const lines = Array.from(
      { length: load.series },
      (_, i): PanelSeries => ({
        reader: readerOf(i),
        title: `Series ${i + 1}`,
        style: i === 0 ? 'water' : 'second',
        gapAfterMs: 2.5 * STEP_MS,
        staleAfterMs: 3 * STEP_MS,
      }),
    )
    const panels = Array.from({ length: load.panels }, () => lines)
    createRoot(document.getElementById('root')!).render(<Charts panels={panels} />)
    while (document.querySelectorAll('.recharts-surface').length < load.panels) await nextFrame()
    await nextFrame()
    await nextFrame()
  },
  pan: (frames) =>
    inFrames(frames, (step) => {
      const { from, to } = windowAt(step / frames, load.points)
      show(from, to)
    }),
  hover: (frames) => {
    const surface = document.querySelector('[role="slider"]')!
    const { left, top, width } = surface.getBoundingClientRect()
    return inFrames(frames, (step) => {
      const clientX = left + (width * (step + 0.5)) / frames
      surface.dispatchEvent(
        new PointerEvent('pointermove', { clientX, clientY: top + 50, bubbles: true }),
      )
    })
  },
  async tick({ times, everyMs }) {
    for (let tick = 0; tick < times; tick++) {
      await new Promise((done) => setTimeout(done, everyMs))
      for (let i = 0; i < load.series; i++) {
        const { value } = series.latest(metricOf(i))!
        series.append(metricOf(i), instant(size), value + 4 * (Math.random() - 0.5))
      }
      size += 1
      show(size - load.points / 2, size)
    }
  },
})
