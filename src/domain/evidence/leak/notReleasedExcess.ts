import { inOrder } from '../../series/merge.ts'
import type { Series } from '../../series/series.ts'
import { typicalIntervalMs } from '../sampling.ts'

/** A client-side count older than this many of its own intervals is not known any more. */
const KNOWN_FOR_INTERVALS = 2.5
/**
 * What the clients' count may have changed since it was known for the difference to be trusted, in
 * connections and as a share of its highest.
 */
const MOVED = 3
const MOVED_SHARE = 0.01

/**
 * Two counts of the same connections at the same instants, oldest first; only those at which both
 * were known.
 */
export type Excess = {
  timeMs: Float64Array
  /** What the clients have open. */
  clients: Float64Array
  /** What the organisation counts, without Tidemark's own, beyond that. */
  excess: Float64Array
  /**
   * 1 where the clients' count was known to the moment, or hardly moved around it: elsewhere the
   * difference is one of times.
   */
  isQuiet: Uint8Array
}

/**
 * The organisation's count less the clients', at each sample of the organisation at which the last
 * client-side value is known still: no gap between, and no older than 2.5 of its typical intervals.
 * O(n + m), more where samples are out of order.
 */
export function excessOf(organisation: Series, clientSide: Series, own: number): Excess {
  const ours = timed(clientSide)
  const theirs = timed(organisation)
  const intervalMs = typicalIntervalMs(ours.timeMs) ?? Infinity
  const timeMs: number[] = []
  const clients: number[] = []
  const excess: number[] = []
  const ageShare: number[] = []
  let last = -1
  for (let i = 0; i < theirs.timeMs.length; i++) {
    const at = theirs.timeMs[i]!
    while (last + 1 < ours.timeMs.length && ours.timeMs[last + 1]! <= at) last += 1
    const counted = theirs.value[i]!
    const open = ours.value[last]
    if (open === undefined || !Number.isFinite(open) || !Number.isFinite(counted)) continue
    if (at - ours.timeMs[last]! > KNOWN_FOR_INTERVALS * intervalMs) continue
    timeMs.push(at)
    clients.push(open)
    ageShare.push((at - ours.timeMs[last]!) / intervalMs)
    excess.push(Math.max(0, counted - own) - open)
  }
  return {
    timeMs: Float64Array.from(timeMs),
    clients: Float64Array.from(clients),
    excess: Float64Array.from(excess),
    isQuiet: quietOf(clients, ageShare),
  }
}

/** Oldest first with its gaps, without samples that have no time. */
function timed({ timeMs, value }: Series): Series {
  const kept = Array.from(timeMs.keys()).filter((i) => Number.isFinite(timeMs[i]!))
  return inOrder({
    timeMs: Float64Array.from(kept, (i) => timeMs[i]!),
    value: Float64Array.from(kept, (i) => value[i] ?? NaN),
  })
}

function quietOf(clients: readonly number[], ageShare: readonly number[]): Uint8Array {
  const most = clients.reduce((highest, open) => Math.max(highest, open), 0)
  const allowed = Math.max(MOVED, MOVED_SHARE * most)
  const step = (i: number) => Math.abs((clients[i + 1] ?? clients[i]!) - (clients[i] ?? 0))
  return Uint8Array.from(clients, (_, i) => {
    const moved = Math.min(1, ageShare[i]!) * Math.max(step(i), i > 0 ? step(i - 1) : 0)
    return moved <= allowed ? 1 : 0
  })
}
