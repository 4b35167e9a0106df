import { useEffect, useRef } from 'react'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { ThemeName } from '#domain/charts/themeColours.ts'
import { createPointBuffer } from '#domain/series/pointBuffer.ts'
import { type EpochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import type { ErrorColumns } from './chartData.ts'
import classes from './charts.module.css'
import { joinedWithinMs, type MetricStore } from './metricSeries.ts'
import { hourArea, paintHour, refusalColumns } from './paintHour.ts'
import { readPalette } from './palette.ts'

type Props = {
  store: MetricStore
  errors: ErrorColumns
  metric: Metric
  limits: LimitSteps
  /** The organisation's time. Stable. */
  now: () => EpochMs
  /** Font size of the words around it, in CSS pixels: lines are as thick as that asks for. */
  text: number
  laneHeight: number
  theme: ThemeName
}

/**
 * The last hour of one metric, for the wall. It is drawn anew when something new came, and once a minute: a
 * screen that hangs for weeks has nothing to do in between. What it says stands beside it in words.
 */
export function HourChart(props: Props) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const { store, errors, metric, limits, now, text, laneHeight, theme } = props
  useEffect(() => {
    const canvas = canvasRef.current!
    const context = canvas.getContext('2d')!
    const buffer = createPointBuffer()
    let frame = 0

    function draw() {
      const { clientWidth: width, clientHeight: height } = canvas
      if (width === 0 || height === 0) return
      const ratio = window.devicePixelRatio
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      const to = now()
      const from = later(to, -1 * HOUR_MS)
      const area = hourArea(width, height)
      const measures = { text, laneHeight }
      const columns = Math.max(1, Math.round(width))
      paintHour(
        {
          context,
          area,
          window: { from, to },
          palette: readPalette(canvas),
          x: (at) => area.left + ((at - from) / HOUR_MS) * area.width,
        },
        {
          points: store.window(metric.id, from, to, columns, buffer),
          columnMs: HOUR_MS / columns,
          gapAfterMs: joinedWithinMs(metric, null),
          limits,
          refusals: errors.columns('capacity', from, to, refusalColumns(width, measures)),
        },
        measures,
      )
    }
    const drawSoon = () => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        draw()
      })
    }
    const resized = new ResizeObserver(drawSoon)
    resized.observe(canvas)
    const leave = [store.subscribe(drawSoon), errors.subscribe(drawSoon)]
    const timer = setInterval(drawSoon, MINUTE_MS)
    drawSoon()
    return () => {
      cancelAnimationFrame(frame)
      clearInterval(timer)
      resized.disconnect()
      for (const undo of leave) undo()
    }
  }, [store, errors, metric, limits, now, text, laneHeight, theme])
  return <canvas ref={canvasRef} className={classes.canvas} aria-hidden />
}
