import type { SeriesStyle, TimeWindow } from './chartData.ts'
import { type ColumnExtents, leftOf } from './columnExtents.ts'
import type { Curve } from './curve.ts'
import type { Palette } from './palette.ts'
import { bottomOf, type Plot } from './plot.ts'
import { type Polyline, traceArea, tracePolyline } from './polyline.ts'

type Stroke = {
  colour: 'water' | 'ink2' | 'rate'
  width: number
  dash: readonly [number, number] | null
}

const STROKES: Readonly<Record<SeriesStyle, Stroke>> = {
  water: { colour: 'water', width: 1.5, dash: null },
  line: { colour: 'water', width: 1.5, dash: null },
  second: { colour: 'ink2', width: 1.25, dash: null },
  dotted: { colour: 'rate', width: 1.5, dash: [1.5, 3] },
}

const PIECE_POINTS = 32
/** Between its dots a dotted curve is left out only where it is no higher than this: a peak is drawn in full. */
const LEVEL_PX = 3

/** The colour a series of this style is drawn in. */
export const colourOf = (style: SeriesStyle, palette: Palette) => palette[STROKES[style].colour]

/**
 * The tint from the curve down to the base; comes first, since it is wiped off where the value is at
 * the limit: yellow over blue would read as green, that is as OK.
 */
export function paintWater(plot: Plot, curve: Curve, dry: readonly TimeWindow[]) {
  const { context, area, palette, x } = plot
  const base = bottomOf(area)
  if (curve.lines) {
    context.fillStyle = palette['water-soft']
    context.beginPath()
    for (const line of curve.lines) traceArea(context, line, base)
    context.fill()
  } else {
    context.strokeStyle = palette['water-soft']
    strokeColumns(context, curve.extents, (_, bottom) => [bottom, base])
  }
  for (const { from, to } of dry) {
    context.clearRect(x(from), area.top, x(to) - x(from), area.height)
  }
}

/** The curve itself; a sample that stands alone between gaps is a dot, since a line of one point is nothing. */
export function paintLines({ context, palette }: Plot, curve: Curve, style: SeriesStyle) {
  const stroke = STROKES[style]
  const colour = palette[stroke.colour]
  context.strokeStyle = colour
  if (!curve.lines) {
    const half = stroke.width / 2
    strokeColumns(context, curve.extents, (top, bottom, left) =>
      isBetweenDots(stroke, left, bottom - top) ? null : [top - half, bottom + half],
    )
    return
  }
  strokeLines(context, curve.lines, stroke)
  context.fillStyle = colour
  context.beginPath()
  for (const line of curve.lines) {
    if (line.length !== 2) continue
    context.moveTo(line[0]! + 1.5, line[1]!)
    context.arc(line[0]!, line[1]!, 1.5, 0, 2 * Math.PI)
  }
  context.fill()
}

function isBetweenDots({ dash }: Stroke, left: number, height: number): boolean {
  return dash !== null && height < LEVEL_PX && left % (dash[0] + dash[1]) >= dash[0]
}

function strokeLines(
  context: CanvasRenderingContext2D,
  lines: readonly Polyline[],
  { width, dash }: Stroke,
) {
  context.lineWidth = width
  context.lineJoin = 'round'
  context.setLineDash(dash ? [...dash] : [])
  for (const line of lines) {
    // The cost of a stroke grows faster than its length where it crosses itself: short pieces are
    // drawn in a third of the time. Dashes need one piece.
    const step = dash ? line.length : PIECE_POINTS * 2
    for (let start = 0; start + 2 < line.length; start += step) {
      context.beginPath()
      tracePolyline(context, line.subarray(start, start + step + 2))
      context.stroke()
    }
  }
  context.setLineDash([])
}

/**
 * Draws a stretch of each column in which the curve runs, as upright strokes one device pixel wide: no
 * other way to fill as many columns costs so little (docs/performance.md).
 */
function strokeColumns(
  context: CanvasRenderingContext2D,
  extents: ColumnExtents,
  stretchOf: (top: number, bottom: number, left: number) => readonly [number, number] | null,
) {
  const { top, bottom, pixelRatio } = extents
  const middle = 0.5 / pixelRatio
  context.lineWidth = 1 / pixelRatio
  context.beginPath()
  for (let column = 0; column < top.length; column++) {
    if (!(top[column]! <= bottom[column]!)) continue
    const left = leftOf(extents, column)
    const stretch = stretchOf(top[column]!, bottom[column]!, left)
    if (!stretch) continue
    context.moveTo(left + middle, stretch[0])
    context.lineTo(left + middle, stretch[1])
  }
  context.stroke()
}
