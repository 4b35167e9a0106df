import type { Series } from '../series/series.ts'

/**
 * Reads a series between its samples, on the line from one to the next; NaN in a gap, between samples more
 * than `gapMs` apart, and outside. Instants must be asked for in ascending order: all of them
 * together cost the samples.
 */
export function levelReader({ timeMs, value }: Series, gapMs: number): (at: number) => number {
  let next = 0
  return (at) => {
    while (next < timeMs.length && timeMs[next]! < at) next += 1
    if (next === timeMs.length) return NaN
    if (timeMs[next] === at) return value[next]!
    if (next === 0) return NaN
    const from = timeMs[next - 1]!
    const lengthMs = timeMs[next]! - from
    if (lengthMs > gapMs) return NaN
    const share = (at - from) / lengthMs
    return value[next - 1]! + share * (value[next]! - value[next - 1]!)
  }
}
