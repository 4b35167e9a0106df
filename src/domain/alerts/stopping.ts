import type { DurationMs, EpochMs } from '../units.ts'
import type { Alert } from './alert.ts'

/**
 * The alerts for which a running load test has to stop now: those of stop rules that fire and have
 * been looked at within `freshMs`. What is known too long ago stops nothing.
 */
export const stopping = (
  active: readonly Alert[],
  now: EpochMs,
  freshMs: DurationMs,
): readonly Alert[] =>
  active.filter(
    ({ isStop, clearedAt, lastAt }) => isStop && clearedAt === null && now - lastAt <= freshMs,
  )
