import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'
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
  const countOf = (bin: number) => {
    let sum = 0
    for (let i = bin * fine; i < (bin + 1) * fine; i++) sum += counts[i] ?? 0
    return sum
  }
  const marks: ErrorMark[] = []
  for (let bin = 0; bin < bins; bin++) {
    const count = countOf(bin)
    if (count === 0) continue
    const isAlone = countOf(bin - 1) === 0 && countOf(bin + 1) === 0
    let weighted = 0
    for (let i = bin * fine; i < (bin + 1) * fine; i++) weighted += counts[i]! * (i + 0.5)
    const place = isAlone ? weighted / count : (bin + 0.5) * fine
    marks.push({ at: (grid.from + place * fineMs) as EpochMs, count })
  }
  return marks
}
