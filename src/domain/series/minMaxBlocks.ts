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
      let min = Infinity
      let max = -Infinity
      let minDepth = -1
      let maxDepth = -1
      let minAt = NONE
      let maxAt = NONE
      // Full blocks, as large as fit: up along the left end, level by level, and down again along
      // the right end. So everything is met in the order of the samples.
      let depth = -1
      let left = from
      let right = to
      let isRising = true
      for (;;) {
        let start = left
        let end = right
        if (isRising) {
          isRising = right - left >= 2 * BLOCK
          if (isRising) end = (left + BLOCK - 1) & -BLOCK
        } else {
          if (depth < 0) break
          depth -= 1
          start = right << BLOCK_BITS
          end = to >>> (BLOCK_BITS * (depth + 1))
          right = end
        }
        const mins = depth < 0 ? values : levels[depth]!.min
        const maxes = depth < 0 ? values : levels[depth]!.max
        for (let i = start; i < end; i++) {
          // Strictly: of equal values the first wins, and a gap is never taken.
          if (mins[i]! < min) {
            min = mins[i]!
            minDepth = depth
            minAt = i
          }
          if (maxes[i]! > max) {
            max = maxes[i]!
            maxDepth = depth
            maxAt = i
          }
        }
        if (!isRising) continue
        left = end >>> BLOCK_BITS
        right >>>= BLOCK_BITS
        depth += 1
      }
      found.minIndex = minDepth < 0 ? minAt : levels[minDepth]!.minIndex[minAt]!
      found.maxIndex = maxDepth < 0 ? maxAt : levels[maxDepth]!.maxIndex[maxAt]!
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
