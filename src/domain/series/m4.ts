import { columnOf, hasColumns } from './columnOf.ts'
import { EMPTY_SERIES, type Series } from './series.ts'

/**
 * The first, lowest, highest and last sample of each column of a window: what has to be drawn so
 * that it looks as if all samples were (M4). Reads every sample: the reference for the pyramid's
 * `m4`, and good enough for small series.
 *
 * - At most four points per column, in time order, each once. Of equal values the first counts.
 * - The samples next to the window, one before `from` and one after `to`, are included where they
 *   exist, so that lines reach the edges.
 * - Gap samples belong to no column. A stretch of them that lies between the points of different
 *   columns, or at an end, is one NaN point at its first sample; a stretch inside one column is
 *   narrower than a pixel and left out.
 * - Empty where the window has no length or `columns` is below 1.
 *
 * `series` must be in order, one sample per instant. O(n).
 * Source: Jugel et al., PVLDB 7(10), 2014, doi:10.14778/2732951.2732953.
 */
export function m4Of(series: Series, from: number, to: number, columns: number): Series {
  if (!hasColumns(from, to, columns)) return EMPTY_SERIES
  const { timeMs, value } = series
  const points: number[] = []
  let previousColumn: number | null = null
  let members: number[] = []
  let openGap: number | null = null

  const closeColumn = () => {
    if (members.length === 0) return
    const first = members[0]!
    const last = members.at(-1)!
    const lowest = members.reduce((best, i) => (value[i]! < value[best]! ? i : best))
    const highest = members.reduce((best, i) => (value[i]! > value[best]! ? i : best))
    points.push(...[...new Set([first, lowest, highest, last])].sort((a, b) => a - b))
    members = []
  }
  const closeGap = () => {
    if (openGap !== null) points.push(openGap)
    openGap = null
  }

  const firstInside = timeMs.findIndex((at) => at >= from)
  const start = Math.max(0, firstInside < 0 ? timeMs.length - 1 : firstInside - 1)
  for (let i = start; i < timeMs.length; i++) {
    if (Number.isFinite(value[i])) {
      const column = edgeOrColumn(timeMs[i]!, from, to, columns)
      if (column !== previousColumn) {
        closeColumn()
        closeGap()
      }
      openGap = null
      previousColumn = column
      members.push(i)
    } else openGap ??= i
    if (timeMs[i]! > to) break
  }
  closeColumn()
  closeGap()
  return {
    timeMs: Float64Array.from(points, (i) => timeMs[i]!),
    value: Float64Array.from(points, (i) => (Number.isFinite(value[i]) ? value[i]! : NaN)),
  }
}

/** The samples beside the window are columns of their own. */
function edgeOrColumn(at: number, from: number, to: number, columns: number): number {
  if (at < from) return -1
  return at > to ? columns : columnOf(at, from, to, columns)
}
