import type { Interval } from '../stats/interval.ts'
import type { EpochMs } from '../units.ts'

/** Something that must not become worse when a limit is raised. */
export type Guard = {
  title: string
  before: number
  after: number
  /** after − before, 95 %. */
  change: Interval
  isWorse: boolean
}

/** Whether a change of a limit took the rejections away, at equal load (evidence-methods §6). */
export type BeforeAfter = {
  word: 'worked' | 'did-not' | 'load-not-comparable' | 'cannot-tell'
  reason:
    | 'fewer'
    | 'not-fewer'
    | 'common-support'
    | 'too-few-bins'
    | 'nothing-rejected-before'
    | 'unclear'
    | 'guard-worse'
    | 'not-tried'
  at: EpochMs
  oldLimit: number
  newLimit: number
  /** Rejected share of the attempts at matched load. */
  before: number | null
  after: number | null
  /** after − before with effective counts. */
  difference: Interval | null
  attemptsBefore: number
  attemptsAfter: number
  /** Share of the bins that have their like on the other side. */
  keptBefore: number
  keptAfter: number
  /** What the load was matched on. */
  matchedOn: 'demand' | 'attempts'
  peakAfter: number | null
  guards: readonly Guard[]
}
