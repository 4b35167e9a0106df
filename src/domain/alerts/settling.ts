import type { ErrorClass } from '../errors/errorEvent.ts'
import type { Series } from '../series/series.ts'
import { type EpochMs, epochMs, type MetricId } from '../units.ts'
import type { AlertNews } from './alertNews.ts'
import type { BlindCause } from './alert.ts'
import type { LeakLook } from './leakLooks.ts'

/** One thing that is judged in the order of its time, once what belongs before it has had time to come. */
export type Settling =
  /** A value was heard; `attempts` where it is the count of attempts. */
  | { kind: 'heard'; at: EpochMs; metric: MetricId; attempts: number | null }
  | { kind: 'error'; at: EpochMs; class: ErrorClass; count: number }
  | { kind: 'lapse'; at: EpochMs; metric: MetricId | null; cause: BlindCause }
  | { kind: 'leak'; at: EpochMs; look: LeakLook }

/**
 * All of it that the news hold. What Tidemark itself ran into is no failure of the organisation's
 * users: it tells why something is not heard.
 */
export function settlingOf(
  { samples, errors, lapses, leaks }: AlertNews,
  attempts: MetricId | null,
): Settling[] {
  return [
    ...samples.flatMap(({ metric, series }) => heardIn(series, metric, metric === attempts)),
    ...errors
      .filter(({ source }) => source !== 'monitor')
      .map(({ at, class: kind, count }): Settling => ({ kind: 'error', at, class: kind, count })),
    ...lapses.map((lapse): Settling => ({ kind: 'lapse', ...lapse })),
    ...leaks.map((look): Settling => ({ kind: 'leak', at: look.at, look })),
  ]
}

function heardIn({ timeMs, value }: Series, metric: MetricId, isAttempts: boolean): Settling[] {
  const heard: Settling[] = []
  for (let i = 0; i < timeMs.length; i++) {
    if (!Number.isFinite(value[i])) continue
    const attempts = isAttempts ? Math.max(0, value[i]!) : null
    heard.push({ kind: 'heard', at: epochMs(timeMs[i]!), metric, attempts })
  }
  return heard
}

const RANK = { heard: 0, error: 1, lapse: 2, leak: 3 } as const

/** Oldest first; of one instant in an order that does not depend on how they came. */
export const bySettling = (a: Settling, b: Settling) => a.at - b.at || RANK[a.kind] - RANK[b.kind]
