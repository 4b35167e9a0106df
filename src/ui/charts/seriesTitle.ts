import type { EpochMs } from '#domain/units.ts'
import { boxOf, widthOf, writeText } from './canvasText.ts'
import type { PanelSeries } from './chartData.ts'
import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { type ColumnExtents, extentIn, leftOf } from './columnExtents.ts'
import { type Plot, rightOf } from './plot.ts'
import { instantAt } from './timeFrame.ts'

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

/** Where a name was written last: the instant at which it begins, and on which side of its curve. */
type TitlePlace = { at: EpochMs; isAbove: boolean }
/** The places of the names of one panel, by the series' reader. */
export type TitlePlaces = WeakMap<object, TitlePlace>

/**
 * Names a series beside its curve: where it was named before, which moves with the curve and halts at
 * the left edge, or else as far left as there is room, above it or below. A name that looked for the
 * best place in every frame of a pan would leap about.
 */
export function writeTitle(
  { context, area, window, palette, x }: Plot,
  { title, reader }: Pick<PanelSeries, 'title' | 'reader'>,
  extents: ColumnExtents,
  space: LabelSpace,
  places: TitlePlaces,
) {
  const parts = [{ text: title, colour: palette.ink2 }]
  const width = widthOf(context, parts, palette)
  const first = area.left + MARGIN_PX

  function isWrittenAt(left: number, isAbove: boolean): boolean {
    if (left + width >= rightOf(area)) return false
    const extent = extentIn(extents, { left, right: left + width })
    if (!extent) return false
    const y = isAbove ? extent.top - ABOVE_PX : extent.bottom + BELOW_PX
    if (!space.take(boxOf(left, y, width), true)) return false
    writeText(context, parts, left, y, palette)
    return true
  }

  const before = places.get(reader)
  if (before && isWrittenAt(Math.max(first, Math.round(x(before.at))), before.isAbove)) return
  for (let left = first; left + width < rightOf(area); left += STRIDE_PX)
    for (const isAbove of [true, false])
      if (isWrittenAt(left, isAbove)) {
        places.set(reader, { at: instantAt(left, window, area.left, area.width), isAbove })
        return
      }
}
