import { lowerBound } from '../../series/lowerBound.ts'
import type { Attempts } from './clientEvents.ts'

/**
 * How long after its failure a client's next attempt still is a retry of it (evidence-methods §5,
 * §7).
 */
export const RETRY_WITHIN_MS = 60_000

/**
 * Attempts folded into what was wanted: a demand is an attempt that is no retry, with its retries.
 */
export type Demands = {
  /**
   * Number of the demand that each attempt belongs to; demands are numbered in the order of their
   * first attempts.
   */
  readonly ofAttempt: Int32Array
  /** The same client's attempt before; −1 where it is the first. */
  readonly previous: Int32Array
  /** Per demand: the attempt that was let in; −1 where none was. */
  readonly letIn: Int32Array
}

/**
 * Folds retries: an attempt that starts within 60 s after the end of the same client's failed
 * attempt belongs to that one's demand, every other begins a demand. Cost O(n), since attempts come
 * in the order of their starts.
 */
export function demandsOf({ client, startMs, endMs, failed }: Attempts): Demands {
  const ofAttempt = new Int32Array(client.length)
  const previous = new Int32Array(client.length)
  const letIn: number[] = []
  const newest = new Map<number, number>()
  for (let i = 0; i < client.length; i++) {
    const before = newest.get(client[i]!) ?? -1
    const isRetry =
      before >= 0 && failed[before]! > 0 && startMs[i]! - endMs[before]! <= RETRY_WITHIN_MS
    const demand = isRetry ? ofAttempt[before]! : letIn.push(-1) - 1
    if (!failed[i]) letIn[demand] = i
    ofAttempt[i] = demand
    previous[i] = before
    newest.set(client[i]!, i)
  }
  return { ofAttempt, previous, letIn: Int32Array.from(letIn) }
}

/** The attempts that start within [from, to): the first index, and the one after the last. */
export function attemptsBetween({ startMs }: Attempts, from: number, to: number): [number, number] {
  const first = lowerBound(startMs, from)
  return [first, Math.max(first, lowerBound(startMs, to))]
}

/**
 * The demands that had an attempt within [from, to): of each, the first of those attempts, in
 * order. One that began shortly before counts from its first attempt inside.
 */
export function demandsBetween(
  attempts: Attempts,
  demands: Demands,
  from: number,
  to: number,
): Int32Array {
  const [first, end] = attemptsBetween(attempts, from, to)
  const seen = new Set<number>()
  const firsts: number[] = []
  for (let i = first; i < end; i++) {
    const demand = demands.ofAttempt[i]!
    if (seen.has(demand)) continue
    seen.add(demand)
    firsts.push(i)
  }
  return Int32Array.from(firsts)
}
