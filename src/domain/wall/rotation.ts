import { durationMs, type DurationMs, type EpochMs, SECOND_MS } from '../units.ts'

/** Nobody reads a tile that leaves sooner. */
export const LEAST_DWELL_MS = durationMs(10 * SECOND_MS)
/** Two critical organisations share the pinned half in turns of this length. */
export const PINNED_TURN_MS = durationMs(20 * SECOND_MS)

export type RotatedTile = {
  id: string
  isCritical: boolean
  /** How much of the room it takes, in the unit of `room`. */
  size: number
}

export type Rotation = {
  /** Room for tiles; one that is larger has it to itself. */
  room: number
  /** No more than this at once, whatever the room. */
  most: number
  dwellMs: DurationMs
}

/**
 * Which tiles are on the screen at an instant, in the order given (worst first). Where all have room,
 * all of them. Else critical ones stay and the others take turns of `dwellMs` in what room is left; where
 * not even the critical ones have room, they take turns among themselves and the others wait. Pure in
 * time: a wall that reloads goes on with the same turn.
 */
export function shownTiles<T extends RotatedTile>(
  tiles: readonly T[],
  { room, most, dwellMs }: Rotation,
  now: EpochMs,
): T[] {
  const fixed = tiles.filter((tile) => tile.isCritical)
  const others = tiles.filter((tile) => !tile.isCritical)
  const turn = Math.floor(now / Math.max(dwellMs, LEAST_DWELL_MS))
  const pagesOfFixed = pagesOf(fixed, room, most)
  if (pagesOfFixed.length > 1) return pagesOfFixed[turn % pagesOfFixed.length]!
  const left = room - fixed.reduce((sum, { size }) => sum + size, 0)
  const places = most - fixed.length
  const isFull = fixed.length > 0 && (places <= 0 || others.every(({ size }) => size > left))
  if (isFull || others.length === 0) return fixed
  // One that would need more than is left beside the critical ones waits until those are well.
  const fitting = fixed.length > 0 ? others.filter(({ size }) => size <= left) : others
  const pages = pagesOf(fitting, left, places)
  return [...fixed, ...(pages[turn % pages.length] ?? [])]
}

/** Filled one after another; each holds at least one tile. */
function pagesOf<T extends RotatedTile>(tiles: readonly T[], room: number, most: number): T[][] {
  const pages: T[][] = []
  let left = 0
  for (const tile of tiles) {
    const page = pages.at(-1)
    if (!page || tile.size > left || page.length >= most) {
      pages.push([tile])
      left = room - tile.size
    } else {
      page.push(tile)
      left -= tile.size
    }
  }
  return pages
}

/** Which of the critical ones has the pinned half; null where there is none. */
export const pinnedTile = <T>(critical: readonly T[], now: EpochMs): T | null =>
  critical[Math.floor(now / PINNED_TURN_MS) % Math.max(1, critical.length)] ?? null
