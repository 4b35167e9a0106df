import type { verdictOf } from '#domain/evidence/verdict/verdict.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { durationMs, epochMs, metricId } from '#domain/units.ts'

type Planted = {
  /** Value per second; NaN is a sample that says nothing. */
  values: readonly number[]
  /** One limit, or one per second. */
  limit: number | readonly number[] | null
  /** Capacity errors per second. */
  errors: readonly number[]
  /** Attempts per second; null: nobody counts them. Two when left out. */
  attempts?: readonly number[] | null
}

/**
 * What `verdictOf` is asked about a window whose truth is known: one sample per second, from 1970
 * on.
 */
export function plantedWindow(planted: Planted): Parameters<typeof verdictOf>[0] {
  const { values, limit, errors, attempts = values.map(() => 2) } = planted
  const seconds = (column: readonly number[], offset: number) => ({
    timeMs: Float64Array.from(column, (_, i) => i * 1_000 + offset),
    value: Float64Array.from(column),
  })
  const failed = [...errors.entries()].filter(([, count]) => count > 0)
  return {
    from: epochMs(0),
    to: epochMs(values.length * 1_000),
    subject: {
      metric: metricId('connections'),
      title: 'Connections',
      provenance: 'measured',
      scope: 'organisation',
      intervalMs: durationMs(1_000),
      series: seconds(values, 0),
      limits: limitsOf(limit),
    },
    capacity: {
      timeMs: Float64Array.from(failed, ([i]) => i * 1_000 + 500),
      count: Float64Array.from(failed, ([, count]) => count),
    },
    // A count stands at the end of the time that it counts.
    attempts: attempts && seconds(attempts, 1_000),
    named: 0,
  }
}

function limitsOf(limit: Planted['limit']): LimitSteps {
  if (limit === null) return []
  const each = typeof limit === 'number' ? [limit] : limit
  return each.map((value, i) => ({ from: epochMs(i * 1_000), value, source: 'planted' }))
}

/** `[60, 30]` reads as "60, for 30 seconds". */
export const stretches = (...parts: readonly (readonly [value: number, seconds: number])[]) =>
  parts.flatMap(([value, seconds]) => Array.from({ length: seconds }, () => value))
