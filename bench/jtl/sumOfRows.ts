import { createCsvScanner } from '#sources/imports/csv/csvScanner.ts'
import type { JtlSums } from './jtlFile.ts'

const ZERO = 0x30
const FALSE_LETTER = 0x66
const ELAPSED = 1
const SUCCESS = 7

/** Finds the cells of a JTL and adds up what every reader must agree on: the least a scanner is good for. */
export function createSumOfRows() {
  const sums: JtlSums = { rows: -1, elapsed: 0, errors: 0 }
  const scanner = createCsvScanner(','.charCodeAt(0), ({ bytes, starts, ends }) => {
    sums.rows += 1
    if (sums.rows === 0) return
    let elapsed = 0
    for (let at = starts[ELAPSED]!; at < ends[ELAPSED]!; at++)
      elapsed = 10 * elapsed + bytes[at]! - ZERO
    sums.elapsed += elapsed
    if (bytes[starts[SUCCESS]!] === FALSE_LETTER) sums.errors += 1
  })
  return { ...scanner, sums }
}
