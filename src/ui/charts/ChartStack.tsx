import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { EpochMs } from '#domain/units.ts'
import { CrosshairLayer } from './CrosshairLayer.tsx'
import classes from './charts.module.css'
import type { LimitBand } from './chartData.ts'
import { ChartStackContext, type ChartStackValue, type SharedBands } from './chartStackContext.ts'
import type { Crosshair } from './crosshair.ts'
import { createPageFrameLoop } from './frameLoop.ts'
import { type Palette, readPalette, watchTheme } from './palette.ts'
import { watchPixelRatio } from './pixelRatio.ts'
import type { TimeFrame } from './timeFrame.ts'
import { afterPageFrame, createTurns } from './turns.ts'

type Props = {
  /** The window all charts share; gestures move it, and so may whoever made it. */
  frame: TimeFrame
  crosshair: Crosshair
  /** IANA zone of the clock times. */
  zone: string
  /** The organisation's time. Stable. */
  now: () => EpochMs
  /** Where the plots lie within the stack, in pixels from its edges; `bottom` is the height of what follows the last plot. */
  inset: { left: number; right: number; bottom: number }
  /** The instant so many samples away, of the series the crosshair walks along. */
  step: (at: EpochMs, steps: number) => EpochMs | null
  /** N and P: the next or previous error event is wanted. */
  onEvent: (direction: 1 | -1) => void
  /** Double click: back to the window from before the zoom, or to live. */
  onReset: () => void
  children: ReactNode
}

/**
 * Charts on one time axis: they share window, crosshair, theme and one redraw per animation frame.
 * Lay the rows out as you like; every plot must begin `inset.left` and end `inset.right` from the edges.
 */
export function ChartStack({ frame, crosshair, zone, now, children, ...layer }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const palette = useRef<Palette>(null)
  // What outlives a change of zone: bands that were lost with it would leave a frame without them.
  const shared = useMemo(() => {
    const loop = createPageFrameLoop()
    return {
      loop,
      turns: createTurns(afterPageFrame),
      bands: createSharedBands(loop.invalidateAll),
      palette: () => (palette.current ??= readPalette(host.current!)),
    }
  }, [])
  const value = useMemo<ChartStackValue>(
    () => ({ ...shared, frame, crosshair, zone, now }),
    [shared, frame, crosshair, zone, now],
  )

  useEffect(() => {
    const { loop, turns } = shared
    function drawAnew() {
      palette.current = null
      loop.invalidateAll()
    }
    const ways = [
      frame.subscribe(loop.invalidateAll),
      watchTheme(drawAnew),
      watchPixelRatio(loop.invalidateAll),
    ]
    // The page's own font may come after the first drawing.
    document.fonts.addEventListener('loadingdone', drawAnew)
    return () => {
      for (const leave of ways) leave()
      document.fonts.removeEventListener('loadingdone', drawAnew)
      loop.stop()
      turns.stop()
    }
  }, [frame, shared])

  return (
    <div ref={host} className={classes.stack}>
      <ChartStackContext value={value}>
        {children}
        <CrosshairLayer {...layer} />
      </ChartStackContext>
    </div>
  )
}

function createSharedBands(onChange: () => void): SharedBands {
  let shared: readonly LimitBand[] = []
  return {
    get: () => shared,
    set(bands) {
      const isSame =
        bands.length === shared.length &&
        bands.every((band, i) => band.from === shared[i]!.from && band.to === shared[i]!.to)
      if (isSame) return
      shared = bands
      onChange()
    },
  }
}
