import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { ErrorColumns, TimeWindow } from './chartData.ts'
import { columnGrid } from './denseColumns.ts'

/** Failures of one class that are drawn as one mark. */
export type ErrorMark = { at: EpochMs; count: number }

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
  const grid = columnGrid(window, Math.max(1, widthPx / mergePx))
  const bins = grid.columns
  // Fine columns say where in its bin a lonely failure lies.
  const fine = Math.max(1, Math.round(mergePx))
  const counts = errors.columns(errorClass, grid.from, grid.to, bins * fine)
  const fineMs = grid.columnMs / fine
  const marks: ErrorMark[] = []
  let before = 0
  let count = sumOf(counts, 0, fine)
  for (let bin = 0; bin < bins; bin++) {
    const after = sumOf(counts, (bin + 1) * fine, fine)
    if (count > 0) {
      const isAlone = before === 0 && after === 0
      const place = isAlone ? middleOf(counts, bin * fine, fine) : (bin + 0.5) * fine
      marks.push({ at: epochMs(grid.from + place * fineMs), count })
    }
    before = count
    count = after
  }
  return marks
}

function sumOf(counts: Float64Array, start: number, length: number): number {
  let sum = 0
  for (let i = start; i < Math.min(start + length, counts.length); i++) sum += counts[i]!
  return sum
}

/** Where the failures of a bin lie on average, in fine columns. */
function middleOf(counts: Float64Array, start: number, length: number): number {
  let weighted = 0
  for (let i = start; i < start + length; i++) weighted += counts[i]! * (i + 0.5)
  return weighted / sumOf(counts, start, length)
}
