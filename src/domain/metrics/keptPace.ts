import type { Series } from '../series/series.ts'
import { durationMs } from '../units.ts'
import { gapAfterMs } from './freshness.ts'
import type { Metric } from './metric.ts'
import { isOfFile } from './ofFile.ts'

/**
 * A metric as a stretch of its samples has it: with the pace they were kept at, where that is slower than
 * the one at which it is asked now, as what Prometheus scraped of a recorder. A gap is a sample of its own
 * (NaN) wherever somebody watched; three distances in a row that are as long as one are no gaps. O(n).
 */
export function atKeptPace(metric: Metric, series: Series): Metric {
  const { intervalMs, kind } = metric
  if (kind !== 'gauge' || intervalMs === null || isOfFile(metric)) return metric
  const pace = slowestPace(series)
  return pace > gapAfterMs(intervalMs) ? { ...metric, intervalMs: durationMs(pace) } : metric
}

/** The longest distance that three in a row have, gaps between them left out; 0 without three. */
function slowestPace({ timeMs, value }: Series): number {
  let slowest = 0
  let [before, last] = [0, 0]
  for (let i = 1; i < timeMs.length; i += 1) {
    const isJoined = !Number.isNaN(value[i]!) && !Number.isNaN(value[i - 1]!)
    const distance = isJoined ? timeMs[i]! - timeMs[i - 1]! : 0
    slowest = Math.max(slowest, Math.min(before, last, distance))
    ;[before, last] = [last, distance]
  }
  return slowest
}
