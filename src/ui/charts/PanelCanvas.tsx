import { useCallback, useMemo, useState } from 'react'
import { Canvas, type Surface } from './Canvas.tsx'
import type { FloorLine, LimitBand, PanelLimit, PanelSeries, TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { columnsToDraw } from './denseColumns.ts'
import type { ValueScale } from '#domain/charts/niceScale.ts'
import { paintPanel } from './paintPanel.ts'
import type { PanelView } from './panelView.ts'
import { type Area, plotAreaOf } from './plot.ts'
import type { TitlePlaces } from './seriesTitle.ts'
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
  const [titles] = useState<TitlePlaces>(() => new WeakMap())

  const picture = useCallback(
    ({ context, width, height, pixelRatio }: Surface, shown: readonly PanelSeries[]) => {
      const window = frame.window()
      const area = plotAreaOf(width, height)
      const scale = scaleFor(window, view.scale(), area.height)
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
          series: shown,
          limit,
          floors,
          sharedBands: isLeading ? NO_BANDS : bands.get(),
          titles,
          y,
          zone,
          now: now(),
          pixelRatio,
        },
      )
      const isAhead = !isShowing(view.shell(), scale, area)
      if (isAhead) paintValueAxis(context, area, palette(), scale, y)
      return { scale, own, isAhead }
    },
    [frame, view, scaleFor, palette, limit, floors, isLeading, bands, titles, zone, now],
  )
  const draw = useCallback(
    (surface: Surface) => {
      const before = view.scale()
      const { scale, own, isAhead } = picture(surface, series)
      view.drew(scale)
      if (isLeading) bands.set(own)
      onAhead(isAhead)
      if (!frame.isHeld() && (scale !== before || isAhead)) onScale(scale)
    },
    [picture, series, view, isLeading, bands, onAhead, frame, onScale],
  )
  // Reading is most of a first drawing, and what is read is kept for it. The rest is slow while the
  // browser sees it for the first time: a picture of the first series takes half of that on itself.
  const prepare = useCallback(
    (surface: Surface, part: number) => {
      const { width, height, pixelRatio } = surface
      const one = series[part]
      if (one)
        columnsToDraw(one.reader, frame.window(), plotAreaOf(width, height).width * pixelRatio)
      else if (part === series.length) picture(surface, series.slice(0, 1))
      return part <= series.length
    },
    [series, frame, picture],
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
