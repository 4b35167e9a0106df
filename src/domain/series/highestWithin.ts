import type { Series } from './series.ts'

/**
 * The highest value of the samples in [from, to), in whatever order they come; null where there is
 * none. Gaps and infinite values are left out. O(n).
 */
export function highestWithin({ timeMs, value }: Series, from: number, to: number): number | null {
  let highest: number | null = null
  for (let i = 0; i < timeMs.length; i++) {
    if (!(timeMs[i]! >= from && timeMs[i]! < to) || !Number.isFinite(value[i])) continue
    if (highest === null || value[i]! > highest) highest = value[i]!
  }
  return highest
}
