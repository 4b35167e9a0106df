import type { EpochMs, MetricId } from '../units.ts'
import type { LimitKey } from './limitKey.ts'

/** A limit that somebody typed in: it comes before what any source tells. */
export type ManualLimit = {
  metric: MetricId
  value: number
  /** In force from then; until then, or null while it holds. */
  from: EpochMs
  until: EpochMs | null
  author: string
  setAt: EpochMs
  note: string
}

/** What people say of limits, beside what sources tell. */
export type LimitSettings = {
  /** Which key of the registry is the limit of which metric, by metric id. */
  limitKeys: Readonly<Record<string, LimitKey>>
  manualLimits: readonly ManualLimit[]
}

export const NO_LIMIT_SETTINGS: LimitSettings = { limitKeys: {}, manualLimits: [] }
