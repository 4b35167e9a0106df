import type { verdictOf } from '#domain/evidence/verdict/verdict.ts'
import type { WatchedSeries } from '#domain/evidence/watchedSeries.ts'
import { durationMs, epochMs, metricId, SECOND_MS } from '#domain/units.ts'
import { LIMIT } from './usage.ts'

type Question = Parameters<typeof verdictOf>[0]

/** A count with a limit, one sample per second from 1970 on. */
export const watchedSeconds = (
  value: Float64Array,
  limit = LIMIT,
  id = 'count',
): WatchedSeries => ({
  metric: metricId(id),
  title: id,
  provenance: 'measured',
  scope: 'organisation',
  intervalMs: durationMs(SECOND_MS),
  series: { timeMs: value.map((_, i) => i * SECOND_MS), value },
  limits: [{ from: epochMs(0), value: limit, source: 'planted' }],
})

/** Errors per second as columns. */
export function failuresOf(errors: Float64Array): Question['capacity'] {
  const failed = [...errors.keys()].filter((i) => errors[i]! > 0)
  return {
    timeMs: Float64Array.from(failed, (i) => i * SECOND_MS + SECOND_MS / 2),
    count: Float64Array.from(failed, (i) => errors[i]!),
  }
}

/** Attempts per second: each count stands at the end of its second. */
export const attemptsSeries = (attempts: Float64Array) => ({
  timeMs: attempts.map((_, i) => (i + 1) * SECOND_MS),
  value: attempts,
})

/** A window of seconds as `verdictOf` is asked about it; `attempts` null where nobody counts them. */
export const questionOf = (
  value: Float64Array,
  errors: Float64Array,
  attempts: Float64Array | null,
): Question => ({
  from: epochMs(0),
  to: epochMs(value.length * SECOND_MS),
  subject: watchedSeconds(value),
  capacity: failuresOf(errors),
  attempts: attempts && attemptsSeries(attempts),
  named: 0,
})
