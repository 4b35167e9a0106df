import { type Place, widthOf, writeWhereFree } from './canvasText.ts'
import type { LabelSpace } from './labelSpace.ts'
import { type Plot, rightOf } from './plot.ts'
import type { Polyline } from './polyline.ts'

/** Width of the boxes in which curves are kept clear of words. */
const SHADE_PX = 8
const LINE_PX = 1
/** Base line of a name above its curve, and below it. */
const ABOVE_PX = 5
const BELOW_PX = 13
const MARGIN_PX = 4
/** How far apart places along a curve are tried. */
const STRIDE_PX = 48

type Span = { left: number; right: number }
type Extent = { top: number; bottom: number }

/** Marks where curves run, so that words which may as well stand elsewhere keep clear of them. */
export function shadeLines(lines: readonly Polyline[], space: Pick<LabelSpace, 'shade'>) {
  for (const line of lines) {
    const end = line.at(-2)!
    for (let left = line[0]!; left <= end; left += SHADE_PX) {
      const right = left + SHADE_PX
      const extent = extentIn([line], { left, right })
      if (!extent) continue
      const { top, bottom } = extent
      space.shade({ left, right, top: top - LINE_PX, bottom: bottom + LINE_PX })
    }
  }
}

/** Names a series beside its curve, as far left as there is room: above, else below. */
export function writeTitle(
  { context, area, palette }: Plot,
  title: string,
  lines: readonly Polyline[],
  space: LabelSpace,
) {
  const parts = [{ text: title, colour: palette.ink2 }]
  const width = widthOf(context, parts, palette)
  const places: Place[] = []
  for (let x = area.left + MARGIN_PX; x + width < rightOf(area); x += STRIDE_PX) {
    const extent = extentIn(lines, { left: x, right: x + width })
    if (!extent) continue
    places.push({ parts, x, y: extent.top - ABOVE_PX, align: 'left' })
    places.push({ parts, x, y: extent.bottom + BELOW_PX, align: 'left' })
  }
  writeWhereFree(context, places, space, palette, true)
}

/** The highest and lowest place of curves between two x; null where none runs. */
export function extentIn(lines: readonly Polyline[], { left, right }: Span): Extent | null {
  let top = Infinity
  let bottom = -Infinity
  const add = (y: number) => {
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  for (const line of lines) {
    if (line.at(-2)! < left || line[0]! > right) continue
    const first = firstFrom(line, left)
    if (first > 0) add(heightAt(line, first, Math.max(left, line[0]!)))
    let i = first
    for (; i < line.length && line[i]! <= right; i += 2) add(line[i + 1]!)
    if (i > 0 && i < line.length) add(heightAt(line, i, right))
  }
  return top <= bottom ? { top, bottom } : null
}

/** Index of the first point at or right of x; the points are in the order of x. */
function firstFrom(line: Polyline, x: number): number {
  let low = 0
  let high = line.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if (line[2 * middle]! < x) low = middle + 1
    else high = middle
  }
  return 2 * low
}

/** The height at x of the piece that ends at point `i`. */
function heightAt(line: Polyline, i: number, x: number): number {
  const from = { x: line[i - 2]!, y: line[i - 1]! }
  const to = { x: line[i]!, y: line[i + 1]! }
  return to.x === from.x ? to.y : from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y)
}
