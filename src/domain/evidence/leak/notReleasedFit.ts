/** Counts are whole numbers: no fit is better than their rounding. */
export const ROUNDING_VARIANCE = 1 / 12
/**
 * Added to the diagonal, as a share of it: columns that are the same share their amount instead of
 * failing.
 */
const RIDGE = 1e-9

export type Fit = {
  /** Of each column, ≥ 0. */
  amounts: Float64Array
  residual: Float64Array
  /** Σ residual², and what rounding alone leaves. */
  left: number
}

/**
 * Amounts ≥ 0 of each column whose sum comes closest to `y`, by least squares: columns that would
 * be negative are left out until none is. Columns as long as `y`, without gaps. O(samples ·
 * columns² + columns⁴) at worst, for some tens of columns.
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): Fit {
  const gram = columns.map((one) => columns.map((other) => dot(one, other)))
  const onto = columns.map((one) => dot(one, y))
  let used = columns.map((_, k) => k).filter((k) => gram[k]![k]! > 0)
  let solved = solve(gram, onto, used)
  while (solved.some((amount) => amount < 0)) {
    used = used.filter((_, i) => solved[i]! >= 0)
    solved = solve(gram, onto, used)
  }
  const amounts = new Float64Array(columns.length)
  for (const [i, k] of used.entries()) amounts[k] = solved[i]!
  const residual = y.map((value, i) =>
    used.reduce((rest, k) => rest - amounts[k]! * columns[k]![i]!, value),
  )
  return { amounts, residual, left: dot(residual, residual) + y.length * ROUNDING_VARIANCE }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * The normal equations of the used columns, by elimination; they are positive definite, so none has
 * to be swapped.
 */
function solve(
  gram: readonly (readonly number[])[],
  onto: readonly number[],
  used: readonly number[],
): number[] {
  const rows = used.map((k) => [
    ...used.map((j) => gram[k]![j]! * (j === k ? 1 + RIDGE : 1)),
    onto[k]!,
  ])
  const n = rows.length
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!
    }
  }
  const amounts = rows.map(() => 0)
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k]![n]!
    for (let j = k + 1; j < n; j++) rest -= rows[k]![j]! * amounts[j]!
    amounts[k] = rest / rows[k]![k]!
  }
  return amounts
}
