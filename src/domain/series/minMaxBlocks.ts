/** Samples per block of the first level, and blocks of one level per block of the next. */
const BLOCK = 8
const BLOCK_BITS = 3
/** The index of "no sample": a block, or a stretch, that holds gaps only. */
export const NONE = 0xffff_ffff

/** Lowest and highest value of each full block of one level, and which sample holds it. */
type Level = {
  min: Float64Array
  max: Float64Array
  minIndex: Uint32Array
  maxIndex: Uint32Array
}

/** Where the lowest and the highest sample of a stretch lie; of equal ones the first. Written anew by every query. */
export type Extremes = { minIndex: number; maxIndex: number }

/**
 * Lowest and highest values of ever larger blocks of a growing column: what makes a window cheap.
 *
 *     level 2   [        0 … 63        ][       64 … 127       ]
 *     level 1   [0…7][8…15] …           [64…71] …                   full blocks only
 *     column     0 1 2 3 …
 *
 * Only full blocks are kept, each calculated once, when its last sample arrives: appending is O(1)
 * amortised. A column that was cut short and filled again needs no clearing, because its blocks
 * fill again. Gaps (NaN) belong to no extreme. Costs about 3.4 bytes per sample.
 */
export function createMinMaxBlocks() {
  const levels: Level[] = []
  const found: Extremes = { minIndex: NONE, maxIndex: NONE }

  /** Calculates block `block` of the first level from samples, or of a higher one from the level below. */
  function fill(depth: number, block: number, values: Float64Array) {
    const level = (levels[depth] ??= emptyLevel())
    if (block >= level.min.length) grow(level, block + 1)
    const below = levels[depth - 1]
    const mins = below ? below.min : values
    const maxes = below ? below.max : values
    let min = Infinity
    let max = -Infinity
    let minIndex = NONE
    let maxIndex = NONE
    for (let i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
      // A gap is neither lower nor higher than anything, and so never taken.
      if (mins[i]! < min) {
        min = mins[i]!
        minIndex = below ? below.minIndex[i]! : i
      }
      if (maxes[i]! > max) {
        max = maxes[i]!
        maxIndex = below ? below.maxIndex[i]! : i
      }
    }
    level.min[block] = min
    level.max[block] = max
    level.minIndex[block] = minIndex
    level.maxIndex[block] = maxIndex
  }

  return {
    /** Tells that sample `index` was written (or written again) and is the last one. */
    wrote(values: Float64Array, index: number) {
      let end = index + 1
      for (let depth = 0; end % BLOCK === 0; depth++) {
        end /= BLOCK
        fill(depth, end - 1, values)
      }
    },

    /** The extremes of samples [from, to), all written. `NONE` where all are gaps. O(log n). */
    extremes(values: Float64Array, from: number, to: number): Extremes {
      // What is taken from the left end comes in order; what is taken from the right end comes
      // backwards and lies behind all of it. Of equal values the first sample is to win.
      let leftMin = Infinity
      let leftMax = -Infinity
      let rightMin = Infinity
      let rightMax = -Infinity
      let leftMinIndex = NONE
      let leftMaxIndex = NONE
      let rightMinIndex = NONE
      let rightMaxIndex = NONE
      let left = from
      let right = to
      for (let depth = -1; left < right; depth++) {
        const level = depth < 0 ? null : levels[depth]!
        const mins = level ? level.min : values
        const maxes = level ? level.max : values
        // A stretch within one block is taken whole: no block of the next level fits into it.
        const isShort = right - left < 2 * BLOCK
        const leftEnd = isShort ? right : (left + BLOCK - 1) & -BLOCK
        for (; left < leftEnd; left++) {
          if (mins[left]! < leftMin) {
            leftMin = mins[left]!
            leftMinIndex = level ? level.minIndex[left]! : left
          }
          if (maxes[left]! > leftMax) {
            leftMax = maxes[left]!
            leftMaxIndex = level ? level.maxIndex[left]! : left
          }
        }
        const rightEnd = isShort ? right : right & -BLOCK
        while (right > rightEnd) {
          right--
          if (mins[right]! <= rightMin && mins[right]! < Infinity) {
            rightMin = mins[right]!
            rightMinIndex = level ? level.minIndex[right]! : right
          }
          if (maxes[right]! >= rightMax && maxes[right]! > -Infinity) {
            rightMax = maxes[right]!
            rightMaxIndex = level ? level.maxIndex[right]! : right
          }
        }
        left >>>= BLOCK_BITS
        right >>>= BLOCK_BITS
      }
      found.minIndex = rightMin < leftMin ? rightMinIndex : leftMinIndex
      found.maxIndex = rightMax > leftMax ? rightMaxIndex : leftMaxIndex
      return found
    },
  }
}

const emptyLevel = (): Level => ({
  min: new Float64Array(BLOCK),
  max: new Float64Array(BLOCK),
  minIndex: new Uint32Array(BLOCK),
  maxIndex: new Uint32Array(BLOCK),
})

function grow(level: Level, needed: number) {
  const capacity = Math.max(needed, level.min.length * 2)
  level.min = grown(level.min, new Float64Array(capacity))
  level.max = grown(level.max, new Float64Array(capacity))
  level.minIndex = grown(level.minIndex, new Uint32Array(capacity))
  level.maxIndex = grown(level.maxIndex, new Uint32Array(capacity))
}

/** The larger column with the smaller one's content at its start. */
export function grown<T extends Float64Array | Uint32Array>(smaller: T, larger: T): T {
  larger.set(smaller)
  return larger
}
