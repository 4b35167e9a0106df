import { LEAST_ARC, leastFontPx, type PixelSize, type Viewing } from './legibility.ts'

/** More than seven states at a glance nobody keeps apart. */
export const MOST_TILES = 7

/** The wall as it is drawn on 1920 × 1080 CSS pixels; everything grows and shrinks with the screen. */
const DRAWN_FOR: PixelSize = { width: 1920, height: 1080 }
const DRAWN = {
  text: 54,
  clock: 66,
  number: 84,
  headline: 108,
  value: 132,
  header: 96,
  ribbon: 72,
  /** Height of a line of `text`. */
  line: 60,
  rowAir: 6,
  margin: 40,
  pinnedWidth: 944,
  rule: 8,
} as const

/**
 * How far letters may grow beyond the drawing: up to here rows hold them on a line more and the header with
 * a shorter tally, as on a 43-inch screen read from 5 m. Further on, words would have to be cut.
 */
const MOST_STRETCH = 1.26

/** Everything is in CSS pixels. */
export type WallLayout = {
  screen: PixelSize
  /** How much larger letters are than the drawing has them, since they would be too small; 1: not at all. */
  stretch: number
  /** Font sizes. */
  text: number
  clock: number
  number: number
  headline: number
  value: number
  header: number
  /** Height of the ribbon of simulated organisations, where there is one. */
  ribbon: number
  margin: number
  pinnedWidth: number
  /** Thickness of the rule over the pinned half; lines and gaps follow from it. */
  rule: number
  /** Height of one line of text. */
  line: number
  /** What a row needs beside its lines. */
  rowAir: number
  /** Lines of a row with a name of one line. */
  rowLines: 2 | 3
  /** Height that all rows share. */
  rowsHeight: number
  /** How many tiles have room, 1 to 7. */
  tiles: number
}

/** A screen, and how far away people stand. */
export type WallPlace = Omit<Viewing, 'resolution' | 'pixelRatio'> & {
  /** The window, in CSS pixels. */
  screen: PixelSize
  /** The whole screen, in CSS pixels: what the diagonal spans. */
  whole: PixelSize
  hasRibbon: boolean
}

/** How many tiles are wanted at once on it. */
export type WallAsk = WallPlace & { tiles: number }

/** What would make a layout readable. */
export type Remedy =
  | { kind: 'fewerTiles'; tiles: number }
  /** Metres from the screen at most. */
  | { kind: 'nearer'; distanceM: number }
  /** Inches across at least. */
  | { kind: 'larger'; diagonalInches: number }

export type WallPlan =
  | { kind: 'fits'; layout: WallLayout }
  /** It would be too small to be read from there. */
  | { kind: 'refused'; leastTextPx: number; remedies: readonly Remedy[] }

/**
 * The measures of a wall that can be read from where people stand, or what would have to change. Screens
 * whose letters are large enough as drawn keep the drawing; else letters grow, rows take a line more, and
 * fewer tiles have room.
 */
export function wallPlan(ask: WallAsk): WallPlan {
  const layout = layoutOf(ask)
  if (layout !== null && layout.tiles >= ask.tiles) return { kind: 'fits', layout }
  const fits = (changed: Partial<WallAsk>) => {
    const found = layoutOf({ ...ask, ...changed })
    return found !== null && found.tiles >= ask.tiles
  }
  const nearer = outermost(ask.distanceM, 0.5, (distanceM) => fits({ distanceM }))
  const larger = outermost(ask.diagonalInches, 200, (diagonalInches) => fits({ diagonalInches }))
  return {
    kind: 'refused',
    leastTextPx: leastFontPx(viewingOf(ask), LEAST_ARC.text),
    remedies: [
      ...(layout ? [{ kind: 'fewerTiles', tiles: layout.tiles } as const] : []),
      ...(nearer === null
        ? []
        : [{ kind: 'nearer', distanceM: Math.floor(nearer * 10) / 10 } as const]),
      ...(larger === null ? [] : [{ kind: 'larger', diagonalInches: Math.ceil(larger) } as const]),
    ],
  }
}

/** The layout of a wall that is up: as many of its tiles as can be read, or null where not even one can. */
export function layoutOf(place: WallPlace): WallLayout | null {
  const { screen, hasRibbon } = place
  const scale = Math.min(screen.width / DRAWN_FOR.width, screen.height / DRAWN_FOR.height)
  const viewing = viewingOf(place)
  const wanted = (arc: number, drawn: number) => leastFontPx(viewing, arc) / (drawn * scale)
  const needed = Math.max(
    wanted(LEAST_ARC.text, DRAWN.text),
    wanted(LEAST_ARC.number, DRAWN.number),
    wanted(LEAST_ARC.headline, DRAWN.headline),
  )
  if (needed > MOST_STRETCH) return null
  const stretch = Math.max(1, needed)
  const letters = (drawn: number) => drawn * scale * stretch
  const header = letters(DRAWN.header)
  const ribbon = hasRibbon ? letters(DRAWN.ribbon) : 0
  const rowLines = stretch > 1 ? 3 : 2
  const line = letters(DRAWN.line)
  const rowAir = DRAWN.rowAir * scale
  const rowsHeight = screen.height - header - ribbon - 2 * DRAWN.rule * scale
  const tiles = Math.min(MOST_TILES, Math.floor(rowsHeight / (rowLines * line + rowAir)))
  if (tiles < 1) return null
  return {
    screen,
    stretch,
    text: letters(DRAWN.text),
    clock: letters(DRAWN.clock),
    number: letters(DRAWN.number),
    headline: letters(DRAWN.headline),
    value: letters(DRAWN.value),
    header,
    ribbon,
    margin: DRAWN.margin * scale,
    pinnedWidth: (DRAWN.pinnedWidth / DRAWN_FOR.width) * screen.width,
    rule: DRAWN.rule * scale,
    line,
    rowAir,
    rowLines,
    rowsHeight,
    tiles,
  }
}

/** Device pixels do not matter to what a letter measures: CSS pixels are taken for them. */
const viewingOf = ({ diagonalInches, distanceM, whole }: WallPlace): Viewing => ({
  diagonalInches,
  distanceM,
  resolution: whole,
  pixelRatio: 1,
})

/** The value nearest to `from`, on the way to `to`, at which it fits; null where it never does. */
function outermost(from: number, to: number, fits: (value: number) => boolean): number | null {
  if (!fits(to)) return null
  let [bad, good] = [from, to]
  for (let step = 0; step < 40; step++) {
    const middle = (bad + good) / 2
    if (fits(middle)) good = middle
    else bad = middle
  }
  return good
}
