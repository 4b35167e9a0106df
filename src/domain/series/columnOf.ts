/**
 * Which of `columns` equally wide columns over [from, to] an instant lies in; `to` itself belongs to
 * the last one. It never falls as time rises, so the columns of a sorted series are stretches of it.
 * Every M4 of the house uses this one formula: another rounding would move samples across edges.
 */
export function columnOf(at: number, from: number, to: number, columns: number): number {
  const column = Math.floor(((at - from) * columns) / (to - from))
  return column < columns ? column : columns - 1
}

/** Whether there is anything to divide: a window of some length and at least one column. */
export const hasColumns = (from: number, to: number, columns: number) => to > from && columns >= 1
