import type { Series } from '../../series/series.ts'
import type { AttemptCounts } from '../enough/enough.ts'
import type { FailureColumns } from '../watchedSeries.ts'

/**
 * What is known of the attempts of a window where clients are not told apart: how many were
 * accepted and rejected, and by Little's law (mean count = rate × mean time kept) how long a place
 * was kept. Null where nobody counts attempts, or none was accepted. Source: Little, Oper. Res.
 * 9:383–387, 1961.
 */
export function attemptCounts(
  level: Series,
  attempts: Series | null,
  rejections: FailureColumns,
  windowMs: number,
): AttemptCounts | null {
  if (!attempts || !(windowMs > 0)) return null
  const rejected = rejections.count.reduce((sum, count) => sum + count, 0)
  const accepted = sumOf(attempts.value) - rejected
  const known = level.value.filter((value) => Number.isFinite(value))
  if (!(accepted > 0) || known.length === 0) return null
  return { accepted, rejected, holdingMs: (sumOf(known) / known.length / accepted) * windowMs }
}

const sumOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + (value > 0 && value < Infinity ? value : 0), 0)
