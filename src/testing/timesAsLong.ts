/**
 * How many times as long the second call takes as the first. Each is called many times by turns and
 * its least time counts, which is what the work takes when nothing else gets in its way: only growth
 * may be asserted of it, with a wide margin.
 */
export function timesAsLong(one: () => unknown, other: () => unknown, rounds: number): number {
  const least = [Infinity, Infinity]
  for (let round = 0; round < rounds; round++) {
    for (const [i, call] of [one, other].entries()) {
      const start = performance.now()
      call()
      least[i] = Math.min(least[i]!, performance.now() - start)
    }
  }
  return least[1]! / least[0]!
}
