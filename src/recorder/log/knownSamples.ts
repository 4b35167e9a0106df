import type { Series } from '#domain/series/series.ts'
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  type MetricId,
  MINUTE_MS,
} from '#domain/units.ts'
import { forgetOld, keepKnown, knownAt, type KnownColumns, noneKnown } from './knownColumns.ts'

/**
 * How far behind the newest sample of a metric one is still told apart from a repetition. A feed that
 * begins anew repeats its last hour; what is older than that is simply late.
 */
export const KNOWN_FOR_MS: DurationMs = durationMs(90 * MINUTE_MS)

/** What of a series was new, and by how much the sum of the values from `countFrom` on has grown. */
export type NewSamples = { series: Series; grownBy: number }

/** The newest samples of every metric, to tell news from repetitions. A gap is NaN, and known like any value. */
export function createKnownSamples(countFrom: EpochMs) {
  const byMetric = new Map<MetricId, KnownColumns>()

  function columnsOf(metric: MetricId): KnownColumns {
    const known = byMetric.get(metric) ?? noneKnown()
    byMetric.set(metric, known)
    return known
  }

  return {
    /** Takes samples in and gives those that say something new; another value for a known instant does. */
    take(metric: MetricId, { timeMs, value }: Series): NewSamples {
      const known = columnsOf(metric)
      const freshMs: number[] = []
      const fresh: number[] = []
      let grownBy = 0
      for (const [i, at] of timeMs.entries()) {
        const one = value[i]!
        const before = knownAt(known, at)
        if (before !== null && Object.is(before, one)) continue
        keepKnown(known, at, one)
        freshMs.push(at)
        fresh.push(one)
        if (at >= countFrom) grownBy += amount(one) - amount(before ?? Number.NaN)
      }
      forgetOld(known, KNOWN_FOR_MS)
      return {
        series: { timeMs: Float64Array.from(freshMs), value: Float64Array.from(fresh) },
        grownBy,
      }
    },
  }
}

const amount = (value: number) => (Number.isNaN(value) ? 0 : value)
