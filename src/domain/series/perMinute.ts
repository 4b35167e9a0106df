import { type EpochMs, epochMs, later, MINUTE_MS } from '../units.ts'
import type { Series } from './series.ts'

/**
 * How many there were in the minute that ends at an instant (the instant itself included), from a
 * count: a metric whose samples add up. Null where the minute holds no sample, or a gap: a sum with a
 * part missing would be a number too low. O(n).
 */
export function perMinuteAt({ timeMs, value }: Series, at: EpochMs): number | null {
  const from = later(at, -1 * MINUTE_MS)
  let sum: number | null = null
  for (let i = timeMs.length - 1; i >= 0 && timeMs[i]! > from; i--) {
    if (timeMs[i]! <= at) sum = (sum ?? 0) + value[i]!
  }
  return sum === null || Number.isNaN(sum) ? null : sum
}

/** The busiest minute of a count that ends with one of its samples; null where there is none. O(n). */
export function busiestMinute({ timeMs, value }: Series): { at: EpochMs; count: number } | null {
  let busiest: { at: EpochMs; count: number } | null = null
  let oldest = 0
  let sum = 0
  let gaps = 0
  for (let i = 0; i < timeMs.length; i++) {
    const add = value[i]!
    if (Number.isNaN(add)) gaps += 1
    else sum += add
    for (; timeMs[oldest]! <= timeMs[i]! - MINUTE_MS; oldest++) {
      if (Number.isNaN(value[oldest])) gaps -= 1
      else sum -= value[oldest]!
    }
    if (gaps === 0 && (busiest === null || sum > busiest.count))
      busiest = { at: epochMs(timeMs[i]!), count: sum }
  }
  return busiest
}
