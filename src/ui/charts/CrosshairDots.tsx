import { useEffect, useRef } from 'react'
import classes from './charts.module.css'
import type { PanelSeries } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import type { ValueScale } from './niceScale.ts'
import { AXIS_WIDTH } from './plot.ts'
import { xOf } from './timeFrame.ts'
import { valueOnLine } from './valueOnLine.ts'

type Props = {
  series: readonly PanelSeries[]
  scale: ValueScale
  size: { width: number; height: number }
  margin: { top: number; bottom: number }
}

/** A ring on each line under the crosshair; none in a gap. Moved without rendering. */
export function CrosshairDots({ series, scale, size, margin }: Props) {
  const { frame, crosshair, loop } = useChartStack()
  const rings = useRef<(HTMLSpanElement | null)[]>([])

  useEffect(() => {
    function move() {
      const window = frame.window()
      const { at } = crosshair.get()
      const height = size.height - margin.top - margin.bottom
      series.forEach((each, i) => {
        const ring = rings.current[i]
        const isInside = at !== null && at >= window.from && at <= window.to
        const value = isInside ? valueOnLine(each, at) : null
        if (!ring) return
        ring.style.visibility = value === null ? 'hidden' : 'visible'
        if (value === null) return
        const x = xOf(at!, window, AXIS_WIDTH, size.width - AXIS_WIDTH)
        const share = (value - scale.min) / (scale.max - scale.min)
        // The 1 px rule of the crosshair lies on whole pixels; so does the ring's middle.
        const middle = Math.round(x - AXIS_WIDTH) + AXIS_WIDTH + 0.5
        const y = size.height - margin.bottom - share * height
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
  }, [frame, crosshair, loop, series, scale, size, margin])

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
