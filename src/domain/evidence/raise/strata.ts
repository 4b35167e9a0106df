import { quantile } from '../../stats/quantile.ts'

/** Strata of load: tenths of the bins before. */
const STRATA = 10
/** A stratum with fewer bins on either side says nothing of that side. */
const FEWEST_BINS = 10

/** How bins of two sides count so that both have the same mix of load. */
export type MatchedBins = {
  /**
   * Weight of each bin: 0 where its load has no like on the other side, else 1 before, and so much
   * after that strata weigh as they do before.
   */
  weightBefore: Float64Array
  weightAfter: Float64Array
  /** Share of the bins kept, 0–1; 0 where a side has no bins. */
  keptBefore: number
  keptAfter: number
  /** How many strata there were to match in: fewer than ten where many bins are alike. */
  strata: number
}

/**
 * Matches bins by load: ten strata from the deciles of the side before, kept where both sides have
 * ten bins or more (evidence-methods §6).
 *
 * Both sides give the load per bin. Small counts have many ties: equal deciles are one edge and
 * equal loads always share a stratum. What lies outside the range before has no like there and is
 * left out, so that a side under far more load is not called its equal. Weights after have a mean
 * of 1 over the bins kept. O(n log n).
 */
export function matchedBins(before: ArrayLike<number>, after: ArrayLike<number>): MatchedBins {
  const edges = edgesOf(before)
  const strata = Math.max(0, edges.length - 1)
  const of = { before: stratumOfEach(before, edges), after: stratumOfEach(after, edges) }
  const bins = { before: countOf(of.before, strata), after: countOf(of.after, strata) }
  const isKept = (stratum: number) =>
    stratum >= 0 && bins.before[stratum]! >= FEWEST_BINS && bins.after[stratum]! >= FEWEST_BINS
  const kept = { before: 0, after: 0 }
  for (let stratum = 0; stratum < strata; stratum++) {
    if (!isKept(stratum)) continue
    kept.before += bins.before[stratum]!
    kept.after += bins.after[stratum]!
  }
  const weightAfterOf = (stratum: number) =>
    bins.before[stratum]! / kept.before / (bins.after[stratum]! / kept.after)
  return {
    weightBefore: of.before.map((stratum) => (isKept(stratum) ? 1 : 0)),
    weightAfter: of.after.map((stratum) => (isKept(stratum) ? weightAfterOf(stratum) : 0)),
    keptBefore: before.length > 0 ? kept.before / before.length : 0,
    keptAfter: after.length > 0 ? kept.after / after.length : 0,
    strata,
  }
}

/**
 * Lowest value, distinct deciles and highest value, ascending; at least two edges where there is a
 * value.
 */
function edgesOf(values: ArrayLike<number>): number[] {
  const edges: number[] = []
  for (let tenth = 0; tenth <= STRATA; tenth++) {
    const edge = quantile(values, tenth / STRATA)
    if (edge !== null && (tenth < 2 || edge > edges.at(-1)!)) edges.push(edge)
  }
  return edges
}

/**
 * Which stratum each value lies in: (edge, next edge], the lowest with both its ends; −1 outside
 * all of them.
 */
function stratumOfEach(values: ArrayLike<number>, edges: readonly number[]): Float64Array {
  return Float64Array.from(values, (value) => {
    if (!(value >= edges[0]!)) return -1
    const next = edges.findIndex((edge, i) => i > 0 && value <= edge)
    return next - 1 < 0 ? -1 : next - 1
  })
}

function countOf(stratumOf: Float64Array, strata: number): Float64Array {
  const counts = new Float64Array(strata)
  for (const stratum of stratumOf) if (stratum >= 0) counts[stratum]! += 1
  return counts
}
