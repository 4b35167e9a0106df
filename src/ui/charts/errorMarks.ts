import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { ErrorColumns, TimeWindow } from './chartData.ts'
import { columnGrid } from './denseColumns.ts'

/** Failures of one class that are drawn as one mark. */
export type ErrorMark = {
  at: EpochMs
  count: number
  /** Its bin, counted from the left; null where it stands alone, at the place of its failures. */
  bin: number | null
}

/** How finely the place of a lonely failure in its bin is looked for, in pixels. */
const PLACE_PX = 1

/**
 * The failures of one class, merged where they lie within `mergePx` of each other. Bins lie on
 * multiples of their length since 1970, so that marks do not regroup while a live window slides. A
 * mark with empty neighbours stands where its failures are; beside others it takes its bin's middle.
 */
export function errorMarks(
  errors: Pick<ErrorColumns, 'columns'>,
  errorClass: ErrorClass,
  window: TimeWindow,
  widthPx: number,
  mergePx: number,
): ErrorMark[] {
  const { from, to, columns, columnMs } = columnGrid(window, Math.max(1, widthPx / mergePx))
  const counts = errors.columns(errorClass, from, to, columns)
  const marks: ErrorMark[] = []
  counts.forEach((count, bin) => {
    if (count === 0) return
    const start = epochMs(from + bin * columnMs)
    const isAlone = !counts[bin - 1] && !counts[bin + 1]
    if (!isAlone) {
      marks.push({ at: epochMs(start + columnMs / 2), count, bin })
      return
    }
    const parts = Math.max(1, Math.round(mergePx / PLACE_PX))
    const end = epochMs(start + columnMs)
    const place = middleOf(errors.columns(errorClass, start, end, parts)) ?? 0.5
    marks.push({ at: epochMs(start + place * columnMs), count, bin: null })
  })
  return marks
}

/** Where failures lie on average, as a share of the stretch; null where a rounding left none in it. */
function middleOf(counts: Float64Array): number | null {
  let sum = 0
  let weighted = 0
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]!
    weighted += counts[i]! * (i + 0.5)
  }
  return sum > 0 ? weighted / sum / counts.length : null
}
