import { iterationsOf } from '../timeline/iterations.ts'
import type { Marker } from '../timeline/marker.ts'
import { type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from '../units.ts'
import type { Alert } from './alert.ts'

/** Who is told: the one who runs a load test, or who watches the organisation. */
export type Audience = 'tester' | 'operators'

/** What a run leaves behind may still come: retries, the drain, an alert with a hold time. */
export const RUN_GRACE_MS = (10 * MINUTE_MS) as DurationMs
/** A run of which nothing was marked for so long has been forgotten, and quiets nobody. */
const FORGOTTEN_AFTER_MS = 4 * HOUR_MS

/**
 * Whether a declared load test goes on at an instant, or has ended less than `graceMs` before. It
 * ends by itself: with its last mark and the grace, or when nobody has marked anything for four hours.
 * Runs that were read from files declare nothing.
 */
export function isQuiet(markers: readonly Marker[], at: EpochMs, graceMs: DurationMs): boolean {
  const run = iterationsOf(markers, at).findLast(({ isFile }) => !isFile)
  if (!run) return false
  if (run.to !== null) return at < run.to + graceMs
  const newest = run.iterations.reduce<number>((last, { from }) => Math.max(last, from), run.from)
  return at < newest + FORGOTTEN_AFTER_MS
}

/** Who is told of an alert: what a load test is there to provoke concerns whoever runs it. */
export const audienceOf = (
  alert: Pick<Alert, 'kind' | 'hasCapacity'>,
  markers: readonly Marker[],
  at: EpochMs,
  graceMs: DurationMs,
): Audience => (isOfCapacity(alert) && isQuiet(markers, at, graceMs) ? 'tester' : 'operators')

const isOfCapacity = ({ kind, hasCapacity }: Pick<Alert, 'kind' | 'hasCapacity'>) =>
  kind === 'level' || kind === 'leak' || hasCapacity
