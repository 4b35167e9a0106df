import { type SampleChunks, valueAt } from './sampleChunks.ts'
import { withRoom } from './withRoom.ts'

/** Samples per block of the first level, and blocks of one level per block of the next. */
const BLOCK_BITS = 4
const BLOCK = 2 ** BLOCK_BITS
/** The index of "no sample": a stretch that holds gaps only. */
export const NONE = -1

/** What is known of each full block of one level: lowest and highest by turns, so that one look into memory finds both. */
type Level = {
  /** NaN where all are gaps. */
  values: Float64Array
  /** Which samples hold them. */
  indices: Uint32Array
}

/** The lowest and the highest sample of a stretch; of equal ones the first. Written anew by every query. */
export type Extremes = { min: number; max: number; minIndex: number; maxIndex: number }

/**
 * Lowest and highest values of ever larger blocks of a growing column: what makes a window cheap.
 *
 *     level 1   [          0 … 255          ][         256 … 511         ]
 *     level 0   [0…15][16…31] …              [256…271] …              full blocks only
 *     samples    0 1 2 3 …
 *
 * Only full blocks are kept, each calculated once, when its last sample arrives: appending is O(1)
 * amortised. Samples that were cut off and written again need no clearing, because their blocks fill
 * again. Gaps (NaN) belong to no extreme. Costs 1.6 bytes per sample, at most twice as many while
 * there is room to grow.
 */
export function createMinMaxBlocks(samples: SampleChunks) {
  const levels: Level[] = []
  const found: Extremes = { min: Infinity, max: -Infinity, minIndex: NONE, maxIndex: NONE }

  /** Calculates a block of the first level from samples, or of a higher one from the level below. */
  function fill(depth: number, block: number) {
    const level = (levels[depth] ??= { values: new Float64Array(0), indices: new Uint32Array(0) })
    level.values = withRoom(level.values, 2 * (block + 1))
    level.indices = withRoom(level.indices, 2 * (block + 1))
    const below = levels[depth - 1]
    let min = Infinity
    let max = -Infinity
    let minIndex = 0
    let maxIndex = 0
    for (let i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
      const low = below ? below.values[2 * i]! : valueAt(samples, i)
      const high = below ? below.values[2 * i + 1]! : low
      // A gap is neither lower nor higher than anything, and so never taken.
      if (low < min) {
        min = low
        minIndex = below ? below.indices[2 * i]! : i
      }
      if (high > max) {
        max = high
        maxIndex = below ? below.indices[2 * i + 1]! : i
      }
    }
    level.values[2 * block] = min === Infinity ? NaN : min
    level.values[2 * block + 1] = max === -Infinity ? NaN : max
    level.indices[2 * block] = minIndex
    level.indices[2 * block + 1] = maxIndex
  }

  return {
    /** Tells that sample `index` was written (or written again) and is the last one. */
    wrote(index: number) {
      let end = index + 1
      for (let depth = 0; end % BLOCK === 0; depth++) {
        end /= BLOCK
        fill(depth, end - 1)
      }
    },

    /**
     * The extremes of samples [from, to), all written. `NONE` where all are gaps. O(log n).
     *
     * One function without calls, and its state in its own variables: it runs for every pixel column
     * of every frame, and split up it takes half as long again.
     */
    extremes(from: number, to: number): Readonly<Extremes> {
      // Up to the largest blocks of which one lies wholly inside: what is extreme is mostly there.
      let top = -1
      let left = from
      let right = to
      for (;;) {
        const blockLeft = (left + BLOCK - 1) >>> BLOCK_BITS
        const blockRight = right >>> BLOCK_BITS
        if (blockLeft >= blockRight) break
        left = blockLeft
        right = blockRight
        top += 1
      }
      let min = Infinity
      let max = -Infinity
      let minIndex = NONE
      let maxIndex = NONE
      let edge: 'none' | 'left' | 'right' = 'none'
      let depth = top
      let first = left
      let stop = right
      for (;;) {
        // To the left of what was found an equal one is taken too: it lies before it.
        const step = edge === 'left' ? -1 : 1
        if (depth < 0) {
          for (let i = first; i !== stop; i += step) {
            const value = valueAt(samples, i)
            if (value < min || (value === min && step < 0)) {
              min = value
              minIndex = i
            }
            if (value > max || (value === max && step < 0)) {
              max = value
              maxIndex = i
            }
          }
        } else {
          const { values, indices } = levels[depth]!
          let lowest = NONE
          let highest = NONE
          for (let i = first; i !== stop; i += step) {
            const low = values[2 * i]!
            const high = values[2 * i + 1]!
            if (low < min || (low === min && step < 0)) {
              min = low
              lowest = i
            }
            if (high > max || (high === max && step < 0)) {
              max = high
              highest = i
            }
          }
          if (lowest !== NONE) minIndex = indices[2 * lowest]!
          if (highest !== NONE) maxIndex = indices[2 * highest + 1]!
        }
        // Then down to the edges, level by level, as long as the block in which an edge lies may
        // change anything: it seldom does.
        if (edge === 'none') edge = 'left'
        if (edge === 'left') {
          const shift = BLOCK_BITS * (depth + 1)
          const block = left - 1
          if (depth >= 0 && left << shift > from && mayMatter(levels[depth]!, block, min, max)) {
            first = (left << BLOCK_BITS) - 1
            depth -= 1
            left = (from + (1 << (shift - BLOCK_BITS)) - 1) >>> (shift - BLOCK_BITS)
            stop = left - 1
            continue
          }
          edge = 'right'
          depth = top
        }
        const shift = BLOCK_BITS * (depth + 1)
        if (depth < 0 || right << shift === to) break
        // The block is not kept if the series ends in it.
        const isFull = right < samples.size >>> shift
        if (isFull && !mayMatter(levels[depth]!, right, min, max)) break
        first = right << BLOCK_BITS
        depth -= 1
        right = to >>> (shift - BLOCK_BITS)
        stop = right
      }
      found.min = min
      found.max = max
      found.minIndex = minIndex
      found.maxIndex = maxIndex
      return found
    },

    /** Gives back memory where the samples have become far fewer. */
    trim() {
      let blocks = samples.size
      for (const level of levels) {
        blocks >>>= BLOCK_BITS
        if (level.values.length <= 4 * blocks) continue
        level.values = level.values.slice(0, 2 * blocks)
        level.indices = level.indices.slice(0, 2 * blocks)
      }
    },

    bytes: () =>
      levels.reduce((sum, { values, indices }) => sum + values.byteLength + indices.byteLength, 0),
  }
}

/** Whether a block may hold something more extreme than what was found, or its equal. */
const mayMatter = ({ values }: Level, block: number, min: number, max: number) =>
  values[2 * block]! <= min || values[2 * block + 1]! >= max
