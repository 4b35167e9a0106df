import { useEffect, useLayoutEffect, useRef } from 'react'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import type { Watched } from './chartData.ts'
import type { Layer } from './frameLoop.ts'

/** What there is to draw on: cleared, in CSS pixels, crisp at any pixel ratio. */
export type Surface = {
  context: CanvasRenderingContext2D
  width: number
  height: number
  pixelRatio: number
}

type Props = {
  /** Draws everything anew. Called at most once per animation frame, never while off the screen. */
  draw: (surface: Surface) => void
  /** What it is drawn from, beside window and theme. Stable, or it is subscribed to anew. */
  sources: readonly Pick<Watched, 'subscribe'>[]
}

/** A canvas over its parent that draws when its sources, the window, the theme or its size change. */
export function Canvas({ draw, sources }: Props) {
  const { loop } = useChartStack()
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const drawRef = useRef(draw)
  const layerRef = useRef<Layer>(null)

  useLayoutEffect(() => {
    drawRef.current = draw
    layerRef.current?.invalidate()
  }, [draw])

  useEffect(() => {
    const canvas = canvasRef.current!
    const context = canvas.getContext('2d')!
    let isVisible = true
    let width = canvas.clientWidth
    let height = canvas.clientHeight

    function redraw() {
      if (!isVisible || width === 0 || height === 0) return
      const pixelRatio = window.devicePixelRatio
      const wanted = {
        width: Math.round(width * pixelRatio),
        height: Math.round(height * pixelRatio),
      }
      if (canvas.width !== wanted.width) canvas.width = wanted.width
      if (canvas.height !== wanted.height) canvas.height = wanted.height
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
      context.clearRect(0, 0, width, height)
      context.save()
      drawRef.current({ context, width, height, pixelRatio })
      context.restore()
    }

    const layer = loop.add(redraw)
    layerRef.current = layer
    const resized = new ResizeObserver(() => {
      width = canvas.clientWidth
      height = canvas.clientHeight
      // At once and not with the next frame: a stretched picture would be seen for one.
      redraw()
    })
    const seen = new IntersectionObserver(([entry]) => {
      const wasVisible = isVisible
      isVisible = entry!.isIntersecting
      if (isVisible && !wasVisible) layer.invalidate()
    })
    resized.observe(canvas)
    seen.observe(canvas)
    // The pixel ratio changes with the browser's zoom and with the screen the window is on.
    window.addEventListener('resize', layer.invalidate)
    return () => {
      layer.remove()
      layerRef.current = null
      resized.disconnect()
      seen.disconnect()
      window.removeEventListener('resize', layer.invalidate)
    }
  }, [loop])

  useEffect(() => {
    const ways = sources.map((source) => source.subscribe(() => layerRef.current?.invalidate()))
    layerRef.current?.invalidate()
    return () => ways.forEach((leave) => leave())
  }, [sources])

  return <canvas ref={canvasRef} className={classes.canvas} aria-hidden />
}
