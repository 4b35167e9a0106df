import { lowerBound } from '#domain/series/lowerBound.ts'
import type { Series } from '#domain/series/series.ts'
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  type MetricId,
  MINUTE_MS,
} from '#domain/units.ts'

/**
 * How far behind the newest sample of a metric one is still told apart from a repetition. A feed that
 * begins anew repeats its last hour; what is older than that is simply late.
 */
export const KNOWN_FOR_MS: DurationMs = durationMs(90 * MINUTE_MS)

/** Plain columns: of numbers alone, they take 16 bytes a sample. */
type Columns = { timeMs: number[]; value: number[] }

/** So many may be held beyond their time: dropping them costs a copy of the rest. */
const SLACK = 500

/** What of a series was new, and by how much the sum of the values from `countFrom` on has grown. */
export type NewSamples = { series: Series; grownBy: number }

/** The newest samples of every metric, to tell news from repetitions. A gap is NaN, and known like any value. */
export function createKnownSamples(countFrom: EpochMs) {
  const byMetric = new Map<MetricId, Columns>()

  function columnsOf(metric: MetricId): Columns {
    const known = byMetric.get(metric) ?? { timeMs: [], value: [] }
    byMetric.set(metric, known)
    return known
  }

  function forgetOld({ timeMs, value }: Columns) {
    const surplus = lowerBound(timeMs, timeMs.at(-1)! - KNOWN_FOR_MS)
    if (surplus < SLACK) return
    timeMs.splice(0, surplus)
    value.splice(0, surplus)
  }

  return {
    /** Takes samples in and gives those that say something new; another value for a known instant does. */
    take(metric: MetricId, { timeMs, value }: Series): NewSamples {
      const known = columnsOf(metric)
      const fresh: Columns = { timeMs: [], value: [] }
      let grownBy = 0
      for (const [i, at] of timeMs.entries()) {
        const one = value[i]!
        const index = lowerBound(known.timeMs, at)
        const isThere = known.timeMs[index] === at
        const before = isThere ? known.value[index]! : Number.NaN
        if (isThere && Object.is(before, one)) continue
        known.timeMs.splice(index, isThere ? 1 : 0, at)
        known.value.splice(index, isThere ? 1 : 0, one)
        fresh.timeMs.push(at)
        fresh.value.push(one)
        if (at >= countFrom) grownBy += amount(one) - amount(before)
      }
      if (fresh.timeMs.length > 0) forgetOld(known)
      return {
        series: {
          timeMs: Float64Array.from(fresh.timeMs),
          value: Float64Array.from(fresh.value),
        },
        grownBy,
      }
    },
  }
}

const amount = (value: number) => (Number.isNaN(value) ? 0 : value)
