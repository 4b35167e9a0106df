/**
 * p-values adjusted for having been many, in their order: any that stays at or below a level holds
 * while the chance of even one false claim among all of them is at most that level, however they
 * depend on each other.
 *
 * Never lower than what was given, never above 1; what is no number counts as 1. O(n log n).
 * Source: Holm 1979, Scand. J. Statist. 6:65–70; as `p.adjust(method = "holm")` in R.
 */
export function holmAdjusted(p: readonly number[]): number[] {
  const given = p.map((one) => (one >= 0 && one <= 1 ? one : 1))
  const smallestFirst = [...given.keys()].sort((a, b) => given[a]! - given[b]!)
  const adjusted = given.slice()
  let least = 0
  for (const [rank, i] of smallestFirst.entries()) {
    least = Math.max(least, Math.min(1, given[i]! * (p.length - rank)))
    adjusted[i] = least
  }
  return adjusted
}
