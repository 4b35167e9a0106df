/** How often a level that does not change is told again: in between it is not unknown. */
const REPEAT_MS = 10_000
/** Beyond so many points a level is repeated less often. */
const MAX_REPEATS = 20_000

/**
 * How many of something are open over time, from when each was opened and closed. Tells every
 * change, and the level again while nothing changes, to whom it is told.
 */
export function createOpenLevels() {
  const changes: { atMs: number; by: number }[] = []
  return {
    open: (atMs: number) => void changes.push({ atMs, by: 1 }),
    close: (atMs: number) => void changes.push({ atMs, by: -1 }),
    hasAny: () => changes.length > 0,
    /** From `fromMs` (where nothing is open yet) to `toMs`. What was never closed stays open. */
    tell(fromMs: number, toMs: number, level: (atMs: number, count: number) => void) {
      const stepMs = Math.max(REPEAT_MS, (toMs - fromMs) / MAX_REPEATS)
      // At one instant what closes goes first: a level that nobody saw is not told.
      changes.sort((a, b) => a.atMs - b.atMs || a.by - b.by)
      let atMs = fromMs
      let count = 0
      const holdTo = (until: number) => {
        while (atMs < until) {
          level(atMs, count)
          atMs += stepMs
        }
      }
      for (const change of changes) {
        holdTo(change.atMs)
        atMs = change.atMs
        count += change.by
        level(atMs, count)
      }
      holdTo(toMs)
      level(toMs, count)
    },
  }
}
