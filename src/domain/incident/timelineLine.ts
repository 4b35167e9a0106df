import type { PartId } from '../evidence/parts/evidencePart.ts'
import type { DurationMs, EpochMs } from '../units.ts'

/** What a line of the timeline is about; each has a glyph. */
export const TIMELINE_KINDS = [
  'start',
  'warn',
  'crossing',
  'refusal',
  'storm',
  'peak',
  'recovery',
  'limitChange',
  'gap',
  'note',
  'end',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** One thing that happened, when, and how sure that is. */
export type TimelineLine = {
  kind: TimelineKind
  at: EpochMs
  /**
   * Half the width of the time in which it may have happened, `at` being its middle; null where nobody
   * can say, and for what somebody chose (the ends of the window, a note).
   */
  plusMinusMs: DurationMs | null
  /** `First crossing, 1 000 of 1 000` */
  title: string
  /** `Iteration 6. Floor before it: 322.`; empty where there is nothing to add. */
  detail: string
  /** The part of the evidence it rests on; null where the charts show it. */
  part: PartId | null
}
