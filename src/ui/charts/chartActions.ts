import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/** What gestures and keys on a stack of charts ask of the screen around it. */
export type ChartActions = {
  /** The instant so many samples away, of the series that the crosshair walks along; null past its ends. */
  step: (at: EpochMs, steps: number) => EpochMs | null
  /** Jump to the next (1) or previous (−1) error event. */
  onEvent: (direction: 1 | -1) => void
  moveWindow: (window: TimeWindow) => void
}
