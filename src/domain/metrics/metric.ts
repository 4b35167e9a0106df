import type { LimitKey } from '../limits/limitKey.ts'
import type { DurationMs, MetricId } from '../units.ts'

/**
 * How a number came to be. `measured`: the thing itself was counted. `proxy`: something else that
 * moves with it was counted. `estimated`: it was calculated from a proxy.
 */
export type Provenance = 'measured' | 'proxy' | 'estimated'

/** Whose use a number covers. */
export type Scope = 'organisation' | 'userApp' | 'token' | 'trunk' | 'sampledClients'

export type MetricUnit = 'count' | 'percent' | 'perMinute'

/** Which chart of the Live screen a metric belongs to. */
export type MetricGroup = 'connections' | 'sessions' | 'queue' | 'api' | 'other'

/** Shares of the limit (0–1) from which a value is shown as warn and as critical. */
export type Thresholds = { warnAt: number; criticalAt: number }

/** The vendor's own screens colour from 80 and from 90 %. */
export const DEFAULT_THRESHOLDS: Thresholds = { warnAt: 0.8, criticalAt: 0.9 }

/** What is counted, by whom, and how far to trust it. */
export type Metric = {
  id: MetricId
  /** As on the screen: `Call sessions`. A proxy is never titled "WebSocket connections". */
  title: string
  unit: MetricUnit
  /** A gauge is a level; a count adds up over the time since the sample before. */
  kind: 'gauge' | 'count'
  group: MetricGroup
  provenance: Provenance
  scope: Scope
  /** Who says so, for people: `Genesys Cloud`, `Feed of the simulator`, `ramp.jtl`. */
  origin: string
  /** How far apart samples are expected; null where they come as they come (a file). */
  intervalMs: DurationMs | null
  /** Read from a file while it is written: it has a pace, and is of its file all the same. */
  isFollowed?: boolean
  thresholds: Thresholds
  /** The key of the registry of limits that limits it, where its source says so. */
  limitKey?: LimitKey
  /** A formula or caveat in a few words: `users × 1.8`. */
  note?: string
}
