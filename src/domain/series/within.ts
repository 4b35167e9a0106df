import { lowerBound, upperBound } from './lowerBound.ts'
import type { Series } from './series.ts'

/**
 * The samples from `from` to `to`, both included, as views and not as copies; empty where there are
 * none. The series must be oldest first. O(log n).
 */
export function within({ timeMs, value }: Series, from: number, to: number): Series {
  const [start, end] = [lowerBound(timeMs, from), upperBound(timeMs, to)]
  return { timeMs: timeMs.subarray(start, end), value: value.subarray(start, end) }
}
