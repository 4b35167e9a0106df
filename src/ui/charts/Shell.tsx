import { memo, useLayoutEffect, useMemo } from 'react'
import { CartesianGrid, ComposedChart, usePlotArea, useYAxisScale, YAxis } from 'recharts'
import { formatTick } from '#domain/format.ts'
import type { ValueScale } from '#domain/charts/niceScale.ts'
import { type Area, AXIS_WIDTH, PLOT_MARGIN } from './plot.ts'
import { gridValues, TICK_RIGHT, TICK_SIZE, tickBaseline } from './valueAxis.ts'

/** What the shell shows: the scale of its axis, and the plot it laid out. */
export type ShellState = { scale: ValueScale; area: Area }

type Props = {
  width: number
  height: number
  scale: ValueScale
  /** Hears what is on the screen each time it changes; null while the axis is between two scales. Stable. */
  onShown: (shown: ShellState | null) => void
}

/** What is drawn of the data comes from the canvas. */
const NO_DATA: never[] = []
const SAME_PX = 0.01

/**
 * Axis, grid and layout by Recharts, at rest. Nothing that it draws depends on time, so it has no x axis,
 * and a window that moves costs it no commit; a new scale or size does.
 */
export const Shell = memo(function Shell({ width, height, scale, onShown }: Props) {
  const domain = useMemo<[number, number]>(() => [scale.min, scale.max], [scale])
  const ticks = useMemo(() => [...scale.ticks], [scale])
  const lines = useMemo(() => gridValues(scale), [scale])
  return (
    <ComposedChart
      width={width}
      height={height}
      data={NO_DATA}
      margin={PLOT_MARGIN}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} horizontalValues={lines} stroke="var(--hair)" />
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
      <Witness scale={scale} onShown={onShown} />
    </ComposedChart>
  )
})

/**
 * Tells what Recharts has on the screen. It takes new props in over several commits, so that the
 * scale it was given is not yet the one that it shows.
 */
function Witness({ scale, onShown }: Pick<Props, 'scale' | 'onShown'>) {
  const plot = usePlotArea()
  const yScale = useYAxisScale()
  const bottom = yScale?.(scale.min)
  const top = yScale?.(scale.max)
  useLayoutEffect(() => {
    const isShown =
      plot !== undefined && isNear(top, plot.y) && isNear(bottom, plot.y + plot.height)
    const area = plot && { left: plot.x, top: plot.y, width: plot.width, height: plot.height }
    onShown(isShown && area ? { scale, area } : null)
  }, [plot, top, bottom, scale, onShown])
  return null
}

const isNear = (a: number | undefined, b: number) => a !== undefined && Math.abs(a - b) < SAME_PX

type TickProps = { y?: number | string; payload?: { value: number } }

/** A value beside the axis. */
function ValueTick({ y, payload }: TickProps) {
  const value = payload?.value ?? 0
  return (
    <text
      x={TICK_RIGHT}
      y={tickBaseline(value, Number(y))}
      textAnchor="end"
      fontSize={TICK_SIZE}
      fill="var(--ink3)"
    >
      {formatTick(value)}
    </text>
  )
}
