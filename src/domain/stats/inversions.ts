/**
 * The chance of each number of inversions (pairs in falling order) among the equally likely
 * arrangements of values of which groups[k] are equal: entry i is P(exactly i inversions).
 *
 * Its generating function is the Gaussian multinomial, here a product of Gaussian binomials, kept
 * as probabilities so that nothing overflows; only positive terms are added, so all digits hold.
 * Cost O(n³) without ties, O(n⁴) at worst: meant for n up to 30.
 * Source: Stanley, Enumerative Combinatorics 1, §1.7.
 */
export function inversionChances(groups: readonly number[]): Float64Array {
  let chances = Float64Array.of(1)
  let placed = 0
  for (const group of groups) {
    placed += group
    chances = convolved(chances, mergeChances(placed, group))
  }
  return chances
}

/**
 * P(inversions) when `chosen` equal values are spread over `places`, the rest being equal too and
 * smaller: [n, k]_q = [n − 1, k − 1]_q + q^k·[n − 1, k]_q, divided by "n choose k".
 */
function mergeChances(places: number, chosen: number): Float64Array {
  // rows[k] holds [n, k]; n grows by one with every round, k from above so that the row of n − 1 is
  // still there.
  const rows: Float64Array[] = [Float64Array.of(1)]
  for (let n = 1; n <= places; n++) {
    for (let k = Math.min(n, chosen); k >= 1; k--) {
      const row = new Float64Array(k * (n - k) + 1)
      rows[k - 1]!.forEach((chance, i) => {
        row[i]! += (chance * k) / n
      })
      if (k < n) {
        rows[k]!.forEach((chance, i) => {
          row[i + k]! += (chance * (n - k)) / n
        })
      }
      rows[k] = row
    }
  }
  return rows[chosen]!
}

function convolved(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const product = new Float64Array(a.length + b.length - 1)
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) product[i + j]! += a[i]! * b[j]!
  }
  return product
}
