import type { ErrorClass } from '../errors/errorEvent.ts'

/** The picture of an error class, for canvas (`Path2D`) and SVG alike, in a box of 12 by 12. */
export type ErrorGlyph = {
  path: string
  /** Only the class that the limit may explain is filled: it stands out, the rest is context. */
  isFilled: boolean
  /** Width of the outline in units of the box; nothing is said of a filled one. */
  strokeWidth: number
  /** The colour token it is drawn in. */
  colour: 'crit' | 'rate' | 'ink2'
}

/** Side of the box that the paths are drawn in. */
export const GLYPH_BOX = 12

const outline = (path: string, strokeWidth = 1.3, colour: ErrorGlyph['colour'] = 'ink2') => ({
  path,
  isFilled: false,
  strokeWidth,
  colour,
})

/** One shape per error class, so that they differ without colour too. */
export const ERROR_GLYPHS: Readonly<Record<ErrorClass, ErrorGlyph>> = {
  capacity: { path: 'M6 2l4 8h-8Z', isFilled: true, strokeWidth: 0, colour: 'crit' },
  rate: outline('M2 2.5h8l-4 7Z', 1.4, 'rate'),
  auth: outline('M6 2l4 4l-4 4l-4 -4Z'),
  server: outline('M2.6 2.6h6.8v6.8h-6.8Z'),
  network: outline('M2.6 2.6l6.8 6.8M9.4 2.6l-6.8 6.8', 1.5),
  // A ring open at the top: the connection that should have been closed is not.
  socket: outline('M8.3 3.2A3.6 3.6 0 1 1 3.7 3.2'),
  other: outline('M5 6a1 1 0 1 0 2 0a1 1 0 1 0 -2 0'),
}
