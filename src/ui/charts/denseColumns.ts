import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import type { TimeWindow, WindowReader } from './chartData.ts'
import { type ColumnSpan, createSlidingColumns } from './slidingColumns.ts'

/** Columns of equal width whose edges stay put while the window slides over them. */
export type ColumnGrid = TimeWindow & ColumnSpan & { columns: number }

/**
 * The columns that cover a window of `count` columns' length. Their edges lie on multiples of their
 * length since 1970 and not on the window's edge: otherwise samples would change columns with every
 * step of a live window, and the picture would shimmer.
 */
export function columnGrid(window: TimeWindow, count: number): ColumnGrid {
  const columnMs = (window.to - window.from) / count
  // Instants are large beside a column: a product may fall on the wrong side by a rounding.
  let first = Math.floor(window.from / columnMs)
  if (first * columnMs > window.from) first -= 1
  let last = Math.ceil(window.to / columnMs)
  if (last * columnMs < window.to) last += 1
  return {
    from: epochMs(first * columnMs),
    to: epochMs(last * columnMs),
    first,
    end: last,
    columns: last - first,
    columnMs,
  }
}

type Reader = Pick<WindowReader, 'window' | 'version'>

/** Charts draw anew with every frame of a gesture: each reader's points go where its last ones were. */
const columnsOf = new WeakMap<Reader, ReturnType<typeof createSlidingColumns>>()

function slidingColumnsOf(reader: Reader) {
  const known = columnsOf.get(reader)
  if (known) return known
  const columns = createSlidingColumns(reader)
  columnsOf.set(reader, columns)
  return columns
}

/**
 * What is drawn of a series: the M4 points of one column per device pixel, good until the same
 * reader is asked again. `columnMs` is the time within which samples were left out.
 */
export function columnsToDraw(
  reader: Reader,
  window: TimeWindow,
  devicePixels: number,
): { points: Series; columnMs: number } {
  const grid = columnGrid(window, Math.max(1, Math.round(devicePixels)))
  return { points: slidingColumnsOf(reader)(grid), columnMs: grid.columnMs }
}
