import { useCallback } from 'react'
import { Canvas, type Surface } from './Canvas.tsx'
import { widthOf, writeText } from './canvasText.ts'
import classes from './charts.module.css'
import type { IterationSpan } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { AXIS_WIDTH } from './plot.ts'
import { xOf } from './timeFrame.ts'

type Props = { iterations: readonly IterationSpan[]; summary: string }

const BAR_PX = 12
const NO_SOURCES: readonly never[] = []

/**
 * The iterations of a load test: a bar each, with its number. The one that runs has no right edge.
 * A file's are outlines, so that they are not taken for what is being watched.
 */
export function RunsStrip({ iterations, summary }: Props) {
  const { frame, palette, now } = useChartStack()
  const draw = useCallback(
    ({ context, width, height }: Surface) => {
      const window = frame.window()
      const colours = palette()
      const top = Math.round((height - BAR_PX) / 2)
      const x = (at: number) => xOf(at, window, AXIS_WIDTH, width - AXIS_WIDTH)
      context.beginPath()
      context.rect(AXIS_WIDTH, 0, width - AXIS_WIDTH, height)
      context.clip()
      const bars = iterations.flatMap(({ from, to, label, isBeside = false }) => {
        const end = to ?? Math.min(window.to, now())
        if (end < window.from || from > window.to) return []
        const left = Math.round(x(from))
        return [{ left, right: Math.round(x(end)), isOpen: to === null, label, isBeside }]
      })
      const watched = bars.filter(({ isBeside }) => !isBeside)
      for (const { left, right, isOpen, label, isBeside } of bars) {
        context.fillStyle = isBeside ? colours.bg : colours.hair
        context.fillRect(left, top, Math.max(1, right - left), BAR_PX)
        context.fillStyle = colours.edge
        if (isBeside) {
          context.fillRect(left, top, right - left, 1)
          context.fillRect(left, top + BAR_PX - 1, right - left, 1)
        }
        context.fillRect(left, top, 1, BAR_PX)
        if (!isOpen && right - left > 2) context.fillRect(right - 1, top, 1, BAR_PX)
        // A bar that began before the window keeps its number in sight; half a number is none.
        const start = Math.max(left, AXIS_WIDTH) + 5
        const parts = [{ text: label, colour: colours.ink2 }]
        const end = start + widthOf(context, parts, colours)
        const isCovered = isBeside && watched.some((bar) => bar.left < end && bar.right > start)
        if (end > right - 2 || isCovered) continue
        writeText(context, parts, start, top + 10, colours, 0)
      }
    },
    [frame, palette, now, iterations],
  )
  return (
    <div className={classes.panel} role="img" aria-label={summary}>
      <Canvas draw={draw} sources={NO_SOURCES} />
    </div>
  )
}
