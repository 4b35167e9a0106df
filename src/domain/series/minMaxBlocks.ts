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

  function findNothing() {
    found.min = Infinity
    found.max = -Infinity
    found.minIndex = NONE
    found.maxIndex = NONE
  }

  /** Compares what was found with the blocks of a level, or with samples where `depth` is −1. */
  function visit(depth: number, first: number, stop: number, step: 1 | -1) {
    if (depth < 0) visitSamples(first, stop, step)
    else visitBlocks(levels[depth]!, first, stop, step)
  }

  // Both loops: a gap is neither lower nor higher than anything, nor equal to it, and so never
  // taken. Backwards, an equal one is taken: it lies before what was found.
  function visitSamples(first: number, stop: number, step: 1 | -1) {
    const isBackwards = step < 0
    let { min, max } = found
    for (let i = first; i !== stop; i += step) {
      const value = valueAt(samples, i)
      if (value < min || (isBackwards && value === min)) {
        min = value
        found.minIndex = i
      }
      if (value > max || (isBackwards && value === max)) {
        max = value
        found.maxIndex = i
      }
    }
    found.min = min
    found.max = max
  }

  function visitBlocks({ values, indices }: Level, first: number, stop: number, step: 1 | -1) {
    const isBackwards = step < 0
    let { min, max } = found
    let lowest = NONE
    let highest = NONE
    for (let i = first; i !== stop; i += step) {
      const low = values[2 * i]!
      const high = values[2 * i + 1]!
      if (low < min || (isBackwards && low === min)) {
        min = low
        lowest = i
      }
      if (high > max || (isBackwards && high === max)) {
        max = high
        highest = i
      }
    }
    found.min = min
    found.max = max
    if (lowest !== NONE) found.minIndex = indices[2 * lowest]!
    if (highest !== NONE) found.maxIndex = indices[2 * highest + 1]!
  }

  /** Calculates a block of the first level from samples, or of a higher one from the level below. */
  function fill(depth: number, block: number) {
    const level = (levels[depth] ??= { values: new Float64Array(0), indices: new Uint32Array(0) })
    level.values = withRoom(level.values, 2 * (block + 1))
    level.indices = withRoom(level.indices, 2 * (block + 1))
    findNothing()
    visit(depth - 1, block * BLOCK, (block + 1) * BLOCK, 1)
    level.values[2 * block] = found.minIndex === NONE ? NaN : found.min
    level.values[2 * block + 1] = found.maxIndex === NONE ? NaN : found.max
    level.indices[2 * block] = found.minIndex
    level.indices[2 * block + 1] = found.maxIndex
  }

  /** Whether a block may hold something more extreme than what was found, or its equal. */
  function mayMatter({ values }: Level, block: number): boolean {
    return values[2 * block]! <= found.min || values[2 * block + 1]! >= found.max
  }

  /**
   * From the blocks of a level that lie wholly inside down to the left edge of a stretch, as long as
   * the block in which the edge lies may change anything: it seldom does.
   */
  function visitLeftEdge(from: number, depth: number, left: number) {
    let inner = left
    for (let d = depth; d >= 0 && inner << (BLOCK_BITS * (d + 1)) > from; d--) {
      if (!mayMatter(levels[d]!, inner - 1)) return
      const stop = inner << BLOCK_BITS
      const bits = BLOCK_BITS * d
      inner = (from + (1 << bits) - 1) >>> bits
      visit(d - 1, stop - 1, inner - 1, -1)
    }
  }

  /** The same to the right edge. The block there is not kept if the series ends in it. */
  function visitRightEdge(to: number, depth: number, right: number) {
    let inner = right
    for (let d = depth; d >= 0 && inner << (BLOCK_BITS * (d + 1)) < to; d--) {
      const isFull = inner < samples.size >>> (BLOCK_BITS * (d + 1))
      if (isFull && !mayMatter(levels[d]!, inner)) return
      const start = inner << BLOCK_BITS
      inner = to >>> (BLOCK_BITS * d)
      visit(d - 1, start, inner, 1)
    }
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

    /** The extremes of samples [from, to), all written. `NONE` where all are gaps. O(log n). */
    extremes(from: number, to: number): Readonly<Extremes> {
      // The largest blocks of which one lies wholly inside come first: what is extreme is mostly there.
      let depth = -1
      let left = from
      let right = to
      for (;;) {
        const blockLeft = (left + BLOCK - 1) >>> BLOCK_BITS
        const blockRight = right >>> BLOCK_BITS
        if (blockLeft >= blockRight) break
        left = blockLeft
        right = blockRight
        depth += 1
      }
      findNothing()
      visit(depth, left, right, 1)
      visitLeftEdge(from, depth, left)
      visitRightEdge(to, depth, right)
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
