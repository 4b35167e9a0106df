/** The median time of a call, after a warm-up, in milliseconds. */
export const medianMs = (call: () => unknown, runs = 25): number =>
  byTurnsMs([call], { runs, turn: runs })[0]!

/**
 * The median time of each call, after a warm-up, in milliseconds. They take turns of `turn` calls
 * in a row, so that whatever else the machine does meets all of them.
 */
export function byTurnsMs(
  calls: readonly (() => unknown)[],
  { runs = 100, turn = 25 }: { runs?: number; turn?: number } = {},
): number[] {
  const times = calls.map((): number[] => [])
  for (let done = 0; done < runs; done += turn) {
    calls.forEach((call, which) => {
      // What the calls before left in the caches is not this one's doing.
      for (let i = 0; i < Math.min(5, turn); i++) call()
      for (let i = 0; i < Math.min(turn, runs - done); i++) {
        const start = performance.now()
        call()
        times[which]!.push(performance.now() - start)
      }
    })
  }
  return times.map(medianOf)
}

/** The middle one; of an even number the upper of both. */
export const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!

/** One row of a table on standard output. */
export const printRow = (cells: readonly string[]) =>
  console.log(cells.map((cell) => cell.padStart(12)).join(''))
