import type { ShiftTest } from './shiftTest.ts'
import type { ShiftPicture } from './verdict.ts'

const CLASSES = 32
const TIE = 1e-9

/**
 * The overlaps of all shifts in equal classes, for the picture of the level test; null where
 * nothing overlaps at any shift. O(n).
 */
export function shiftPicture({ bestLevel }: ShiftTest): ShiftPicture | null {
  const observed = bestLevel[0] ?? 0
  const max = bestLevel.reduce((largest, overlap) => Math.max(largest, overlap), 0)
  if (max <= TIE) return null
  const counts = Array.from({ length: CLASSES }, () => 0)
  let asExtreme = 0
  for (const overlap of bestLevel) {
    const part = Math.floor((Math.max(0, overlap) / max) * CLASSES)
    counts[Math.min(CLASSES - 1, part)]! += 1
    if (overlap >= observed - TIE) asExtreme += 1
  }
  return { counts, max, observed, shifts: bestLevel.length, asExtreme }
}
