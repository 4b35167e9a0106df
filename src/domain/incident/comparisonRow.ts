import type { Interval } from '../stats/interval.ts'
import type { Span } from './incident.ts'

/** How a number of a comparison is written. */
export type ComparedUnit = 'count' | 'level' | 'share' | 'durationMs' | 'perMinute'

/** One measure of two windows, and what lies between them. */
export type ComparisonRow = {
  /** `Attempts`, `Refused`, `Peak of limit`, `Waiting, median`. */
  name: string
  unit: ComparedUnit
  /** Null where it was not measured in that window. */
  a: number | null
  b: number | null
  /** For a share, the counts it is of: 304 of 4 180. */
  ofA?: { count: number; of: number }
  ofB?: { count: number; of: number }
  /** b − a with its 95 % interval; null where there is none to give (a plain count, a peak). */
  difference: Interval | null
  /** Whether the interval excludes no difference; null without an interval. */
  isShown: boolean | null
  /** How the interval was found, or why there is none: `Newcombe on effective counts`. */
  method: string
}

/** Two windows held against each other. */
export type ComparedWindows = {
  a: Span
  b: Span
  rows: readonly ComparisonRow[]
  /** The limits in force at the start of each; null where unknown. */
  limitA: number | null
  limitB: number | null
  /**
   * `worked`, `did-not`, `load-not-comparable`, `cannot-tell`: of a raise between the windows.
   * `difference` or `no-difference`: of refused shares where no limit was raised.
   */
  word:
    | 'worked'
    | 'did-not'
    | 'load-not-comparable'
    | 'cannot-tell'
    | 'difference'
    | 'no-difference'
  /** One sentence with its numbers. */
  sentence: string
}
