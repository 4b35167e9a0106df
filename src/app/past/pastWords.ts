import { windowEnds } from '#domain/timeline/dayAndClock.ts'
import type { EpochMs } from '#domain/units.ts'
import type { PrometheusProblem } from '#sources/history/prometheus/problem.ts'

export type Span = { from: EpochMs; to: EpochMs }

/** The problems that concern a window, as far as they do; all of them where there is none. */
export const problemsWithin = (problems: readonly PrometheusProblem[], window: Span | null) =>
  window
    ? problems
        .filter(({ from, to }) => from < window.to && to > window.from)
        .map((problem) => ({
          ...problem,
          from: latest([problem.from, window.from]),
          to: earliest([problem.to, window.to]),
        }))
    : problems

/**
 * What is lacking, in one sentence for all problems: when, and why in the server's or our words. Of one
 * kind one reason is enough. Null without problems.
 */
export function pastWords(problems: readonly PrometheusProblem[], zone: string): string | null {
  if (problems.length === 0) return null
  const [from, to] = windowEnds(
    earliest(problems.map((one) => one.from)),
    latest(problems.map((one) => one.to)),
    zone,
  )
  const reasons = [...new Map(problems.map(({ kind, message }) => [kind, message])).values()]
  const isEmpty = problems.every(({ kind }) => kind === 'empty')
  const [first, ...others] = reasons
  const more = others.length > 0 ? ` Besides: ${others.join(' ')}` : ''
  return isEmpty
    ? `${from} to ${to}: ${first}`
    : `History from Prometheus is not whole from ${from} to ${to}: ${first}${more}`
}

const earliest = (all: readonly EpochMs[]) => all.reduce((a, b) => (b < a ? b : a))
const latest = (all: readonly EpochMs[]) => all.reduce((a, b) => (b > a ? b : a))
