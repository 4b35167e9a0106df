import { formatCount } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { ErrorMark } from './errorMarks.ts'
import { GLYPH_BOX } from '#domain/charts/errorGlyphs.ts'
import { drawGlyphs, GLYPH_PX } from './glyphRow.ts'
import type { Lane } from './laneLayout.ts'
import { clipped, type Plot, rightOf } from './plot.ts'

/** Equal failures closer than this are one triangle. */
export const TRIANGLE_PX = 5
const TRIANGLE_WIDTH_PX = 6.4
/** One failure among thousands is still seen. */
const LEAST_TRIANGLE_PX = 7
const TRIANGLE_AIR_PX = 5

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
export function paintGlyphs(
  plot: Plot,
  lane: Lane,
  marks: readonly ErrorMark[],
  pixelRatio: number,
) {
  const { context, area, palette } = plot
  const top = area.top + lane.centreY - GLYPH_BOX / 2
  for (let start = 0; start < marks.length; ) {
    const left = middleOf(plot, marks[start]!.at) - GLYPH_BOX / 2
    const count = glyphsInRow(plot, marks, start)
    if (!isCrowded(plot, marks, start))
      drawGlyphs(context, lane.errorClass, { left, top, count }, palette, pixelRatio)
    start += count
  }
}

/** How many marks from one on stand side by side, bin after bin; one at an edge may be moved, and stands for itself. */
function glyphsInRow(plot: Plot, marks: readonly ErrorMark[], start: number): number {
  const { bin, at } = marks[start]!
  let count = 1
  if (bin === null || isMoved(plot, at)) return count
  while (marks[start + count]?.bin === bin + count && !isMoved(plot, marks[start + count]!.at))
    count++
  return count
}

/** Whether a glyph moved in from an edge would lie over its neighbour, which then stands for both. */
function isCrowded(plot: Plot, marks: readonly ErrorMark[], index: number): boolean {
  const { bin, at } = marks[index]!
  if (bin === null || !isMoved(plot, at)) return false
  const { from, to } = plot.window
  return [marks[index - 1], marks[index + 1]].some(
    (other) =>
      other &&
      other.at >= from &&
      other.at <= to &&
      !isMoved(plot, other.at) &&
      Math.abs(plot.x(other.at) - middleOf(plot, at)) < GLYPH_PX,
  )
}

const isMoved = (plot: Plot, at: EpochMs) => middleOf(plot, at) !== plot.x(at)

/** Where the glyph of a mark stands: whole also at the edges of the plot, while its time is in the window. */
function middleOf({ area, window, x }: Plot, at: EpochMs): number {
  const middle = x(at)
  if (at < window.from || at > window.to) return middle
  const half = GLYPH_BOX / 2 - 1
  return Math.min(Math.max(middle, area.left + half), rightOf(area) - half)
}
