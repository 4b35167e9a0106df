import type { Interval } from '../stats/interval.ts'
import type { DurationMs } from '../units.ts'

/** Which limit would have been enough for the demand of a window (evidence-methods §7). */
export type Enough =
  | {
      kind: 'answer'
      /** Share of the demands that may be rejected, e.g. 0.01. */
      target: number
      /** By replay of the recorded demands: median and 5–95 %. */
      replay: Interval
      /** By Erlang B from offered load. */
      erlang: number
      /** |difference| / larger of the two. */
      modelRisk: number
      /** Offered load in erlang, mean holding time, and what they rest on. */
      offered: number
      holdingMs: DurationMs
      demands: number
      ended: number
      /** Rejected share of the demands per limit, for the picture: by replay. Ascending limits. */
      curve: readonly { limit: number; rejected: number }[]
    }
  | {
      kind: 'refused'
      reason:
        | 'no-clients'
        | 'few-sessions'
        | 'rejections-unseen'
        | 'no-limit'
        | 'no-demand'
        | 'at-wall-too-long'
      /** N_low: at least this would have been needed; null where not even that can be said. */
      atLeast: number | null
    }
