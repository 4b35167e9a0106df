import { useEffect, useRef } from 'react'
import classes from './charts.module.css'
import type { PanelSeries } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import type { PanelView } from './panelView.ts'
import { bottomOf, plotAreaOf } from './plot.ts'
import { xOf } from './timeFrame.ts'
import { valueOnLine } from './valueOnLine.ts'

type Props = {
  series: readonly PanelSeries[]
  view: PanelView
  size: { width: number; height: number }
}

/** A ring on each line under the crosshair; none in a gap. Moved without rendering. */
export function CrosshairDots({ series, view, size }: Props) {
  const { frame, crosshair, loop } = useChartStack()
  const rings = useRef<(HTMLSpanElement | null)[]>([])

  useEffect(() => {
    function move() {
      const window = frame.window()
      const { at } = crosshair.get()
      const area = plotAreaOf(size.width, size.height)
      const scale = view.scale()
      series.forEach((each, i) => {
        const ring = rings.current[i]
        const isInside = at !== null && at >= window.from && at <= window.to
        const value = isInside ? valueOnLine(each, at) : null
        if (!ring) return
        ring.style.visibility = value === null || !scale ? 'hidden' : 'visible'
        if (value === null || !scale) return
        const x = xOf(at!, window, area.left, area.width)
        const share = (value - scale.min) / (scale.max - scale.min)
        // The 1 px rule of the crosshair lies on whole pixels; so does the ring's middle.
        const middle = Math.round(x - area.left) + area.left + 0.5
        const y = bottomOf(area) - share * area.height
        ring.style.transform = `translate(${middle}px, ${y}px)`
      })
    }
    const layer = loop.add(move)
    const ways = [
      crosshair.subscribe(layer.invalidate),
      ...series.map(({ reader }) => reader.subscribe(layer.invalidate)),
    ]
    return () => {
      layer.remove()
      ways.forEach((leave) => leave())
    }
  }, [frame, crosshair, loop, series, view, size])

  return series.map((each, i) => (
    <span
      key={`${i} ${each.title}`}
      ref={(element) => void (rings.current[i] = element)}
      className={classes.dot}
      data-part="dot"
      aria-hidden
    />
  ))
}
