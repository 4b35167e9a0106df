import type { MetricId } from '#domain/units.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'

const RANK_AT_THE_END = { loading: 3, off: 4 } as const

function rank({ state, lastRatio }: TileReading): number {
  if (state === 'loading' || state === 'off') return RANK_AT_THE_END[state]
  return lastRatio === null ? 2 : 1
}

/** Whole percent, so that two neighbours do not change places with every sample. */
const percent = ({ reading }: { reading: TileReading }) =>
  Math.floor((reading.lastRatio ?? 0) * 100)

/**
 * Worst headroom first, as far as it is known: what is stale or blind keeps the place it had; then
 * unknown limits, then what is awaited, and what is off at the end. Equals stay in the order they
 * came in.
 */
export const worstFirst = <T extends { reading: TileReading }>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => rank(a.reading) - rank(b.reading) || percent(b) - percent(a))

/** How many tiles stand in the first row; the rest is shown on demand. */
export const TILES_SHOWN = 6
/** How many stand beside an open drawer; the rest is a list in a fourth place. */
export const TILES_BESIDE = 3

/**
 * Keeps the tiles of the charted metrics in the first row, at its end where their headroom would put
 * them further down: nobody should have to look for the number whose line is on the screen.
 */
export function chartedInFirstRow<T extends { metric: { id: MetricId } }>(
  tiles: readonly T[],
  charted: ReadonlySet<MetricId>,
): T[] {
  const isCharted = ({ metric }: T) => charted.has(metric.id)
  const hidden = tiles.slice(TILES_SHOWN).filter(isCharted)
  const first = tiles.slice(0, TILES_SHOWN)
  const giveWay = new Set(first.filter((tile) => !isCharted(tile)).slice(-hidden.length))
  if (hidden.length === 0) return [...tiles]
  const row = [...first.filter((tile) => !giveWay.has(tile)), ...hidden]
  return [...row, ...tiles.filter((tile) => !row.includes(tile))]
}
