import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { formatClock, formatDate, formatZone } from '#domain/format.ts'
import { Canvas, type Surface } from './Canvas.tsx'
import { widthOf, writeText } from './canvasText.ts'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import { AXIS_WIDTH } from './plot.ts'
import { xOf } from './timeFrame.ts'
import { timeTicks } from './timeTicks.ts'

/** Pixels between two ticks, at least. */
const TICK_PITCH = 68
/** Ticks give way to the time tag of the crosshair within this distance. */
const TAG_REACH = 48

/** The clock under all charts, with the crosshair's time on a tag. Drawn on canvas, since it moves with every frame of a gesture. */
export function TimeAxis() {
  const { frame, palette, crosshair, zone } = useChartStack()
  const tag = useRef<HTMLSpanElement>(null)
  const draw = useCallback(
    ({ context, width }: Surface) => {
      const window = frame.window()
      const colours = palette()
      const plotWidth = width - AXIS_WIDTH
      const x = (at: number) => xOf(at, window, AXIS_WIDTH, plotWidth)
      const { at } = crosshair.get()
      const tagX = at !== null && at >= window.from && at <= window.to ? x(at) : null
      placeTag(tag.current!, tagX, at === null ? '' : formatClock(at, zone), width)
      const ticks = timeTicks(window, zone, Math.max(1, Math.floor(plotWidth / TICK_PITCH)))
      context.fillStyle = colours.ink3
      for (const tick of ticks)
        context.fillRect(Math.min(Math.round(x(tick.at)), width - 1), 0, 1, 4)
      for (const tick of ticks) {
        const middle = x(tick.at)
        if (tagX !== null && Math.abs(middle - tagX) < TAG_REACH) continue
        const parts = [{ text: tick.text, colour: colours.ink2 }]
        const textWidth = widthOf(context, parts, colours)
        const left = Math.min(middle - textWidth / 2, width - textWidth)
        writeText(context, parts, left, 17, colours, 0)
      }
    },
    [frame, palette, crosshair, zone],
  )
  const sources = useMemo(() => [crosshair], [crosshair])
  return (
    <div className={classes.panel} aria-hidden>
      <Canvas draw={draw} sources={sources} />
      <span ref={tag} className={classes.timeTag} data-part="time-tag" />
    </div>
  )
}

function placeTag(tag: HTMLElement, middle: number | null, text: string, width: number) {
  tag.style.visibility = middle === null ? 'hidden' : 'visible'
  if (middle === null) return
  tag.textContent = text
  const half = tag.offsetWidth / 2
  tag.style.transform = `translateX(${Math.min(Math.max(middle - half, 0), width - 2 * half)}px)`
}

/** The date and zone of the window's left edge, for the gutter beside the axis. */
export function AxisDate() {
  const { frame, zone } = useChartStack()
  // The text changes once a day; a moving window does not render it.
  const text = useSyncExternalStore(frame.subscribe, () => {
    const { from } = frame.window()
    return `${formatDate(from, zone)}, ${formatZone(from, zone).split(',')[0]}`
  })
  return <span className={classes.axisDate}>{text}</span>
}
