import type { Segment } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'
import { type ColumnExtents, columnExtentsOf } from './columnExtents.ts'
import type { Plot } from './plot.ts'
import { type Polyline, polylinesOf } from './polyline.ts'

/**
 * A series as it lies on the screen. `lines` is null where points are so dense that a pen would go to
 * and fro within pixels: then the extents are the picture.
 */
export type Curve = { extents: ColumnExtents; lines: readonly Polyline[] | null }

/**
 * From so many points per column of device pixels on, a stroke is nothing but vertical pieces side by
 * side. Filled as such they cost a tenth, and no stroke's joins reach beyond a value.
 */
const DENSE = 2

/** The curve through a downsampled series, broken between segments. */
export function curveOf(
  points: Series,
  segments: readonly Segment[],
  { area, x }: Pick<Plot, 'area' | 'x'>,
  y: (value: number) => number,
  pixelRatio: number,
): Curve {
  const extents = columnExtentsOf(points, segments, area, pixelRatio, x, y)
  const isDense = points.timeMs.length >= DENSE * extents.top.length
  return { extents, lines: isDense ? null : polylinesOf(points, segments, x, y) }
}
