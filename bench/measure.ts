/** The median time of a call, after a warm-up, in milliseconds. */
export function medianMs(call: () => unknown, runs = 25): number {
  for (let i = 0; i < Math.min(5, runs); i++) call()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    call()
    return performance.now() - start
  })
  return medianOf(times)
}

/** The middle one; of an even number the upper of both. */
export const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!

/** One row of a table on standard output. */
export const printRow = (cells: readonly string[]) =>
  console.log(cells.map((cell) => cell.padStart(12)).join(''))
