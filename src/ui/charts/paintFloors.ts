import { type Place, writeWhereFree } from './canvasText.ts'
import type { FloorLine } from './chartData.ts'
import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { bottomOf, type Plot, rightOf } from './plot.ts'

/** Width of the tick at each floor. */
const TICK_PX = 8
const MARGIN_PX = 4

/** What iterations left behind: a tick at each floor, joined by a dotted line, and their rise in words. */
export function paintFloors(
  plot: Plot,
  { floors, words }: FloorLine,
  y: (value: number) => number,
  space: LabelSpace,
) {
  const { context, area, palette, x } = plot
  const places = floors.map(({ at, value }) => ({ left: x(at), top: y(value) }))
  const shown = places.filter(({ left }) => left >= area.left && left <= rightOf(area))
  const last = shown.at(-1)
  if (!last) return
  context.strokeStyle = palette.ink
  context.lineWidth = 1
  context.setLineDash([1, 3])
  context.beginPath()
  for (const { left, top } of places) context.lineTo(left, top)
  context.stroke()
  context.setLineDash([])
  context.lineWidth = 2
  context.beginPath()
  for (const { left, top } of shown) {
    context.moveTo(left - TICK_PX / 2, top)
    context.lineTo(left + TICK_PX / 2, top)
    space.block({
      left: left - TICK_PX / 2,
      right: left + TICK_PX / 2,
      top: top - 2,
      bottom: top + 2,
    })
  }
  context.stroke()
  writeRise(plot, words, last, space)
}

/** Under the line at the right, where water lies and nothing else; else beside the newest floor. */
function writeRise(
  { context, area, palette }: Plot,
  words: string,
  last: { left: number; top: number },
  space: LabelSpace,
) {
  const parts = [{ text: words, isStrong: true, colour: palette.ink }]
  const right = rightOf(area) - MARGIN_PX
  const places: Place[] = [
    { parts, x: right, y: bottomOf(area) - 6, align: 'right' },
    { parts, x: last.left - MARGIN_PX, y: last.top + 16, align: 'right' },
    { parts, x: area.left + MARGIN_PX, y: bottomOf(area) - 6, align: 'left' },
    { parts, x: last.left - MARGIN_PX, y: last.top - 8, align: 'right' },
  ]
  if (!writeWhereFree(context, places, space, palette, true))
    writeWhereFree(context, places, space, palette)
}
