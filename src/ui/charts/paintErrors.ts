import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { ErrorMark } from './errorMarks.ts'
import { ERROR_GLYPHS, GLYPH_BOX } from './glyphPaths.ts'
import type { Lane } from './laneLayout.ts'
import { clipped, type Plot, rightOf } from './plot.ts'

/** Equal failures closer than this are one triangle, or one glyph. */
export const TRIANGLE_PX = 5
export const GLYPH_PX = 9
const TRIANGLE_WIDTH_PX = 6.4
/** One failure among thousands is still seen. */
const LEAST_TRIANGLE_PX = 7
const TRIANGLE_AIR_PX = 5

const paths = new Map<ErrorClass, Path2D>()

/** Paths are made once, and only where there is a canvas. */
function pathOf(errorClass: ErrorClass): Path2D {
  const path = paths.get(errorClass) ?? new Path2D(ERROR_GLYPHS[errorClass].path)
  paths.set(errorClass, path)
  return path
}

/** The base of the capacity lane, and a dotted line for each other row, also when it is empty. */
export function paintLaneRules({ context, area, palette }: Plot, lanes: readonly Lane[]) {
  context.strokeStyle = palette.hair
  context.lineWidth = 1
  lanes.forEach(({ heightPx, centreY }, i) => {
    context.setLineDash(i === 0 ? [] : [1, 5])
    const y = area.top + (i === 0 ? Math.round(heightPx) : Math.floor(centreY)) + 0.5
    context.beginPath()
    context.moveTo(area.left, y)
    context.lineTo(rightOf(area), y)
    context.stroke()
  })
  context.setLineDash([])
}

/** Capacity errors: filled triangles as high as their count, the highest filling the lane; its count stands at the axis. */
export function paintTriangles(plot: Plot, lane: Lane, marks: readonly ErrorMark[]) {
  const { context, area, palette, x } = plot
  const highest = marks.reduce((most, { count }) => Math.max(most, count), 0)
  if (highest === 0) return
  const base = area.top + Math.round(lane.heightPx)
  const room = lane.heightPx - TRIANGLE_AIR_PX
  context.fillStyle = palette.crit
  clipped(plot, () => {
    context.beginPath()
    for (const { at, count } of marks) {
      const middle = x(at)
      const height = Math.max(LEAST_TRIANGLE_PX, (count / highest) * room)
      context.moveTo(middle - TRIANGLE_WIDTH_PX / 2, base)
      context.lineTo(middle, base - height)
      context.lineTo(middle + TRIANGLE_WIDTH_PX / 2, base)
    }
    context.fill()
  })
  context.font = `400 11px ${palette.fontFamily}`
  context.textAlign = 'right'
  context.textBaseline = 'alphabetic'
  context.fillStyle = palette.ink3
  context.fillText(formatCount(highest), area.left - 8, area.top + 13)
}

/** The outline glyphs of one other class. */
export function paintGlyphs(plot: Plot, lane: Lane, marks: readonly ErrorMark[]) {
  const { context, area, palette } = plot
  const glyph = ERROR_GLYPHS[lane.errorClass]
  const path = pathOf(lane.errorClass)
  context.strokeStyle = palette[glyph.colour]
  context.lineWidth = glyph.strokeWidth
  context.lineJoin = 'miter'
  for (const { at } of marks) {
    const left = middleOf(plot, at) - GLYPH_BOX / 2
    const top = area.top + lane.centreY - GLYPH_BOX / 2
    context.translate(left, top)
    context.stroke(path)
    context.translate(-left, -top)
  }
}

/** Where the glyph of a mark stands: whole also at the edges of the plot, while its time is in the window. */
function middleOf({ area, window, x }: Plot, at: EpochMs): number {
  const middle = x(at)
  if (at < window.from || at > window.to) return middle
  const half = GLYPH_BOX / 2 - 1
  return Math.min(Math.max(middle, area.left + half), rightOf(area) - half)
}
