import { formatPercent } from '#domain/format.ts'
import type { Metric, MetricUnit, Provenance } from '#domain/metrics/metric.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { wallNumber } from '#domain/wall/wallNumber.ts'
import type { WallState } from '#domain/wall/wallState.ts'
import type { OrgState } from '#state/standing/orgStanding.ts'
import type { Standing, WatchedStanding } from '#state/standing/standing.ts'

/** What the wall says of one organisation, as plain data. */
export type WallReading = {
  id: OrgId
  name: string
  isSimulated: boolean
  state: WallState
  /** Since when it has been at the limit, or dark; null where that is not known. */
  since: EpochMs | null
  /** Why there is no number: `no reply, network`. */
  reason: string | null
  /** The metric that speaks for it; null where there is no number to be shown. */
  metric: Metric | null
  /** `842`; estimates carry their sign. */
  value: string | null
  /** `1 000`; null where it is unknown. */
  limit: string | null
  /** `84 %` */
  used: string | null
  provenance: Provenance | null
  /** Refused by a capacity within the last hour. */
  refused: number
}

const STATES: Readonly<Record<OrgState, WallState>> = {
  atLimit: 'atLimit',
  critical: 'critical',
  warn: 'warn',
  ok: 'ok',
  unknown: 'unknown',
  // More than three intervals old: from five metres nobody tells an old number from a new one.
  stale: 'blind',
  blind: 'blind',
  signedOut: 'signedOut',
  off: 'off',
  loading: 'starting',
}

const EMPTY = {
  since: null,
  reason: null,
  metric: null,
  value: null,
  limit: null,
  used: null,
  provenance: null,
  refused: 0,
} as const

/** How an organisation stands, in the words of the wall. Null: nothing is known of it yet. */
export function wallReading(
  { id, name, simulation }: Organisation,
  standing: Standing | null,
): WallReading {
  const known = { ...EMPTY, id, name, isSimulated: simulation !== null }
  switch (standing?.kind) {
    case 'watched':
      return { ...known, ...watchedReading(standing) }
    case 'failed':
      return { ...known, state: 'blind', since: standing.since, reason: standing.reason }
    case 'signedOut':
      return { ...known, state: 'signedOut' }
    case 'notOpened':
      return { ...known, state: 'off', reason: 'not watched here' }
    default:
      return { ...known, state: 'starting' }
  }
}

function watchedReading(standing: WatchedStanding) {
  const { metric, value, limit, lastRatio, since, reason, refusedLastHour } = standing
  const state = STATES[standing.state]
  const isShown = state !== 'blind' && state !== 'signedOut' && value !== null && metric !== null
  if (!isShown) return { state, since, reason, refused: refusedLastHour }
  return {
    state,
    since,
    reason,
    metric,
    value: `${metric.provenance === 'estimated' ? '≈ ' : ''}${words(value, metric.unit)}`,
    limit: limit === null ? null : words(limit, metric.unit),
    used: lastRatio === null ? null : formatPercent(lastRatio),
    provenance: metric.provenance,
    refused: refusedLastHour,
  }
}

const words = (value: number, unit: MetricUnit) =>
  unit === 'percent' ? formatPercent(value / 100) : wallNumber(value)
