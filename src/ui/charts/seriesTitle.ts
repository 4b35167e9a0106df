import { type Place, widthOf, writeWhereFree } from './canvasText.ts'
import type { LabelSpace } from './labelSpace.ts'
import { type ColumnExtents, extentIn, leftOf } from './columnExtents.ts'
import { type Plot, rightOf } from './plot.ts'

/** Width of the boxes in which curves are kept clear of words. */
const SHADE_PX = 8
const LINE_PX = 1
/** Base line of a name above its curve, and below it. */
const ABOVE_PX = 5
const BELOW_PX = 13
const MARGIN_PX = 4
/** How far apart places along a curve are tried. */
const STRIDE_PX = 48

/** Marks where a curve runs, so that words which may as well stand elsewhere keep clear of it. */
export function shadeCurve(extents: ColumnExtents, space: Pick<LabelSpace, 'shade'>) {
  const end = leftOf(extents, extents.top.length)
  for (let left = leftOf(extents, 0); left < end; left += SHADE_PX) {
    const right = left + SHADE_PX
    const extent = extentIn(extents, { left, right })
    if (!extent) continue
    const { top, bottom } = extent
    space.shade({ left, right, top: top - LINE_PX, bottom: bottom + LINE_PX })
  }
}

/** Names a series beside its curve, as far left as there is room: above, else below. */
export function writeTitle(
  { context, area, palette }: Plot,
  title: string,
  extents: ColumnExtents,
  space: LabelSpace,
) {
  const parts = [{ text: title, colour: palette.ink2 }]
  const width = widthOf(context, parts, palette)
  const places: Place[] = []
  for (let x = area.left + MARGIN_PX; x + width < rightOf(area); x += STRIDE_PX) {
    const extent = extentIn(extents, { left: x, right: x + width })
    if (!extent) continue
    places.push({ parts, x, y: extent.top - ABOVE_PX, align: 'left' })
    places.push({ parts, x, y: extent.bottom + BELOW_PX, align: 'left' })
  }
  writeWhereFree(context, places, space, palette, true)
}
