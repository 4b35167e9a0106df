import type { GuardedSeries } from '#domain/evidence/raise/guards.ts'
import type { Series } from '#domain/series/series.ts'

/** A queue that a raised limit must not make longer. */
export const someGuard = (series: Series, known: Partial<GuardedSeries> = {}): GuardedSeries => ({
  title: 'Waiting',
  unit: 'count',
  worse: 'higher',
  series,
  load: [],
  ...known,
})
