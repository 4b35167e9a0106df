/**
 * The correlation of a column with itself one step later, about its mean, −1 to 1: how much each
 * value says about the next.
 *
 * Pairs with a gap (NaN or infinite) are left out of the upper sum, gaps out of the lower. Null
 * below two values or where they are all equal.
 */
export function lag1Correlation(values: ArrayLike<number>): number | null {
  const present = Array.from(values).filter(Number.isFinite)
  if (present.every((value) => value === present[0])) return null
  const mean = present.reduce((sum, value) => sum + value / present.length, 0)
  // Scaled by the largest distance, so that squares neither overflow nor vanish.
  const scale = present.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0)
  if (!(scale > 0 && scale < Infinity)) return null
  let squares = 0
  let products = 0
  let before = Number.NaN
  for (let i = 0; i < values.length; i++) {
    const distance = (values[i]! - mean) / scale
    if (!Number.isFinite(distance)) {
      before = Number.NaN
      continue
    }
    squares += distance * distance
    if (!Number.isNaN(before)) products += before * distance
    before = distance
  }
  return products / squares
}
