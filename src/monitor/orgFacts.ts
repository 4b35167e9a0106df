import type { LimitSettings } from '#domain/limits/limitSettings.ts'
import type { RegistryBook } from '#domain/limits/registryBook.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { DurationMs, EpochMs, MetricId, SourceId } from '#domain/units.ts'
import type { HistoryHealth } from '#sources/history/history.ts'
import type { SourceErrorDetails, SourceErrorKind } from '#sources/sourceError.ts'

/** Why a source does not answer, as plain data. */
export type SourceFailure = SourceErrorDetails & { kind: SourceErrorKind; message: string }

/**
 * How a source is doing:
 * - `waiting`: not asked yet · `ok`: the last turn brought a reply
 * - `failing`: it will be tried again at `nextAt`
 * - `off`: not asked at its cadence, with the reason in `failure` (permission, absent, our mistake);
 *   once more at `nextAt` where that is set
 * - `signedOut`: waits for a sign-in
 */
export type SourceState = 'waiting' | 'ok' | 'failing' | 'off' | 'signedOut'

export type SourceStatus = {
  id: SourceId
  title: string
  everyMs: DurationMs
  /** The series this source feeds. */
  metrics: readonly MetricId[]
  state: SourceState
  lastOkAt: EpochMs | null
  /** Since when there has been no good reply; null while it is well. */
  failingSince: EpochMs | null
  failure: SourceFailure | null
  nextAt: EpochMs | null
  /** Ticks left out because the turn before was still running. */
  skippedTicks: number
}

/** What Tidemark itself costs the organisation. */
export type Footprint = {
  /** Requests to the organisation's API; feeds are not part of the organisation. */
  requestsLastMinute: number
  /** Requests to feeds. */
  feedRequestsLastMinute?: number
  /** Requests a minute Tidemark allows itself: at most half of what the organisation allows. */
  allowedPerMinute: number
  inFlight: number
  /** Notification channels opened by Tidemark. It opens none. */
  channels: number
}

/** How far the clock here was compared with the organisation's. */
export type ClockCheck =
  | { kind: 'unchecked' }
  /** `offsetMs` is server − here, off by at most `errorMs` (half the round trip plus the header's second). */
  | { kind: 'checked'; offsetMs: DurationMs; errorMs: DurationMs; at: EpochMs }

/**
 * Whether this tab asks the organisation, or reads what another tab asks. `resting`: it may not ask,
 * having been hidden for so long, and no other tab is known to.
 */
export type TabRole = 'starting' | 'polling' | 'following' | 'resting'

export type SessionState =
  | { kind: 'signedIn'; expiresAt: EpochMs }
  | { kind: 'signedOut'; reason: 'never' | 'expired' | 'refused' | 'left' }
  /** Feeds and files need no sign-in. */
  | { kind: 'notNeeded' }

/** Everything slow that screens show of an organisation: one immutable snapshot, new only when something changed. */
export type OrgFacts = {
  organisation: Organisation
  /** In catalogue order, then as they arrived. */
  metrics: readonly Metric[]
  /** Those that hold, of all that is known of them. */
  limits: ReadonlyMap<MetricId, LimitSteps>
  /** As sources told them: what the journal of changes is made of. */
  toldLimits: ReadonlyMap<MetricId, LimitSteps>
  /** What is known of the organisation's registry of limits. */
  registry: RegistryBook
  /** Which keys belong to which metrics, and which limits were typed in. */
  limitSettings: LimitSettings
  sources: readonly SourceStatus[]
  /** Oldest first. */
  markers: readonly Marker[]
  footprint: Footprint
  clock: ClockCheck
  role: TabRole
  session: SessionState
  history: HistoryHealth
  /**
   * Set while nothing is asked because nobody has looked at this page for as long as the settings
   * allow: since when. It goes on as soon as the page is shown.
   */
  idleSince?: EpochMs | null
  /**
   * When a tab of another build of Tidemark was last heard to watch this organisation: they do not
   * understand each other. Null or missing: not lately.
   */
  otherBuildAt?: EpochMs | null
  /** True from the start until what is kept of the last day has been read back. */
  isLoadingHistory: boolean
}
