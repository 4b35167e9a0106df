import { useCallback, useMemo } from 'react'
import { createPortal } from 'react-dom'
import { usePlotArea, useYAxisScale } from 'recharts'
import { Canvas, type Surface } from './Canvas.tsx'
import type { FloorLine, LimitBand, PanelLimit, PanelSeries, TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import type { ValueScale } from './niceScale.ts'
import { paintPanel } from './paintPanel.ts'
import { xOf } from './timeFrame.ts'

type Props = {
  /** Where the canvas goes: over the chart's SVG. */
  host: HTMLElement
  series: readonly PanelSeries[]
  limit: PanelLimit | null
  floors: FloorLine | null
  isLeading: boolean
  scale: ValueScale
  scaleFor: (window: TimeWindow, before: ValueScale) => ValueScale
  onScale: (scale: ValueScale) => void
}

const NO_BANDS: readonly LimitBand[] = []

/** The dense part of a panel: a child of the Recharts chart that takes plot and scale from it and draws on one canvas. */
export function DenseLayer(props: Props) {
  const { host, series, limit, floors, isLeading, scale, scaleFor, onScale } = props
  const { frame, bands, palette, zone, now } = useChartStack()
  const plotArea = usePlotArea()
  const yScale = useYAxisScale()
  const bottom = yScale?.(scale.min)
  const top = yScale?.(scale.max)

  const draw = useCallback(
    ({ context, pixelRatio }: Surface) => {
      // Before its first layout the shell knows no scale; it renders again when it does.
      if (!plotArea || bottom === undefined || top === undefined) return
      const window = frame.window()
      const needed = scaleFor(window, scale)
      if (needed !== scale) onScale(needed)
      const area = {
        left: plotArea.x,
        top: plotArea.y,
        width: plotArea.width,
        height: plotArea.height,
      }
      const perUnit = (bottom - top) / (scale.max - scale.min)
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
          y: (value) => bottom - (value - scale.min) * perUnit,
          zone,
          now: now(),
          pixelRatio,
        },
      )
      if (isLeading) bands.set(own)
    },
    [
      plotArea,
      bottom,
      top,
      frame,
      scaleFor,
      scale,
      onScale,
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
  const sources = useMemo(() => series.map(({ reader }) => reader), [series])
  return createPortal(<Canvas draw={draw} sources={sources} />, host)
}
