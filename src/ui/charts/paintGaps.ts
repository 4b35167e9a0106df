import { formatDuration } from '#domain/format.ts'
import type { Stretch } from '#domain/series/gaps.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import { type Place, widthOf, writeWhereFree } from './canvasText.ts'
import { instantText } from './instantText.ts'
import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { bottomOf, type Plot, rightOf } from './plot.ts'

/** Pixels between the lines of a hatch, across. */
const PITCH = 6
/** A narrower gap is told by the break in the line alone. */
const LEAST_HATCHED_PX = 2
const LEAST_LABELLED_PX = 12

/** Hatches the whole height of each gap and writes how long it is. */
export function paintGaps(plot: Plot, gaps: readonly Stretch[], space: LabelSpace) {
  const { area, palette, x } = plot
  for (const gap of gaps) {
    const left = Math.max(area.left, x(gap.from))
    const right = Math.min(rightOf(area), x(gap.to))
    if (right - left < LEAST_HATCHED_PX) continue
    hatch(plot, left, right)
    space.shade({ left, right, top: area.top, bottom: bottomOf(area) })
    if (right - left < LEAST_LABELLED_PX) continue
    const text = `gap ${formatDuration(elapsed(gap.from, gap.to))}`
    const parts = [{ text, isStrong: true, colour: palette.ink2 }]
    const y = area.top + Math.min(23, area.height / 2 + 4)
    // At the plot's edges the text gives way, the hatch does not.
    const half = widthOf(plot.context, parts, palette) / 2 + 2
    const middle = Math.min(Math.max((left + right) / 2, area.left + half), rightOf(area) - half)
    writeWhereFree(plot.context, [{ parts, x: middle, y, align: 'centre' }], space, palette)
  }
}

/** Lines at 45° that keep their place on the screen, over the background. */
function hatch({ context, area, palette }: Plot, left: number, right: number) {
  const { top, height } = area
  const bottom = top + height
  context.save()
  context.beginPath()
  context.rect(left, top, right - left, height)
  context.clip()
  context.fillStyle = palette.bg
  context.fillRect(left, top, right - left, height)
  context.beginPath()
  const across = PITCH * Math.SQRT2
  for (let start = left - height; start < right; start += across) {
    context.moveTo(start, bottom)
    context.lineTo(start + height, top)
  }
  context.strokeStyle = palette.hatch
  context.lineWidth = 1.2
  context.stroke()
  context.restore()
}

/**
 * Where a line ends long before the time: a ring, a dotted rule, and, for the first line of a chart,
 * since when; the tail stays empty.
 */
export function paintStaleTail(
  plot: Plot,
  last: { at: EpochMs; y: number; colour: string; isFirst: boolean },
  zone: string,
  space: LabelSpace,
) {
  const { isFirst } = last
  const { context, area, palette, x } = plot
  const at = x(last.at)
  if (at < area.left) return
  paintRule(plot, at)
  context.strokeStyle = last.colour
  context.fillStyle = palette.bg
  context.lineWidth = 1.5
  context.beginPath()
  context.arc(at, last.y, 3, 0, 2 * Math.PI)
  context.fill()
  context.stroke()
  if (!isFirst) return
  const parts = [
    { text: `nothing since ${instantText(last.at, plot.window, zone)}`, colour: palette.ink2 },
  ]
  const heights = [area.top + 15, area.top + 30, area.top + 45, bottomOf(area) - 6]
  const places = heights.flatMap((y): Place[] => [
    { parts, x: at - 6, y, align: 'right' },
    { parts, x: at + 6, y, align: 'left' },
  ])
  writeWhereFree(context, places, space, palette, true)
}

/** Where a series begins within the window: a dotted rule, and since when; what lies before it stays empty. */
export function paintHead(plot: Plot, first: EpochMs, zone: string, space: LabelSpace) {
  const { context, area, palette, x } = plot
  paintRule(plot, x(first))
  const text = `no samples before ${instantText(first, plot.window, zone)}`
  const parts = [{ text, colour: palette.ink2 }]
  const places = [15, 30, 45].map((y) => ({
    parts,
    x: x(first) - 6,
    y: area.top + y,
    align: 'right' as const,
  }))
  writeWhereFree(context, places, space, palette)
}

function paintRule({ context, area, palette }: Plot, at: number) {
  context.strokeStyle = palette.ink3
  context.lineWidth = 1
  context.setLineDash([1, 3])
  context.beginPath()
  context.moveTo(Math.round(at) + 0.5, area.top)
  context.lineTo(Math.round(at) + 0.5, bottomOf(area))
  context.stroke()
  context.setLineDash([])
}
