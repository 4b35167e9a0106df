import type { Interval } from '../stats/interval.ts'
import type { GroupDimension } from './attemptGroup.ts'

/** How a group of attempts stands among the refusals. */
export type Differing = {
  dimension: GroupDimension
  name: string
  /** Whose counts they are: a file's name, `Organisation history`. */
  source: string
  /** Refusals of this group, and of all groups of this dimension and source. */
  refused: number
  ofRefused: number
  /** Attempts likewise; null where the source does not count them. */
  attempts: number | null
  ofAttempts: number | null
  /** Its refused share less that of all others, 95 % (Newcombe); null without attempts. */
  difference: Interval | null
  /** Fisher's exact test, one-sided, Holm-adjusted over all that were compared; null without attempts. */
  p: number | null
  /** Whether it is over-represented beyond chance. */
  isOver: boolean
}
