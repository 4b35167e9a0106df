/**
 * From where on a value counts as at the wall, and below which it has left it. Units of the metric.
 */
export type WallBand = { enter: number; leave: number }

/**
 * The wall band of a limit: narrower than what screens shade as "at the limit", since a slow ramp
 * spends long, quiet minutes just below its wall. It is left lower than it is entered, so that a
 * count that trembles stays one episode. Limits are whole numbers; below 10 only the limit itself
 * is the wall, for any margin would make 1 of 2 "at the limit".
 * Source: evidence-methods §1.1.
 */
export function wallBand(limit: number): WallBand {
  // Divided, not multiplied by 0.01: floor(0.01 · L) is one too low for some whole L.
  const margin = limit < 10 ? 0 : Math.max(1, Math.floor(limit / 100))
  const release = limit < 10 ? 0 : limit < 50 ? 3 : 2 * Math.floor(limit / 50) + 1
  return { enter: limit - margin, leave: limit - release }
}

/**
 * Which values stand at their wall: 1, else 0. Each is compared with its own limit, so one that
 * moves needs nothing special.
 *
 * NaN in either column is a gap: 0, and what follows must enter the band again. O(n).
 */
export function wallMask(values: ArrayLike<number>, limits: ArrayLike<number>): Uint8Array {
  const mask = new Uint8Array(values.length)
  let isInside = false
  let band = wallBand(Number.NaN)
  for (let i = 0; i < values.length; i++) {
    if (i === 0 || limits[i] !== limits[i - 1]) band = wallBand(limits[i] ?? Number.NaN)
    const { enter, leave } = band
    // Comparisons with NaN are false: a gap leaves the band by itself.
    isInside = values[i]! >= (isInside ? leave : enter)
    mask[i] = isInside ? 1 : 0
  }
  return mask
}
