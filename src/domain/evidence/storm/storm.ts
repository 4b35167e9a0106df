import { mannWhitney } from '../../stats/mannWhitney.ts'
import { median } from '../../stats/quantile.ts'
import { type DurationMs, durationMs, type EpochMs, epochMs } from '../../units.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { attemptsBetween, type Demands, demandsBetween, demandsOf } from '../demand/demands.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { backoffStudies } from './backoff.ts'
import { type Burst, failureBurst } from './stormBurst.ts'

/** What a back-off would have made of the same demand (simulated). */
export type BackoffStudy = {
  /** `as it was`, `exponential`, `exponential with full jitter`. */
  policy: 'recorded' | 'exponential' | 'fullJitter'
  attempts: number
  /** Attempts per demand. */
  amplification: number
  /** Attempts of the busiest second. */
  peakPerSec: number
  /** Demands that were let in within the burst or its horizon. */
  served: number
  /** Median wait from first attempt to being let in; null where none was. */
  medianWaitMs: DurationMs | null
}

/**
 * Whether failed clients come back so fast that they are a load of their own (evidence-methods §5).
 */
export type Storm = {
  word: 'storm' | 'no' | 'cannot-tell'
  reason:
    | 'storm'
    | 'few-retries'
    | 'few-successes'
    | 'not-faster'
    | 'low-amplification'
    | 'no-burst'
    | 'no-clients'
  from: EpochMs
  to: EpochMs
  attempts: number
  demands: number
  /** Attempts per demand within the burst; null without clients. */
  amplification: number | null
  gapsAfterFailure: number
  gapsAfterSuccess: number
  medianAfterFailureMs: DurationMs | null
  medianAfterSuccessMs: DurationMs | null
  /** Mann–Whitney, one-sided: gaps after failures are shorter. */
  p: number | null
  clients: number
  backoff: readonly BackoffStudy[]
}

/** Fewer gaps than this on either side are no sample (evidence-methods §5). */
const MIN_GAPS = 20
const MIN_AMPLIFICATION = 2
const MAX_P = 0.01
/** A storm's clients come back after at most this share of their ordinary gap. */
const MAX_GAP_RATIO = 0.5

export type StormQuestion = {
  from: EpochMs
  to: EpochMs
  /** The stretch of failures to judge; found in the window where not given. */
  burst?: Burst
  /** The metric with the limit, for what was free after the burst. */
  subject?: WatchedSeries | null
}

/**
 * Did failed clients come back so fast that they were a load of their own?
 *
 * A gap is the start of an attempt less the end of the same client's attempt before: the time an
 * accepted client keeps what it opened is part of it. Within the burst with most failures, gaps
 * after failures are compared with the same clients' gaps after successes in the whole window.
 * Clients must be told apart; attempts of the time before the window, if handed in, are known to
 * its first ones. Counts are those of the burst, and of the window where nothing failed. Cost O(n
 * log n).
 */
export function stormOf(
  attempts: Attempts,
  { from, to, burst: given, subject }: StormQuestion,
): Storm {
  const burst = given ?? failureBurst(attempts, from, to)
  const span = burst ?? { from, to }
  const demands = demandsOf(attempts)
  const [first, end] = attemptsBetween(attempts, span.from, span.to)
  const firsts = demandsBetween(attempts, demands, span.from, span.to)
  const { afterFailure, afterSuccess, clients } = gapsOf(attempts, demands, span, { from, to })
  const found = {
    from: instant(span.from),
    to: instant(span.to),
    attempts: end - first,
    demands: firsts.length,
    amplification: firsts.length > 0 ? (end - first) / firsts.length : null,
    gapsAfterFailure: afterFailure.length,
    gapsAfterSuccess: afterSuccess.length,
    medianAfterFailureMs: lengthOrNull(median(afterFailure)),
    medianAfterSuccessMs: lengthOrNull(median(afterSuccess)),
    p:
      afterFailure.length > 0 && afterSuccess.length > 0
        ? // Of thousands of gaps it is smaller than a number can be, and yet never 0.
          Math.max(Number.MIN_VALUE, mannWhitney(afterFailure, afterSuccess).pLess)
        : null,
    clients,
  }
  const reason = burst ? reasonOf(found) : 'no-burst'
  if (reason !== 'storm') return { ...found, word: WORDS[reason], reason, backoff: [] }
  const backoff = backoffStudies(attempts, { burst: span, until: to, subject: subject ?? null })
  return { ...found, word: 'storm', reason, backoff }
}

const WORDS: Readonly<Record<Storm['reason'], Storm['word']>> = {
  storm: 'storm',
  'few-retries': 'no',
  'few-successes': 'cannot-tell',
  'not-faster': 'no',
  'low-amplification': 'no',
  'no-burst': 'no',
  'no-clients': 'cannot-tell',
}

type Found = Omit<Storm, 'word' | 'reason' | 'backoff'>

/** What retries are many enough, and fast enough beside ordinary gaps, to be called. */
function reasonOf(found: Found): Storm['reason'] {
  if (found.clients === 0) return 'no-clients'
  if (found.gapsAfterFailure < MIN_GAPS) return 'few-retries'
  if ((found.amplification ?? 0) < MIN_AMPLIFICATION) return 'low-amplification'
  if (found.gapsAfterSuccess < MIN_GAPS) return 'few-successes'
  const ordinaryMs = found.medianAfterSuccessMs ?? 0
  const isFaster = (found.medianAfterFailureMs ?? Infinity) <= MAX_GAP_RATIO * ordinaryMs
  return isFaster && (found.p ?? 1) <= MAX_P ? 'storm' : 'not-faster'
}

/**
 * Gaps in ms: after failures within the burst, after successes in the window; both of the clients
 * that the burst saw.
 */
function gapsOf(attempts: Attempts, { previous }: Demands, burst: Burst, window: Burst) {
  const { client, startMs, endMs, failed } = attempts
  const [first, end] = attemptsBetween(attempts, burst.from, burst.to)
  const clients = new Set(client.subarray(first, end))
  const afterFailure: number[] = []
  const afterSuccess: number[] = []
  const [start, stop] = attemptsBetween(attempts, window.from, window.to)
  for (let i = Math.min(start, first); i < Math.max(stop, end); i++) {
    const before = previous[i]!
    if (before < 0 || !clients.has(client[i]!)) continue
    const gap = startMs[i]! - endMs[before]!
    if (failed[before]) {
      if (i >= first && i < end) afterFailure.push(gap)
    } else if (i >= start && i < stop) afterSuccess.push(gap)
  }
  return { afterFailure, afterSuccess, clients: clients.size }
}

const lengthOrNull = (value: number | null) => (value === null ? null : durationMs(value))
const instant = (at: number) => epochMs(Number.isFinite(at) ? at : 0)
