import type { Segment } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'

/** Points of the screen, x and y by turns, one array per line that may be drawn through. */
export type Polyline = Float64Array

/** The lines of a downsampled series on the screen; what lies between segments is not drawn. */
export function polylinesOf(
  { timeMs, value }: Series,
  segments: readonly Segment[],
  x: (at: number) => number,
  y: (value: number) => number,
): Polyline[] {
  return segments.map(({ start, end }) => {
    const line = new Float64Array(2 * (end - start))
    for (let i = start; i < end; i++) {
      line[2 * (i - start)] = x(timeMs[i]!)
      line[2 * (i - start) + 1] = y(value[i]!)
    }
    return line
  })
}

/** Adds a line to the path. */
export function tracePolyline(context: CanvasRenderingContext2D, line: Polyline) {
  context.moveTo(line[0]!, line[1]!)
  for (let i = 2; i < line.length; i += 2) context.lineTo(line[i]!, line[i + 1]!)
}

/**
 * Adds the area between a line and the base to the path. Of several points in one pixel column the
 * first, the lowest on the screen and the last are enough: the line comes in at the first and leaves
 * from the last, and what lies above the lowest is under the line itself.
 */
export function traceArea(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath'>,
  line: Polyline,
  base: number,
) {
  context.moveTo(line[0]!, base)
  for (let start = 0; start < line.length; ) {
    const column = Math.floor(line[start]!)
    let lowest = start
    let end = start + 2
    for (; end < line.length && Math.floor(line[end]!) === column; end += 2) {
      if (line[end + 1]! > line[lowest + 1]!) lowest = end
    }
    const last = end - 2
    context.lineTo(line[start]!, line[start + 1]!)
    if (lowest > start) context.lineTo(line[lowest]!, line[lowest + 1]!)
    if (last > lowest) context.lineTo(line[last]!, line[last + 1]!)
    start = end
  }
  context.lineTo(line[line.length - 2]!, base)
  context.closePath()
}
