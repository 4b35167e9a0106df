/**
 * What letters on a wall screen must measure to be read from a distance. Character height is that of a
 * digit or capital; it is 0.70 of the font size in the type used here.
 *
 *      eye ────────────── distance ──────────────▶ screen
 *       ╲ angle ╱                                  │ height = 2 · distance · tan(angle / 2)
 *
 * Sources: NUREG-0700 (not below 16′ for the farthest viewer), ISO 9241-3 (16′ least, 20–22′ preferred),
 * FAA (20′ for what changes or matters).
 */

/** Least angles in minutes of arc: any text, what changes, main numbers, the headline of an alarm. */
export const LEAST_ARC = { text: 16, changing: 20, number: 22, headline: 30 } as const

const CAP_HEIGHT_EM = 0.7
const MM_PER_INCH = 25.4

export type PixelSize = { readonly width: number; readonly height: number }

/** Width of one pixel in millimetres, on a screen of so many inches across its diagonal with square pixels. */
export const mmPerPixel = (diagonalInches: number, { width, height }: PixelSize) =>
  (diagonalInches * MM_PER_INCH) / Math.hypot(width, height)

const radiansOf = (arcMinutes: number) => (arcMinutes / 60) * (Math.PI / 180)

/** Character height in millimetres that spans an angle (minutes of arc) at a distance in metres. */
export const characterHeightMm = (distanceM: number, arcMinutes: number) =>
  2 * distanceM * 1_000 * Math.tan(radiansOf(arcMinutes) / 2)

/** The angle, in minutes of arc, that a character of this height (mm) spans at a distance in metres. */
export const arcMinutesOf = (heightMm: number, distanceM: number) =>
  2 * Math.atan(heightMm / (2 * distanceM * 1_000)) * (180 / Math.PI) * 60

export type Viewing = {
  diagonalInches: number
  distanceM: number
  /** Of the screen, in device pixels. */
  resolution: PixelSize
  /** Device pixels per CSS pixel. */
  pixelRatio: number
}

/** Smallest font size in CSS pixels whose digits span the angle; rounded up to whole device pixels. */
export function leastFontPx(viewing: Viewing, arcMinutes: number): number {
  const { diagonalInches, distanceM, resolution, pixelRatio } = viewing
  const heightPx = characterHeightMm(distanceM, arcMinutes) / mmPerPixel(diagonalInches, resolution)
  return Math.ceil(heightPx / CAP_HEIGHT_EM) / pixelRatio
}

/** The angle, in minutes of arc, that the digits of a font size (CSS pixels) span. */
export function arcMinutesOfFont(viewing: Viewing, fontPx: number): number {
  const { diagonalInches, distanceM, resolution, pixelRatio } = viewing
  const heightMm = fontPx * pixelRatio * CAP_HEIGHT_EM * mmPerPixel(diagonalInches, resolution)
  return arcMinutesOf(heightMm, distanceM)
}
