import type { Interval } from '../stats/interval.ts'
import type { EpochMs } from '../units.ts'

/**
 * What the organisation still counts and the clients no longer hold: the organisation's count minus
 * what the clients have open, above what it was before the first iteration.
 */
export type NotReleased = {
  /** Newest excess over the baseline, in connections. */
  now: number
  at: EpochMs
  /** What lay between the two counts before anything was tested: other users of the organisation. */
  baseline: number
  /** Largest excess of the window. */
  peak: number
  /** Excess added per iteration, where there are iterations. */
  perIteration: readonly { iteration: number; added: number; at: EpochMs }[]
  /** Time after which what was not released is given back by the server, fitted from the decay; null where nothing decays. */
  idleTimeoutMs: Interval | null
  /** Why there is no time-out, in a word. */
  reason: 'fitted' | 'nothing-held' | 'no-decay' | 'too-few-samples'
  /** Connections of Tidemark's own that were taken off. */
  own: number
}
