import type { Box, LabelSpace } from '#domain/charts/labelSpace.ts'
import type { Palette } from './palette.ts'

/** A run of words in one weight and colour. */
export type TextPart = { text: string; isStrong?: boolean; colour: string }

const SIZE = 11
const ASCENT = 9
const DESCENT = 3

const fontOf = (part: TextPart, palette: Palette) =>
  `${part.isStrong ? 600 : 400} ${SIZE}px ${palette.fontFamily}`

/** Widths of texts that were written lately; a palette ends with its theme and its fonts, and so do they. */
const widths = new WeakMap<Palette, Map<string, number>>()
/** Clock times come and go: far more than are on the screen, far fewer than a week has. */
const MOST_WIDTHS = 500

/** The width of one part: measuring costs more than all else about a text, and most stay the same. */
function widthOfPart(context: CanvasRenderingContext2D, part: TextPart, palette: Palette): number {
  let known = widths.get(palette)
  if (!known || known.size > MOST_WIDTHS) widths.set(palette, (known = new Map()))
  const key = part.isStrong ? `*${part.text}` : part.text
  const before = known.get(key)
  if (before !== undefined) return before
  context.font = fontOf(part, palette)
  const { width } = context.measureText(part.text)
  known.set(key, width)
  return width
}

export const widthOf = (
  context: CanvasRenderingContext2D,
  parts: readonly TextPart[],
  palette: Palette,
): number => parts.reduce((width, part) => width + widthOfPart(context, part, palette), 0)

/** The room a text needs whose base line starts at x, y. */
export const boxOf = (x: number, y: number, width: number): Box => ({
  left: x,
  top: y - ASCENT,
  right: x + width,
  bottom: y + DESCENT,
})

/** Writes from x on the base line y, with a rim in the background's colour so that lines do not cross letters. */
export function writeText(
  context: CanvasRenderingContext2D,
  parts: readonly TextPart[],
  x: number,
  y: number,
  palette: Palette,
  rim = 3,
) {
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  context.lineWidth = rim
  context.strokeStyle = palette.bg
  let left = x
  if (rim > 0)
    for (const part of parts) {
      context.font = fontOf(part, palette)
      context.strokeText(part.text, left, y)
      left += widthOfPart(context, part, palette)
    }
  left = x
  for (const part of parts) {
    const width = widthOfPart(context, part, palette)
    context.font = fontOf(part, palette)
    context.fillStyle = part.colour
    context.fillText(part.text, left, y)
    left += width
  }
}

/** Where a text may go, best first. */
export type Place = {
  parts: readonly TextPart[]
  x: number
  y: number
  align: 'left' | 'right' | 'centre'
}

/** Where a text of this width begins. */
export const leftOf = ({ x, align }: Pick<Place, 'x' | 'align'>, width: number) =>
  align === 'left' ? x : align === 'right' ? x - width : x - width / 2

/**
 * Writes at the first place that is free; writes nothing where there is none. A quiet text does not
 * lie over a curve either.
 */
export function writeWhereFree(
  context: CanvasRenderingContext2D,
  places: readonly Place[],
  space: LabelSpace,
  palette: Palette,
  isQuiet = false,
): boolean {
  for (const place of places) {
    const { parts, y } = place
    const width = widthOf(context, parts, palette)
    const left = leftOf(place, width)
    if (!space.take(boxOf(left, y, width), isQuiet)) continue
    writeText(context, parts, left, y, palette)
    return true
  }
  return false
}
