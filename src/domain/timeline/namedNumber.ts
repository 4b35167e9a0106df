import type { Iteration } from './iterations.ts'

/**
 * The number that a name ends with: whoever marks runs counts them, and we may not have seen the
 * first.
 */
export function namedNumber(label: string): number | null {
  const digits = /(\d{1,6})$/.exec(label)
  return digits ? Number(digits[1]) : null
}

/**
 * Iterations with the numbers of their names, where every name has one and they count up by one:
 * what is said of "iteration 7" is then said of what the screen calls 7. Else as they are.
 */
export function numberedByName(iterations: readonly Iteration[]): readonly Iteration[] {
  const named = iterations.map(({ label }) => namedNumber(label))
  const [first = null] = named
  if (first === null || named.some((number, i) => number !== first + i)) return iterations
  return iterations.map((iteration, i) => ({ ...iteration, number: first + i }))
}
