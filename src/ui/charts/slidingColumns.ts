import { lowerBound } from '#domain/series/lowerBound.ts'
import { createPointBuffer, reservePoints, writtenPoints } from '#domain/series/pointBuffer.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { WindowReader } from './chartData.ts'

/** Columns [first, end) of `columnMs` each, counted from 1970. */
export type ColumnSpan = { first: number; end: number; columnMs: number }

type Reader = Pick<WindowReader, 'window' | 'version'>

/** An instant belongs to either of two columns if it is nearer to their edge than this, which is more than instants are rounded by. */
const ROUNDING_MS = 0.01
/** Four samples and a gap. */
const MOST_PER_COLUMN = 5

/**
 * The M4 points of a series for one span of columns after the other, as a pan asks for them. What lies
 * in columns that were in the span before is kept, so a step costs the columns that come in and not
 * all. Nothing is kept where the reader has news or columns have another length.
 */
export function createSlidingColumns(reader: Reader) {
  // What is drawn is in one of them, the next picture is put together in the other.
  let shown = createPointBuffer()
  let spare = createPointBuffer()
  const piece = createPointBuffer()
  let points = EMPTY_SERIES
  let before: (ColumnSpan & { version: number }) | null = null

  const startOf = (column: number, { columnMs }: ColumnSpan): EpochMs => epochMs(column * columnMs)
  const read = (first: number, end: number, span: ColumnSpan, into = piece) =>
    reader.window(startOf(first, span), startOf(end, span), end - first, into)

  /** The columns of a span that can be kept; null where it is not worth it. */
  function kept(span: ColumnSpan): { first: number; end: number } | null {
    if (before?.columnMs !== span.columnMs || before.version !== reader.version()) return null
    const first = Math.max(before.first, span.first)
    const end = Math.min(before.end, span.end)
    return end - first > (span.end - span.first) / 2 ? { first, end } : null
  }

  function slid(span: ColumnSpan, { first, end }: { first: number; end: number }): Series {
    const from = startOf(first, span) + ROUNDING_MS
    const to = startOf(end, span) + ROUNDING_MS
    reservePoints(spare, MOST_PER_COLUMN * (span.end - span.first + 2))
    let count = 0
    function add({ timeMs, value }: Series, start: number, stop: number) {
      spare.timeMs.set(timeMs.subarray(start, stop), count)
      spare.value.set(value.subarray(start, stop), count)
      count += stop - start
    }
    // A column more than what is missing, on either side: gaps are told by what lies around them, and with the outer
    // columns come the samples before and after the span.
    const left = read(span.first, first + 1, span)
    add(left, 0, lowerBound(left.timeMs, from))
    const start = lowerBound(points.timeMs, from)
    add(points, start, lowerBound(points.timeMs, to, start))
    const right = read(end - 1, span.end, span)
    add(right, lowerBound(right.timeMs, to), right.timeMs.length)
    ;[shown, spare] = [spare, shown]
    return writtenPoints(shown, count)
  }

  /** The points of a span, good until the next one is asked for. */
  return (span: ColumnSpan): Series => {
    const columns = kept(span)
    points = columns ? slid(span, columns) : read(span.first, span.end, span, shown)
    before = { ...span, version: reader.version() }
    return points
  }
}
