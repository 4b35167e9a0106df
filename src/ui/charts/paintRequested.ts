import { formatCount } from '#domain/format.ts'
import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import type { EpochMs } from '#domain/units.ts'
import { writeWhereFree } from './canvasText.ts'
import { clipped, type Plot, rightOf } from './plot.ts'

/** A stretch ahead of now that is narrower shows nothing. */
const LEAST_PX = 6

type Requested = {
  /** What was asked for, and what is in force now; null where that is unknown. */
  value: number
  inForce: number | null
  now: EpochMs
  y: (value: number) => number
}

/**
 * A limit that was asked for: a thinner dash ahead of now, joined to the one in force, with its value.
 * One that lies above the scale says so at its upper edge. Nothing is drawn in a window that ends
 * before now.
 */
export function paintRequested(plot: Plot, requested: Requested, space: LabelSpace) {
  const { context, area, palette, x, window } = plot
  const { value, inForce, now, y } = requested
  const left = x(now)
  const right = rightOf(area)
  if (now > window.to || right - left < LEAST_PX) return
  const isAbove = y(value) < area.top
  const height = Math.max(area.top + 1, y(value))
  clipped(plot, () => {
    const path = new Path2D()
    if (inForce !== null) path.moveTo(left, y(inForce))
    else path.moveTo(left, height)
    path.lineTo(left, height)
    if (!isAbove) path.lineTo(right, height)
    context.lineWidth = 1
    context.strokeStyle = palette.limit
    context.setLineDash([3, 3])
    context.stroke(path)
    context.setLineDash([])
  })
  const text = { text: formatCount(value), isStrong: true, colour: palette.ink }
  const words = { text: isAbove ? ' requested, above' : ' requested', colour: palette.ink2 }
  const places = [height - 6, height + 14].flatMap((base) => [
    { parts: [text, words], x: right - 2, y: base, align: 'right' as const },
    { parts: [text, words], x: left - 4, y: base, align: 'right' as const },
  ])
  writeWhereFree(context, places, space, palette)
}
