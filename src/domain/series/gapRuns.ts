import { upperBound } from './lowerBound.ts'
import { withRoom } from './withRoom.ts'

/** Which samples of a growing series are gaps, as runs of neighbours: a night without samples is one. */
export type GapRuns = ReturnType<typeof createGapRuns>

export function createGapRuns() {
  /** First index of each run. */
  let starts = new Uint32Array(4)
  /** Gaps up to the end of each run. */
  let totals = new Uint32Array(4)
  let size = 0

  const totalBefore = (run: number) => (run > 0 ? totals[run - 1]! : 0)
  const endOf = (run: number) => starts[run]! + totals[run]! - totalBefore(run)
  /** The last run that begins at or before an index; −1 where there is none. */
  const runUpTo = (index: number) => upperBound(starts, index, 0, size) - 1

  return {
    /** Adds a gap behind all others. */
    add(index: number) {
      if (size === 0 || endOf(size - 1) !== index) {
        starts = withRoom(starts, size + 1)
        totals = withRoom(totals, size + 1)
        starts[size] = index
        totals[size] = totalBefore(size)
        size += 1
      }
      totals[size - 1]! += 1
    },
    /** Forgets the gaps from an index on. */
    cutFrom(index: number) {
      size = runUpTo(index - 1) + 1
      if (size === 0) return
      const kept = Math.min(endOf(size - 1), index) - starts[size - 1]!
      totals[size - 1] = totalBefore(size - 1) + kept
    },
    /** How many gaps lie before an index. O(log n). */
    countBefore(index: number): number {
      const run = runUpTo(index - 1)
      return run < 0 ? 0 : totalBefore(run) + Math.min(endOf(run), index) - starts[run]!
    },
    /** The first sample of the run that this gap belongs to. O(log n). */
    startOfRun: (gap: number): number => starts[runUpTo(gap)]!,
    /** The first sample behind the run that this gap belongs to. O(log n). */
    endOfRun: (gap: number): number => endOf(runUpTo(gap)),
    /** Memory of the runs. */
    bytes: () => starts.byteLength + totals.byteLength,
  }
}
