import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { ERROR_GLYPHS, GLYPH_BOX } from '#domain/charts/errorGlyphs.ts'
import type { Palette } from './palette.ts'

/** Equal failures closer than this are one glyph, so glyphs of one row are never closer. */
export const GLYPH_PX = 9

/** So many glyphs stand in one picture: a whole number of device pixels at every usual ratio. */
const ROW_GLYPHS = 64
/** How far the outline of a glyph may reach into the place of the next one. */
const OVERLAP_PX = 2

type Picture = {
  image: ImageBitmap
  /** Where in the picture something is, in whole device pixels. */
  pixels: (px: number) => number
}

const pictures = new Map<string, Picture>()

/**
 * The glyph of a class alone, and then a row of it, made once per colour and pixel ratio. Hundreds are
 * on the screen in every frame of a pan: stroked anew, or put down one by one, they cost more than the
 * series.
 */
function pictureOf(errorClass: ErrorClass, palette: Palette, pixelRatio: number): Picture {
  const { path, strokeWidth, colour } = ERROR_GLYPHS[errorClass]
  const key = `${errorClass} ${palette[colour]} ${pixelRatio}`
  const known = pictures.get(key)
  if (known) return known
  const pixels = (px: number) => Math.round(px * pixelRatio)
  const canvas = new OffscreenCanvas(
    pixels(GLYPH_BOX + ROW_GLYPHS * GLYPH_PX + OVERLAP_PX),
    Math.ceil(GLYPH_BOX * pixelRatio),
  )
  const context = canvas.getContext('2d')!
  const glyph = new Path2D(path)
  context.strokeStyle = palette[colour]
  context.lineWidth = strokeWidth
  const places = Array.from({ length: ROW_GLYPHS }, (_, i) => GLYPH_BOX + i * GLYPH_PX)
  for (const left of [0, ...places]) {
    context.setTransform(pixelRatio, 0, 0, pixelRatio, pixels(left), 0)
    context.stroke(glyph)
  }
  const picture = { image: canvas.transferToImageBitmap(), pixels }
  pictures.set(key, picture)
  return picture
}

/**
 * Puts `count` glyphs side by side on a canvas, the box of the first one at `left` and `top`: on whole
 * device pixels, where a picture is as sharp as an outline.
 */
export function drawGlyphs(
  context: CanvasRenderingContext2D,
  errorClass: ErrorClass,
  { left, top, count }: { left: number; top: number; count: number },
  palette: Palette,
  pixelRatio: number,
) {
  const { image, pixels } = pictureOf(errorClass, palette, pixelRatio)
  function draw(from: number, widthPx: number, at: number) {
    const x = pixels(at) / pixelRatio
    const y = pixels(top) / pixelRatio
    const start = pixels(from)
    const width = Math.min(pixels(widthPx), image.width - start)
    const size = [width / pixelRatio, image.height / pixelRatio] as const
    context.drawImage(image, start, 0, width, image.height, x, y, ...size)
  }
  const inRow = count - 1
  for (let drawn = 0; drawn < inRow; drawn += ROW_GLYPHS) {
    const length = Math.min(ROW_GLYPHS, inRow - drawn) * GLYPH_PX
    draw(GLYPH_BOX, length + OVERLAP_PX, left + drawn * GLYPH_PX)
  }
  // The last one alone: what follows it in the row must not be seen.
  draw(0, GLYPH_BOX, left + inRow * GLYPH_PX)
}
