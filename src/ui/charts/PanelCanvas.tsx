import { useCallback, useMemo } from 'react'
import { Canvas, type Surface } from './Canvas.tsx'
import type { FloorLine, LimitBand, PanelLimit, PanelSeries, TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { columnsToDraw } from './denseColumns.ts'
import type { ValueScale } from './niceScale.ts'
import { paintPanel } from './paintPanel.ts'
import type { PanelView } from './panelView.ts'
import { type Area, plotAreaOf } from './plot.ts'
import type { ShellState } from './Shell.tsx'
import { xOf } from './timeFrame.ts'
import { paintValueAxis } from './valueAxis.ts'

type Props = {
  series: readonly PanelSeries[]
  limit: PanelLimit | null
  floors: FloorLine | null
  isLeading: boolean
  view: PanelView
  /** The scale that a window needs; the one before while that fits. Stable. */
  scaleFor: (window: TimeWindow, before: ValueScale | null, heightPx: number) => ValueScale
  /** A scale at rest that the shell should show. */
  onScale: (scale: ValueScale) => void
  /** Whether this layer draws the axis itself, because the shell does not show its scale. */
  onAhead: (isAhead: boolean) => void
}

const NO_BANDS: readonly LimitBand[] = []

/**
 * The dense part of a panel, on one canvas. Where the shell does not show the scale of this frame (in
 * the middle of a gesture, at a new peak, before its first layout) the axis is drawn here as well, so
 * that labels and lines never speak of two scales.
 */
export function PanelCanvas(props: Props) {
  const { series, limit, floors, isLeading, view, scaleFor, onScale, onAhead } = props
  const { frame, bands, palette, zone, now } = useChartStack()

  const draw = useCallback(
    ({ context, width, height, pixelRatio }: Surface) => {
      const window = frame.window()
      const area = plotAreaOf(width, height)
      const before = view.scale()
      const scale = scaleFor(window, before, area.height)
      view.drew(scale)
      const perUnit = area.height / (scale.max - scale.min)
      const y = (value: number) => area.top + area.height - (value - scale.min) * perUnit
      const own = paintPanel(
        {
          context,
          area,
          window,
          palette: palette(),
          x: (at) => xOf(at, window, area.left, area.width),
        },
        {
          series,
          limit,
          floors,
          sharedBands: isLeading ? NO_BANDS : bands.get(),
          y,
          zone,
          now: now(),
          pixelRatio,
        },
      )
      if (isLeading) bands.set(own)
      const isAhead = !isShowing(view.shell(), scale, area)
      if (isAhead) paintValueAxis(context, area, palette(), scale, y)
      onAhead(isAhead)
      if (!frame.isHeld() && (scale !== before || isAhead)) onScale(scale)
    },
    [
      frame,
      view,
      scaleFor,
      onScale,
      onAhead,
      palette,
      series,
      limit,
      floors,
      isLeading,
      bands,
      zone,
      now,
    ],
  )
  const prepare = useCallback(
    ({ width, height, pixelRatio }: Omit<Surface, 'context'>, part: number) => {
      const one = series[part]
      // Reading is most of a first drawing; what is read is kept for it.
      if (one)
        columnsToDraw(one.reader, frame.window(), plotAreaOf(width, height).width * pixelRatio)
      return one !== undefined
    },
    [series, frame],
  )
  const sources = useMemo(() => [view, ...series.map(({ reader }) => reader)], [series, view])
  return <Canvas prepare={prepare} draw={draw} sources={sources} />
}

const isShowing = (shell: ShellState | null, scale: ValueScale, area: Area) =>
  shell !== null &&
  shell.scale === scale &&
  shell.area.left === area.left &&
  shell.area.top === area.top &&
  shell.area.width === area.width &&
  shell.area.height === area.height
