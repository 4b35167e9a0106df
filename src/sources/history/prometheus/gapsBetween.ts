import type { Series } from '#domain/series/series.ts'

/** A scrape that is missing leaves twice the usual distance. */
const GAP_FROM = 1.5
/** How many distances on each side say what is usual here: the pace of scrapes may change. */
const AROUND = 4

/**
 * A series with a gap sample where the next scrape would have been, wherever one or more are
 * missing. Prometheus gives no sign of its own in a range of samples. O(n).
 */
export function withGapsBetween({ timeMs, value }: Series): Series {
  const times: number[] = []
  const values: number[] = []
  for (let i = 0; i < timeMs.length; i += 1) {
    times.push(timeMs[i]!)
    values.push(value[i]!)
    const distance = timeMs[i + 1]! - timeMs[i]!
    // Most distances are as long as one of their neighbours, which is looked at first.
    if (!(distance > GAP_FROM * shorterNeighbour(timeMs, i))) continue
    const usual = usualAround(timeMs, i)
    if (distance <= GAP_FROM * usual) continue
    times.push(timeMs[i]! + usual)
    values.push(NaN)
  }
  return { timeMs: Float64Array.from(times), value: Float64Array.from(values) }
}

function shorterNeighbour(timeMs: Float64Array, i: number): number {
  const before = i > 0 ? timeMs[i]! - timeMs[i - 1]! : Infinity
  const after = i + 2 < timeMs.length ? timeMs[i + 2]! - timeMs[i + 1]! : Infinity
  return Math.min(before, after)
}

/** The median of the distances around the one that begins with sample `i`, its own left out. */
function usualAround(timeMs: Float64Array, i: number): number {
  const distances: number[] = []
  for (let k = Math.max(0, i - AROUND); k <= i + AROUND && k + 1 < timeMs.length; k += 1)
    if (k !== i) distances.push(timeMs[k + 1]! - timeMs[k]!)
  return distances.toSorted((a, b) => a - b)[(distances.length - 1) >> 1]!
}
