import { memo, type ReactNode, useCallback, useMemo, useState } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts'
import { formatTick } from '#domain/format.ts'
import { CrosshairDots } from './CrosshairDots.tsx'
import classes from './charts.module.css'
import type { FloorLine, PanelLimit, PanelSeries, TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { DenseLayer } from './DenseLayer.tsx'
import { limitPieces } from './paintLimit.ts'
import { AXIS_WIDTH } from './plot.ts'
import { niceScale, type ValueScale } from './niceScale.ts'
import { useElementSize } from './useElementSize.ts'

type Props = {
  /** The first one is the panel's own: its limit, its gaps. Stable, or the panel subscribes anew. */
  series: readonly PanelSeries[]
  /** Null where nothing limits what is shown, e.g. a queue. */
  limit: PanelLimit | null
  /** What iterations left behind of the first series; stable, like the series. */
  floors?: FloorLine | null
  /** One sentence that says what the chart shows. */
  summary: string
  /** Its stretches at the limit are tinted in the other rows too. At most one per stack. */
  isLeading?: boolean
  /** Words instead of a picture: empty or failed, with what the user can do. */
  notice?: ReactNode
}

/** The highest base line at which a label is not cut off. */
const TOP_LABEL_Y = 12
/** Nothing to label: numbers beside an empty plot would be made up. */
const EMPTY_SCALE: ValueScale = { min: 0, max: 1, ticks: [] }
/** Two rows make Recharts lay out its axes; what is drawn of the data comes from the canvas. */
const SHELL_DATA = [{ x: 0 }, { x: 1 }]
const MARGIN = { top: 1, right: 0, bottom: 1, left: 0 }
/** Room above a limit for its label, and above a mere line for air. */
const LABEL_ROOM_PX = 16
const AIR_PX = 5

/**
 * One chart of the stack: series against a limit, on the shared time axis. Fills its parent; the plot
 * begins `AXIS_WIDTH` from the left and ends at the right edge.
 */
export function SeriesPanel(props: Props) {
  const { series, limit, floors = null, summary, isLeading = false, notice } = props
  const { frame } = useChartStack()
  const [host, setHost] = useState<HTMLDivElement | null>(null)
  const size = useElementSize(host)
  const heightPx = (size?.height ?? 0) - MARGIN.top - MARGIN.bottom
  const [scale, setScale] = useState<ValueScale | null>(null)

  /** The scale that the window needs; the one before while that fits. */
  const scaleFor = useCallback(
    (window: TimeWindow, before: ValueScale | null) => {
      const extremes = extremesOf(series, limit, window)
      if (!extremes) return EMPTY_SCALE
      const headroomPx = limit ? LABEL_ROOM_PX : AIR_PX
      return niceScale({ ...extremes, heightPx, headroomPx }, before)
    },
    [series, limit, heightPx],
  )
  // Needs the height, so it comes with the first layout; from then on drawing keeps it right.
  if (size && !scale) setScale(scaleFor(frame.window(), null))

  return (
    <div ref={setHost} className={classes.panel}>
      {size && scale && (
        <>
          <div className={classes.picture} role="img" aria-label={summary}>
            <Shell width={size.width} height={size.height} scale={scale}>
              <DenseLayer
                host={host!}
                series={series}
                limit={limit}
                floors={floors}
                isLeading={isLeading}
                scale={scale}
                scaleFor={scaleFor}
                onScale={setScale}
              />
            </Shell>
          </div>
          <CrosshairDots series={series} scale={scale} size={size} margin={MARGIN} />
        </>
      )}
      {notice !== undefined && notice !== null && (
        <div className={classes.notice}>
          <div className={classes.words}>{notice}</div>
        </div>
      )}
    </div>
  )
}

/** Null where there is neither a value nor a limit in the window. */
function extremesOf(
  series: readonly PanelSeries[],
  limit: PanelLimit | null,
  window: TimeWindow,
): { lowest: number; highest: number } | null {
  const ranges = series.flatMap(({ reader }) => reader.range(window.from, window.to) ?? [])
  const limits = limit ? limitPieces(limit.steps, window).flatMap(({ value }) => value ?? []) : []
  if (ranges.length + limits.length === 0) return null
  return {
    lowest: Math.min(...ranges.map(({ min }) => min), ...limits),
    highest: Math.max(...ranges.map(({ max }) => max), ...limits),
  }
}

type ShellProps = { width: number; height: number; scale: ValueScale; children: ReactNode }

/**
 * Axis, grid and layout by Recharts. Its x axis is a fixed 0 … 1, because nothing that the shell
 * draws depends on time: so a window that moves costs it no commit, and only a new scale or size does.
 */
const Shell = memo(function Shell({ width, height, scale, children }: ShellProps) {
  const domain = useMemo<[number, number]>(() => [scale.min, scale.max], [scale])
  const ticks = useMemo(() => [...scale.ticks], [scale])
  const lines = useMemo(
    () => ticks.filter((tick) => tick > scale.min && tick < scale.max),
    [ticks, scale],
  )
  return (
    <ComposedChart
      width={width}
      height={height}
      data={SHELL_DATA}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} horizontalValues={lines} stroke="var(--hair)" />
      <XAxis dataKey="x" type="number" domain={[0, 1]} allowDataOverflow hide />
      <YAxis
        width={AXIS_WIDTH}
        type="number"
        domain={domain}
        ticks={ticks}
        allowDataOverflow
        axisLine={false}
        tickLine={false}
        interval={0}
        tick={ValueTick}
      />
      {children}
    </ComposedChart>
  )
})

type TickProps = { y?: number | string; payload?: { value: number } }

/** A value beside the axis; 0 is lifted off the base, and what stands at the very top is lowered into the row. */
function ValueTick({ y, payload }: TickProps) {
  const value = payload?.value ?? 0
  return (
    <text
      x={AXIS_WIDTH - 8}
      y={Math.max(Number(y) + (value === 0 ? -2 : 4), TOP_LABEL_Y)}
      textAnchor="end"
      fontSize={11}
      fill="var(--ink3)"
    >
      {formatTick(value)}
    </text>
  )
}
