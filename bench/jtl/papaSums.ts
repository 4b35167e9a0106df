import type { JtlSums } from './jtlFile.ts'

const ELAPSED = 1
const SUCCESS = 7

/** Takes PapaParse's rows chunk by chunk and adds up the same as `createSumOfRows`. */
export function createPapaSums() {
  const sums: JtlSums = { rows: -1, elapsed: 0, errors: 0 }
  return {
    sums,
    take: (rows: readonly (readonly string[])[]) => {
      for (const row of rows) {
        if (row.length < 2) continue
        sums.rows += 1
        if (sums.rows === 0) continue
        sums.elapsed += Number(row[ELAPSED])
        if (row[SUCCESS] === 'false') sums.errors += 1
      }
    },
  }
}
