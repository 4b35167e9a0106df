import type { ErrorClass, ErrorEvent } from '../errors/errorEvent.ts'
import { blindAfterMs } from '../metrics/freshness.ts'
import type { Metric } from '../metrics/metric.ts'
import { type EpochMs, epochMs, later, type MetricId } from '../units.ts'
import type { BlindCause } from './alert.ts'

/** Why a turn brought nothing; `metric` is null where it may be any of them. */
export type Lapse = { at: EpochMs; metric: MetricId | null; cause: BlindCause }

/** What is known of one metric's silence. */
export type Heard = {
  /** The last value that was one; null before the first. */
  at: EpochMs | null
  /** The newest lapse since then; null where nobody said anything. */
  cause: BlindCause | null
  /** Since when it is expected, where it has not been heard yet. */
  since?: EpochMs
}

export const NEVER_HEARD: Heard = { at: null, cause: null }

/** How long a metric is silent before it is blind: never shorter than screens take to say so. */
export const silentAfterMs = ({ intervalMs }: Metric, holdMs: number): number =>
  Math.max(holdMs, intervalMs === null ? Infinity : blindAfterMs(intervalMs))

/** When a metric that stays silent is blind, counted from when Tidemark began to listen. */
export const blindAt = ({ at, since }: Heard, listensSince: EpochMs, afterMs: number): EpochMs =>
  later(epochMs(Math.max(at ?? since ?? listensSince, listensSince)), afterMs)

/**
 * The metrics that are blind, by the cause at which they became so. One that is silent on stays with
 * it, whatever else goes wrong meanwhile: one alert per cause, and no second one for the same silence.
 */
export type Blind = Partial<Record<BlindCause, MetricId[]>>

/** A metric that was not blind falls silent. */
export function fallSilent(blind: Blind, metric: MetricId, cause: BlindCause) {
  blind[cause] = [...(blind[cause] ?? []), metric]
}

/** A metric is heard again: gives the cause it leaves, null where it was not blind. */
export function hearAgain(blind: Blind, metric: MetricId): BlindCause | null {
  const cause = causeOf(blind, metric)
  if (cause === null) return null
  const rest = blind[cause]!.filter((one) => one !== metric)
  if (rest.length > 0) blind[cause] = rest
  else delete blind[cause]
  return cause
}

const causeOf = (blind: Blind, metric: MetricId): BlindCause | null =>
  BLIND_CAUSES.find((cause) => blind[cause]?.includes(metric)) ?? null

export const BLIND_CAUSES: readonly BlindCause[] = ['token', 'network', 'rate', 'server', 'silent']

export const countBlind = (blind: Blind): number =>
  BLIND_CAUSES.reduce((sum, cause) => sum + (blind[cause]?.length ?? 0), 0)

const CAUSE_OF_CLASS: Partial<Record<ErrorClass, BlindCause>> = {
  auth: 'token',
  network: 'network',
  rate: 'rate',
  server: 'server',
  capacity: 'server',
}

/**
 * What Tidemark's own failed requests say of a silence: for what is read back from a history, which
 * does not tell which source a request was for.
 */
export const lapsesOfErrors = (errors: readonly ErrorEvent[]): readonly Lapse[] =>
  errors
    .filter(({ source }) => source === 'monitor')
    .map(({ at, class: kind }) => ({ at, metric: null, cause: CAUSE_OF_CLASS[kind] ?? 'silent' }))
