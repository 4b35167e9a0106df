import { type DurationMs, type EpochMs, SECOND_MS } from '#domain/units.ts'

/**
 * A count until it is told, by the second in which it was heard; nothing longer than `keptMs` (null:
 * for as long as it takes).
 */
export function createCountHeard(keptMs: DurationMs | null) {
  let seconds: { at: EpochMs; count: number }[] = []
  return {
    add(count: number, at: EpochMs) {
      const last = seconds.at(-1)
      if (last && (keptMs === null || at - last.at < SECOND_MS)) {
        last.count += count
        return
      }
      seconds.push({ at, count })
      if (keptMs !== null) seconds = seconds.filter((second) => at - second.at <= keptMs)
    },
    /** What was heard after that; nothing is kept. */
    taken(since: EpochMs): number {
      const sum = seconds.reduce((total, { at, count }) => total + (at > since ? count : 0), 0)
      seconds = []
      return sum
    },
  }
}
