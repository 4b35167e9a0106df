import { useEffect, useLayoutEffect, useRef } from 'react'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import type { Watched } from './chartData.ts'
import type { Layer, Preparation } from './frameLoop.ts'

/** What there is to draw on: cleared, in CSS pixels, crisp at any pixel ratio. */
export type Surface = {
  context: CanvasRenderingContext2D
  width: number
  height: number
  pixelRatio: number
}

type Props = {
  /**
   * Does the given part of what the first drawing needs, e.g. reads one of its series; false when there
   * is no such part. Parts come one after the other, with other work of the page between them. What a
   * part draws is wiped off by the next one.
   */
  prepare?: (surface: Surface, part: number) => boolean
  /** Draws everything anew. Called at most once per animation frame, never while off the screen. */
  draw: (surface: Surface) => void
  /** What it is drawn from, beside window and theme. Stable, or it is subscribed to anew. */
  sources: readonly Pick<Watched, 'subscribe'>[]
}

/** A canvas over its parent that draws when its sources, the window, the theme or its size change. */
export function Canvas({ prepare, draw, sources }: Props) {
  const { loop } = useChartStack()
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const drawRef = useRef(draw)
  const prepareRef = useRef(prepare)
  const layerRef = useRef<Layer>(null)

  useLayoutEffect(() => {
    drawRef.current = draw
    prepareRef.current = prepare
    layerRef.current?.invalidate()
  }, [draw, prepare])

  useEffect(() => {
    const canvas = canvasRef.current!
    const context = canvas.getContext('2d')!
    let isVisible = true
    let size = { width: 0, height: 0 }
    let pixels = size
    let part = 0

    function onCleared<T>(call: (surface: Surface) => T): T {
      const { width, height } = size
      if (canvas.width !== pixels.width) canvas.width = pixels.width
      if (canvas.height !== pixels.height) canvas.height = pixels.height
      const pixelRatio = pixels.width / width
      context.setTransform(pixelRatio, 0, 0, pixels.height / height, 0, 0)
      context.clearRect(0, 0, width, height)
      context.save()
      const result = call({ context, width, height, pixelRatio })
      context.restore()
      return result
    }

    const hasArea = () => size.width > 0 && size.height > 0

    function redraw() {
      if (isVisible && hasArea()) onCleared(drawRef.current)
    }

    function prepareNext(): Preparation {
      if (!hasArea()) return 'waiting'
      const isLeft = onCleared((surface) => prepareRef.current?.(surface, part))
      part += 1
      return isLeft ? 'unfinished' : 'ready'
    }

    const layer = loop.add(redraw, prepareNext)
    layerRef.current = layer
    const resized = new ResizeObserver(([entry]) => {
      const isFirst = size.width === 0
      size = { width: canvas.clientWidth, height: canvas.clientHeight }
      pixels = pixelsOf(entry!, size)
      // At once and not with the next frame: a stretched picture would be seen for one. The first one
      // stretches nothing, and waits its turn.
      if (isFirst) layer.invalidate()
      else redraw()
    })
    const seen = new IntersectionObserver((entries) => {
      const wasVisible = isVisible
      // A busy page hears of several changes at once: the last one holds.
      isVisible = entries.at(-1)!.isIntersecting
      if (isVisible && !wasVisible) layer.invalidate()
    })
    observePixels(resized, canvas)
    seen.observe(canvas)
    return () => {
      layer.remove()
      layerRef.current = null
      resized.disconnect()
      seen.disconnect()
    }
  }, [loop])

  useEffect(() => {
    const ways = sources.map((source) => source.subscribe(() => layerRef.current?.invalidate()))
    layerRef.current?.invalidate()
    return () => ways.forEach((leave) => leave())
  }, [sources])

  return <canvas ref={canvasRef} className={classes.canvas} aria-hidden />
}

type Size = { width: number; height: number }

/**
 * The device pixels that a canvas covers. Where the ratio is no whole number only the browser knows
 * which way it rounds an edge, and a canvas of another size is blurred; one that does not tell is
 * taken to round to the nearest.
 */
function pixelsOf(entry: ResizeObserverEntry, { width, height }: Size): Size {
  const [box] = entry.devicePixelContentBoxSize ?? []
  if (box) return { width: box.inlineSize, height: box.blockSize }
  const ratio = window.devicePixelRatio
  return { width: Math.round(width * ratio), height: Math.round(height * ratio) }
}

function observePixels(observer: ResizeObserver, canvas: HTMLCanvasElement) {
  const canTell = 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype
  observer.observe(canvas, { box: canTell ? 'device-pixel-content-box' : 'content-box' })
}
