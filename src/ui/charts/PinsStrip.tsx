import { useCallback } from 'react'
import type { EpochMs } from '#domain/units.ts'
import { Canvas, type Surface } from './Canvas.tsx'
import { widthOf, writeText } from './canvasText.ts'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import { AXIS_WIDTH } from './plot.ts'
import { xOf } from './timeFrame.ts'

type Props = {
  /** Windows that are held against each other: `Window A`, with its clock times. */
  spans: readonly { from: EpochMs; to: EpochMs; name: string; ends: string }[]
  /** Notes, by their number. */
  pins: readonly { at: EpochMs; label: string }[]
  /** One sentence that says what the strip shows. */
  summary: string
}

const BAR_PX = 16
const PIN_RADIUS_PX = 8
const NO_SOURCES: readonly never[] = []

/** What people laid over the time axis: the windows they compare, and where their notes stand. */
export function PinsStrip({ spans, pins, summary }: Props) {
  const { frame, palette } = useChartStack()
  const draw = useCallback(
    ({ context, width, height }: Surface) => {
      const window = frame.window()
      const colours = palette()
      const middle = height / 2
      const x = (at: number) => xOf(at, window, AXIS_WIDTH, width - AXIS_WIDTH)
      context.beginPath()
      context.rect(AXIS_WIDTH - PIN_RADIUS_PX, 0, width - AXIS_WIDTH + PIN_RADIUS_PX, height)
      context.clip()
      for (const { from, to, name, ends } of spans) {
        if (to < window.from || from > window.to) continue
        const left = Math.max(AXIS_WIDTH, Math.round(x(from)))
        const right = Math.min(width, Math.round(x(to)))
        context.fillStyle = colours.hair
        context.fillRect(left, middle - BAR_PX / 2, Math.max(1, right - left - 1), BAR_PX)
        const long = [
          { text: `${name} `, isStrong: true, colour: colours.ink },
          { text: ends, colour: colours.ink2 },
        ]
        const short = long.slice(0, 1)
        const parts = [long, short].find(
          (one) => widthOf(context, one, colours) < right - left - 10,
        )
        if (parts) writeText(context, parts, left + 6, middle + 4, colours, 0)
      }
      for (const { at, label } of pins) {
        if (at < window.from || at > window.to) continue
        const centre = Math.round(x(at))
        context.beginPath()
        context.arc(centre, middle, PIN_RADIUS_PX, 0, 2 * Math.PI)
        context.fillStyle = colours.ink
        context.fill()
        const parts = [{ text: label, isStrong: true, colour: colours.bg }]
        writeText(
          context,
          parts,
          centre - widthOf(context, parts, colours) / 2,
          middle + 4,
          colours,
          0,
        )
      }
    },
    [frame, palette, spans, pins],
  )
  return (
    <div className={classes.panel} role="img" aria-label={summary}>
      <Canvas draw={draw} sources={NO_SOURCES} />
    </div>
  )
}
