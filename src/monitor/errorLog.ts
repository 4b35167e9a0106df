import type { ErrorClass, ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'

/** The error events of one organisation, oldest first, outside React. */
export type ErrorLog = {
  add: (events: readonly ErrorEvent[]) => void
  /** Sum of counts of one class in [from, to). O(log n). */
  count: (errorClass: ErrorClass, from: EpochMs, to: EpochMs) => number
  /** Sum of counts of one class per column of equal width over [from, to). O(columns · log n). */
  columns: (errorClass: ErrorClass, from: EpochMs, to: EpochMs, columns: number) => Float64Array
  /** The events of a window, newest last; of all classes or of the given ones. */
  between: (from: EpochMs, to: EpochMs, classes?: ReadonlySet<ErrorClass>) => readonly ErrorEvent[]
  /** The nearest event after (1) or before (−1) an instant. */
  next: (at: EpochMs, direction: 1 | -1, classes?: ReadonlySet<ErrorClass>) => ErrorEvent | null
  size: () => number
  subscribe: (listener: () => void) => () => void
  version: () => number
}
