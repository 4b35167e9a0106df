import type { EpochMs } from '#domain/units.ts'
import type { SourceErrorKind } from '../../sourceError.ts'

/**
 * What a reading from Prometheus lacks, or may lack. Beside the kinds of a failed request: `partial`
 * (a part of its storage did not answer), `warning` (what it says itself, in its words), `empty` (it
 * knows nothing of the organisation in this time).
 */
export type PrometheusProblem = {
  kind: SourceErrorKind | 'partial' | 'warning' | 'empty'
  /** One sentence for people. */
  message: string
  /** The stretch of time that it is about. */
  from: EpochMs
  to: EpochMs
}

/** Gathers the problems of one reading; the same sentence about the same time counts once. */
export function createProblems() {
  const found = new Map<string, PrometheusProblem>()
  return {
    add: (problem: PrometheusProblem) =>
      void found.set(`${problem.message} ${problem.from} ${problem.to}`, problem),
    all: (): readonly PrometheusProblem[] => [...found.values()],
  }
}

export type Problems = ReturnType<typeof createProblems>
