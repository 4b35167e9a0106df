import type { TileReading } from '#ui/tile/tileReading.ts'

const RANK_WITHOUT_RATIO = { blind: 2, unknown: 3, loading: 4, off: 5 } as const

function rank({ state, limit }: TileReading): number {
  if (state in RANK_WITHOUT_RATIO)
    return RANK_WITHOUT_RATIO[state as keyof typeof RANK_WITHOUT_RATIO]
  return state === 'stale' && limit === null ? RANK_WITHOUT_RATIO.unknown : 1
}

/** Whole percent, so that two neighbours do not change places with every sample. */
const percent = ({ reading }: { reading: TileReading }) =>
  Math.floor((reading.usedRatio ?? 0) * 100)

/**
 * Worst headroom first; then what is blind, then unknown limits, then what is awaited, and what is
 * off at the end. Equals stay in the order they came in.
 */
export const worstFirst = <T extends { reading: TileReading }>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => rank(a.reading) - rank(b.reading) || percent(b) - percent(a))
