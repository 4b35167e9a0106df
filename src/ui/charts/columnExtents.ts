import type { Segment } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'
import type { Area } from './plot.ts'

/**
 * How far a curve reaches up and down in each column of device pixels of a plot: from `top` to
 * `bottom` in CSS pixels, NaN where it does not run. Column `i` begins at `leftOf(i)`.
 */
export type ColumnExtents = {
  readonly top: Float64Array
  readonly bottom: Float64Array
  /** The first column, counted in device pixels from the left edge of the canvas. */
  readonly first: number
  readonly pixelRatio: number
}

/** Where a column begins, in CSS pixels; `leftOf(extents, i + 1)` is where it ends. */
export const leftOf = ({ first, pixelRatio }: ColumnExtents, column: number) =>
  (first + column) / pixelRatio

/** The columns of a plot in which nothing runs yet. */
function emptyExtents(area: Area, pixelRatio: number): ColumnExtents {
  const first = Math.floor(area.left * pixelRatio)
  const count = Math.max(0, Math.ceil((area.left + area.width) * pixelRatio) - first)
  return {
    top: new Float64Array(count).fill(NaN),
    bottom: new Float64Array(count).fill(NaN),
    first,
    pixelRatio,
  }
}

/**
 * The columns that the line through these points runs through, between two points as well as at them:
 * what a pen without width would touch. O(points + columns).
 */
export function columnExtentsOf(
  { timeMs, value }: Series,
  segments: readonly Segment[],
  area: Area,
  pixelRatio: number,
  x: (at: number) => number,
  y: (value: number) => number,
): ColumnExtents {
  const extents = emptyExtents(area, pixelRatio)
  const { top, bottom, first } = extents
  const count = top.length

  function touch(column: number, y1: number, y2: number) {
    if (column < 0 || column >= count) return
    const low = y1 < y2 ? y1 : y2
    const high = y1 < y2 ? y2 : y1
    // Written so that a column without anything, NaN, takes whatever comes.
    if (!(top[column]! <= low)) top[column] = low
    if (!(bottom[column]! >= high)) bottom[column] = high
  }

  for (const { start, end } of segments) {
    let fromX = x(timeMs[start]!) * pixelRatio - first
    let fromY = y(value[start]!)
    touch(Math.floor(fromX), fromY, fromY)
    for (let i = start + 1; i < end; i++) {
      const toX = x(timeMs[i]!) * pixelRatio - first
      const toY = y(value[i]!)
      const fromColumn = Math.floor(fromX)
      const toColumn = Math.floor(toX)
      if (fromColumn === toColumn) touch(toColumn, fromY, toY)
      else {
        const rise = (toY - fromY) / (toX - fromX)
        const last = Math.min(toColumn, count - 1)
        for (let column = Math.max(0, fromColumn); column <= last; column++) {
          const enters = column === fromColumn ? fromY : fromY + rise * (column - fromX)
          const leaves = column === toColumn ? toY : fromY + rise * (column + 1 - fromX)
          touch(column, enters, leaves)
        }
      }
      fromX = toX
      fromY = toY
    }
  }
  return extents
}

/** The highest and lowest place of a curve between two x in CSS pixels; null where it does not run. */
export function extentIn(
  extents: ColumnExtents,
  span: { left: number; right: number },
): { top: number; bottom: number } | null {
  const { top, bottom, first, pixelRatio } = extents
  const start = Math.max(0, Math.floor(span.left * pixelRatio) - first)
  const end = Math.min(top.length, Math.floor(span.right * pixelRatio) - first + 1)
  let highest = Infinity
  let lowest = -Infinity
  for (let column = start; column < end; column++) {
    if (top[column]! < highest) highest = top[column]!
    if (bottom[column]! > lowest) lowest = bottom[column]!
  }
  return highest <= lowest ? { top: highest, bottom: lowest } : null
}
