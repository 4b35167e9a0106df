import { inOrder } from './merge.ts'
import type { Series } from './series.ts'

/**
 * The samples that have both a time and a value, oldest first, one per instant (of two the later
 * one in the column counts): gaps are left out, so who bridges none must look at the times. Columns
 * of unequal length are cut to the shorter one. O(n) where all is in order, O(n log n) otherwise.
 */
export function finiteSamples({ timeMs, value }: Series): Series {
  const n = Math.min(timeMs.length, value.length)
  const times = new Float64Array(n)
  const values = new Float64Array(n)
  let size = 0
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(timeMs[i]!) || !Number.isFinite(value[i]!)) continue
    times[size] = timeMs[i]!
    values[size++] = value[i]!
  }
  return inOrder({ timeMs: times.subarray(0, size), value: values.subarray(0, size) })
}
