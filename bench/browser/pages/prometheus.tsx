import '#ui/theme/tokens.css'
import { QueryClient } from '@tanstack/query-core'
import { createRoot } from 'react-dom/client'
import {
  DAY_MS,
  elapsed,
  type EpochMs,
  epochMs,
  HOUR_MS,
  type MetricId,
  metricId,
  orgId,
} from '#domain/units.ts'
import { createFlushWhenDrawn } from '#monitor/flushWhenDrawn.ts'
import { createOrgMonitor, type OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import { createHistoryPerOrganisation } from '#sources/history/prometheus/historyPerOrganisation.ts'
import { ChartStack } from '#ui/charts/ChartStack.tsx'
import type { PanelSeries } from '#ui/charts/chartData.ts'
import { createCrosshair } from '#ui/charts/crosshair.ts'
import { AXIS_WIDTH } from '#ui/charts/plot.ts'
import { SeriesPanel } from '#ui/charts/SeriesPanel.tsx'
import { TimeAxis } from '#ui/charts/TimeAxis.tsx'
import { createTimeFrame } from '#ui/charts/timeFrame.ts'
import { PLOT, SMALL_PLOT } from './chartBench.ts'
import { nextFrame } from './frameTimes.ts'

export type PrometheusLoad = {
  /** Of a Prometheus-compatible server that pages of other origins may ask. */
  url: string
  organisation: string
  metrics: readonly string[]
  from: number
  to: number
}

/** What came, and how long it took until it was on the canvas. */
export type Shown = {
  from: number
  to: number
  tookMs: number
  steps: number
  highest: number
  /** How often somebody was refused. */
  refused: number
  problems: readonly string[]
}

const SERIES_PER_PANEL = 4
const INTERVAL_MS = 10_000

const clock = { now: () => epochMs(Date.now()) }
const timer = createPageTimer()
const crosshair = createCrosshair()
const frame = createTimeFrame({ from: epochMs(0), to: epochMs(1) })
let monitor: OrgMonitor
let problemsNow: () => readonly string[]
let ids: readonly MetricId[]

/** Beside a history of this browser that has nothing of the organisation, as somebody has it who opens it for the first time. */
function watch({ url, organisation }: PrometheusLoad) {
  const id = orgId(organisation)
  const { history, past } = createHistoryPerOrganisation({
    history: createIndexedDbHistory({ now: clock.now, after: timer.after }),
    placeOf: () => ({ url, organisation: null, hasFeed: false }),
    fetch: (to, init) => fetch(to, init),
    now: clock.now,
    after: timer.after,
  })
  problemsNow = () => past.state(id).problems.map(({ message }) => message)
  return createOrgMonitor({
    organisation: { id, name: organisation, region: 'bench', domain: 'bench', simulation: null },
    sources: [],
    feeds: [],
    tokens: null,
    history,
    queryClient: new QueryClient(),
    fetch: (to, init) => fetch(to, init),
    clock,
    timer,
    random: Math.random,
    schedule: createFlushWhenDrawn(),
    locks: null,
    channel: null,
    page: null,
    idleStopMs: null,
  })
}

const lineOf = (id: MetricId, i: number): PanelSeries => ({
  reader: {
    window: (from, to, columns, into) => monitor.drawn.window(id, from, to, columns, into),
    at: (at) => monitor.drawn.at(id, at),
    neighbour: (at, steps) => monitor.drawn.neighbour(id, at, steps),
    range: (from, to) => monitor.drawn.range(id, from, to),
    subscribe: monitor.drawn.subscribe,
    version: monitor.drawn.version,
  },
  title: id,
  style: i === 0 ? 'water' : 'second',
  gapAfterMs: 2.5 * INTERVAL_MS,
  staleAfterMs: 3 * INTERVAL_MS,
})

function Charts({ panels }: { panels: readonly (readonly PanelSeries[])[] }) {
  return (
    <div style={{ width: PLOT.width + AXIS_WIDTH, background: 'var(--bg)', fontFamily: 'Arial' }}>
      <ChartStack
        frame={frame}
        crosshair={crosshair}
        zone="Europe/Berlin"
        now={clock.now}
        inset={{ left: AXIS_WIDTH, right: 0, bottom: 24 }}
        step={(at, steps) => monitor.drawn.neighbour(ids[0]!, at, steps)}
        onEvent={() => undefined}
        onReset={() => undefined}
      >
        {panels.map((lines, i) => (
          <div key={lines[0]!.title} style={{ height: SMALL_PLOT.height + 2 }}>
            <SeriesPanel series={lines} limit={null} summary="Bench" isLeading={i === 0} />
          </div>
        ))}
        <div style={{ height: 24 }}>
          <TimeAxis />
        </div>
      </ChartStack>
    </div>
  )
}

/** The newest day is read when the watch begins, beside what is looked at: waits until all of it is there. */
const newestDay = (to: EpochMs) =>
  new Promise<void>((done) => {
    const isThere = (id: MetricId) => {
      const extent = monitor.series.extent(id)
      return extent !== null && extent.to >= to - INTERVAL_MS && extent.from <= to - 0.9 * DAY_MS
    }
    const look = () => {
      if (!ids.every(isThere)) return
      leave()
      done()
    }
    const leave = monitor.drawn.subscribe(look)
    look()
  })

/** Reads a window back as the Live screen does, and waits until every series of it has been painted. */
async function show(from: EpochMs, to: EpochMs, begunAt: number): Promise<Shown> {
  frame.show({ from, to })
  const isNewest = elapsed(to, clock.now()) < HOUR_MS
  await Promise.all([monitor.loadHistory(from, to), isNewest && newestDay(to)])
  const steps = ids.map((id) => monitor.drawn.steps(id, from, to).length)
  if (Math.min(...steps) === 0) throw new Error('a series of the window did not come')
  // One frame for the notice that something is new, one in which it is drawn, one after it.
  for (let rest = 0; rest < 3; rest++) await nextFrame()
  const tookMs = performance.now() - begunAt
  const highest = Math.max(...ids.map((id) => monitor.drawn.range(id, from, to)?.max ?? NaN))
  const refused = monitor.errors.count('capacity', from, to)
  return { from, to, tookMs, steps: Math.min(...steps), highest, refused, problems: problemsNow() }
}

/** From nothing at all: monitor, charts and all. */
function open(load: PrometheusLoad): Promise<Shown> {
  const begunAt = performance.now()
  monitor = watch(load)
  ids = load.metrics.map((metric) => metricId(metric))
  const panels = ids.flatMap((_, i) =>
    i % SERIES_PER_PANEL === 0 ? [ids.slice(i, i + SERIES_PER_PANEL).map(lineOf)] : [],
  )
  createRoot(document.getElementById('root')!).render(<Charts panels={panels} />)
  return show(epochMs(load.from), epochMs(load.to), begunAt)
}

window.bench = {
  open,
  pan: ({ from, to }: { from: number; to: number }) =>
    show(epochMs(from), epochMs(to), performance.now()),
}
