import type { SeriesStyle, TimeWindow } from './chartData.ts'
import { bottomOf, type Plot } from './plot.ts'
import { type Polyline, traceArea, tracePolyline } from './polyline.ts'
import type { Palette } from './palette.ts'

const STROKES: Readonly<
  Record<SeriesStyle, { colour: 'water' | 'ink2' | 'rate'; width: number; dash: number[] }>
> = {
  water: { colour: 'water', width: 1.5, dash: [] },
  line: { colour: 'water', width: 1.5, dash: [] },
  second: { colour: 'ink2', width: 1.25, dash: [] },
  dotted: { colour: 'rate', width: 1.5, dash: [1.5, 3] },
}

const PIECE_POINTS = 32

/** The colour a series of this style is drawn in. */
export const colourOf = (style: SeriesStyle, palette: Palette) => palette[STROKES[style].colour]

/**
 * The tint from the lines down to the base; comes first, since it is wiped off where the value is at
 * the limit: yellow over blue would read as green, that is as OK.
 */
export function paintWater(plot: Plot, lines: readonly Polyline[], dry: readonly TimeWindow[]) {
  const { context, area, palette, x } = plot
  context.beginPath()
  for (const line of lines) traceArea(context, line, bottomOf(area))
  context.fillStyle = palette['water-soft']
  context.fill()
  for (const { from, to } of dry) {
    context.clearRect(x(from), area.top, x(to) - x(from), area.height)
  }
}

/** The lines; a sample that stands alone between gaps is a dot, since a line of one point is nothing. */
export function paintLines(
  { context, palette }: Plot,
  lines: readonly Polyline[],
  style: SeriesStyle,
) {
  const { width, dash } = STROKES[style]
  const colour = colourOf(style, palette)
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = width
  context.lineJoin = 'round'
  context.setLineDash(dash)
  for (const line of lines) {
    // The cost of a stroke grows faster than its length where it crosses itself, as the zigzag of
    // dense columns does: short pieces are drawn in a third of the time. Dashes need one piece.
    const step = dash.length > 0 ? line.length : PIECE_POINTS * 2
    for (let start = 0; start + 2 < line.length; start += step) {
      context.beginPath()
      tracePolyline(context, line.subarray(start, start + step + 2))
      context.stroke()
    }
  }
  context.setLineDash([])
  context.beginPath()
  for (const line of lines) {
    if (line.length !== 2) continue
    context.moveTo(line[0]! + 1.5, line[1]!)
    context.arc(line[0]!, line[1]!, 1.5, 0, 2 * Math.PI)
  }
  context.fill()
}
