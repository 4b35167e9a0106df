import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { formatDate, formatZone } from '#domain/format.ts'
import { DAY_MS, type EpochMs, MINUTE_MS } from '#domain/units.ts'
import { Canvas, type Surface } from './Canvas.tsx'
import { widthOf, writeText } from './canvasText.ts'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import { instantText } from './instantText.ts'
import { AXIS_WIDTH } from './plot.ts'
import { xOf } from './timeFrame.ts'
import { timeTicks, zoneOffsetMs } from '#domain/charts/timeTicks.ts'

/** Pixels between two ticks, at least. */
const TICK_PITCH = 68
/** Ticks give way to the time tag of the crosshair within this distance; in long windows both have a day. */
const TAG_REACH = 48
const DAY_TAG_REACH = 76

/** The clock under all charts, with the crosshair's time on a tag. Drawn on canvas, since it moves with every frame of a gesture. */
export function TimeAxis() {
  const { frame, palette, crosshair, loop, zone } = useChartStack()
  const tag = useRef<HTMLSpanElement>(null)
  // The tag follows the pointer; the axis itself is drawn anew only where a text gives way to it.
  const axis = useMemo(() => createAxisState(), [])

  useEffect(() => {
    // Held here: a frame may still come between the end of the element and that of this effect.
    const element = tag.current!
    function move() {
      const window = frame.window()
      const { at } = crosshair.get()
      const isInside = at !== null && at >= window.from && at <= window.to
      const x = isInside ? xOf(at, window, AXIS_WIDTH, axis.width() - AXIS_WIDTH) : null
      placeTag(element, x, isInside ? instantText(at, window, zone, 'seconds') : '', axis.width())
      axis.tagAt(x)
    }
    const layer = loop.add(move)
    const leave = crosshair.subscribe(layer.invalidate)
    return () => {
      layer.remove()
      leave()
    }
  }, [frame, crosshair, loop, zone, axis])

  const draw = useCallback(
    ({ context, width }: Surface) => {
      const window = frame.window()
      const colours = palette()
      const plotWidth = width - AXIS_WIDTH
      const x = (at: number) => xOf(at, window, AXIS_WIDTH, plotWidth)
      const { at } = crosshair.get()
      const tagX = at !== null && at >= window.from && at <= window.to ? x(at) : null
      const ticks = timeTicks(window, zone, Math.max(1, Math.floor(plotWidth / TICK_PITCH)))
      const middles = ticks.map((tick) => x(tick.at))
      const reach = window.to - window.from > DAY_MS ? DAY_TAG_REACH : TAG_REACH
      axis.drew(width, middles, { tagX, reach })
      context.fillStyle = colours.ink3
      for (const middle of middles)
        context.fillRect(Math.min(Math.round(middle), width - 1), 0, 1, 4)
      ticks.forEach((tick, i) => {
        if (givesWay(middles[i]!, tagX, reach)) return
        const parts = [{ text: tick.text, colour: colours.ink2 }]
        const textWidth = widthOf(context, parts, colours)
        const left = Math.min(middles[i]! - textWidth / 2, width - textWidth)
        writeText(context, parts, left, 17, colours, 0)
      })
    },
    [frame, palette, crosshair, zone, axis],
  )
  const prepare = useCallback(
    (_: unknown, part: number) => {
      // The browser loads its tables of clocks at the first question: nothing else shares that frame.
      if (part === 0) zoneOffsetMs(frame.window().from, zone)
      return part === 0
    },
    [frame, zone],
  )
  const sources = useMemo(() => [axis], [axis])
  return (
    <div className={classes.panel} aria-hidden>
      <Canvas prepare={prepare} draw={draw} sources={sources} />
      <span ref={tag} className={classes.timeTag} data-part="time-tag" />
    </div>
  )
}

const givesWay = (middle: number, tagX: number | null, reach: number) =>
  tagX !== null && Math.abs(middle - tagX) < reach

/** What stands on the axis: tells when a text has to give way to the tag, or may come back. */
function createAxisState() {
  let width = 0
  let middles: readonly number[] = []
  let reach = TAG_REACH
  let hidden = ''
  const listeners = new Set<() => void>()
  const hiddenBy = (tagX: number | null) =>
    middles.filter((middle) => givesWay(middle, tagX, reach)).join(' ')
  return {
    width: () => width,
    drew(
      newWidth: number,
      newMiddles: readonly number[],
      tag: { tagX: number | null; reach: number },
    ) {
      width = newWidth
      middles = newMiddles
      reach = tag.reach
      hidden = hiddenBy(tag.tagX)
    },
    tagAt(tagX: number | null) {
      if (hiddenBy(tagX) === hidden) return
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function placeTag(tag: HTMLElement, middle: number | null, text: string, width: number) {
  tag.style.visibility = middle === null ? 'hidden' : 'visible'
  if (middle === null) return
  // Figures are all as wide: the tag is measured when it has another number of them.
  if (tag.textContent?.length !== text.length) {
    tag.textContent = text
    tag.dataset['width'] = String(tag.offsetWidth)
  } else if (tag.textContent !== text) tag.textContent = text
  const tagWidth = Number(tag.dataset['width'])
  const left = Math.min(Math.max(middle - tagWidth / 2, 0), width - tagWidth)
  tag.style.transform = `translateX(${left}px)`
}

/** The date and zone of the window's left edge, for the gutter beside the axis. */
export function AxisDate() {
  const { frame, zone } = useChartStack()
  // The text changes once a day; a moving window does not render it.
  const textOf = useMemo(() => dateTexts(zone), [zone])
  const text = useSyncExternalStore(frame.subscribe, () => textOf(frame.window().from))
  return <span className={classes.axisDate}>{text}</span>
}

/** Days and offsets of zones begin at full quarters of an hour: within one the text stands, and a gesture asks for it in every frame. */
const QUARTER_MS = 15 * MINUTE_MS

function dateTexts(zone: string) {
  let quarter = NaN
  let text = ''
  return (at: EpochMs) => {
    const asked = Math.floor(at / QUARTER_MS)
    if (asked !== quarter) text = `${formatDate(at, zone)}, ${formatZone(at, zone).split(',')[0]}`
    quarter = asked
    return text
  }
}
