import type { ErrorEvent } from '../errors/errorEvent.ts'
import { isFileKind } from '../fileKind.ts'
import type { EpochMs } from '../units.ts'
import { type HistorySpan, stepAt, stepsOf } from './historySpan.ts'
import type { Span } from './incident.ts'

/** Capacity errors of each step of a stretch of history, counted as they are read. */
export type HistoryRefusals = {
  /** Counts those of [from, to) and no others, so that readings next to each other count none twice. */
  add: (errors: readonly ErrorEvent[], within: Span) => void
  /** Not all of what failed before this instant, and from `from` on, could be read. */
  miss: (from: EpochMs, before: EpochMs) => void
  /**
   * How many each step had; null where not all were read. A feed counts what all clients met, a load
   * test's included: where it counted any, those in files are no second refusals.
   */
  counts: () => (number | null)[]
}

/** Events may be many: nothing of them is kept, and adding is O(n). */
export function createHistoryRefusals(span: HistorySpan): HistoryRefusals {
  const size = stepsOf(span)
  const ofFeed = new Float64Array(size)
  const ofFiles = new Float64Array(size)
  const own = new Float64Array(size)
  const isPartial = new Uint8Array(size)

  function columnOf({ source }: ErrorEvent) {
    if (source === 'feed') return ofFeed
    return isFileKind(source) ? ofFiles : own
  }

  return {
    add(errors, { from, to }) {
      for (const event of errors) {
        if (event.class !== 'capacity' || event.at < from || event.at >= to) continue
        const step = stepAt(span, event.at)
        if (step >= 0 && step < size) columnOf(event)[step]! += event.count
      }
    },
    miss(from, before) {
      const first = Math.max(0, stepAt(span, from))
      const last = Math.min(size - 1, stepAt(span, before))
      isPartial.fill(1, first, last + 1)
    },
    counts: () =>
      Array.from(isPartial, (partial, step) =>
        partial ? null : own[step]! + (ofFeed[step]! > 0 ? ofFeed[step]! : ofFiles[step]!),
      ),
  }
}
