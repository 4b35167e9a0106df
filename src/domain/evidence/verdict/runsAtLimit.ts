/** Bins [from, to). */
export type Run = { from: number; to: number }

/** A drop shorter than this does not end an episode. */
const SHORTEST_DROP = 3

/**
 * Runs of bins at the limit, oldest first. Drops of fewer than `shortestDrop` bins between two runs
 * are closed; 1 keeps every one. O(n).
 */
export function runsAtLimit(atLimit: ArrayLike<number>, shortestDrop = SHORTEST_DROP): Run[] {
  const runs: Run[] = []
  for (let i = 0; i < atLimit.length; i++) {
    if (!atLimit[i]) continue
    const last = runs.at(-1)
    if (last && i - last.to < shortestDrop) last.to = i + 1
    else runs.push({ from: i, to: i + 1 })
  }
  return runs
}
