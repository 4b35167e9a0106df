import { formatTick } from '#domain/format.ts'
import type { ValueScale } from '#domain/charts/niceScale.ts'
import type { Palette } from './palette.ts'
import { type Area, AXIS_WIDTH, rightOf } from './plot.ts'

/** Where labels of the vertical axis end. */
export const TICK_RIGHT = AXIS_WIDTH - 8
export const TICK_SIZE = 11
/** The highest base line at which a label is not cut off. */
const TOP_LABEL_Y = 12

/** The base line of a label whose value lies at `y`; 0 is lifted off the base, and what stands at the very top is lowered into the row. */
export const tickBaseline = (value: number, y: number) =>
  Math.max(y + (value === 0 ? -2 : 4), TOP_LABEL_Y)

/** The values that have a line across the plot: none where its edges are. */
export const gridValues = ({ min, max, ticks }: ValueScale) =>
  ticks.filter((tick) => tick > min && tick < max)

/**
 * Draws the vertical axis and its grid as the shell does, under all that is on the canvas already: for
 * the frames in which the shell does not show the scale yet that is drawn with.
 */
export function paintValueAxis(
  context: CanvasRenderingContext2D,
  area: Area,
  palette: Palette,
  scale: ValueScale,
  y: (value: number) => number,
) {
  context.save()
  context.globalCompositeOperation = 'destination-over'
  context.strokeStyle = palette.hair
  context.lineWidth = 1
  context.beginPath()
  for (const value of gridValues(scale)) {
    context.moveTo(area.left, y(value))
    context.lineTo(rightOf(area), y(value))
  }
  context.stroke()
  context.font = `400 ${TICK_SIZE}px ${palette.fontFamily}`
  context.textAlign = 'right'
  context.textBaseline = 'alphabetic'
  context.fillStyle = palette.ink3
  for (const value of scale.ticks)
    context.fillText(formatTick(value), TICK_RIGHT, tickBaseline(value, y(value)))
  context.restore()
}
