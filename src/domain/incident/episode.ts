import type { EpochMs, MetricId } from '../units.ts'
import type { Span } from './incident.ts'

/** A stretch at the limit, or a burst of capacity errors. */
export type Episode = Span & {
  kind: 'atLimit' | 'errors'
  /** Whose limit; null for a burst of errors. */
  metric: MetricId | null
  title: string
  /** Capacity errors within it. */
  refused: number
  /** Highest used ratio within it, 0–1 and above; null where unknown. */
  usedRatio: number | null
}

/** A peak within 5 % of a limit that no capacity error came with. */
export type NearMiss = Span & {
  metric: MetricId
  title: string
  peakAt: EpochMs
  peak: number
  limit: number
  usedRatio: number
}
