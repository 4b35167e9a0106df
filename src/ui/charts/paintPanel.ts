import { limitAt } from '#domain/metrics/limitSteps.ts'
import { gapsOf, segmentsOf } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { FloorLine, LimitBand, PanelLimit, PanelSeries } from './chartData.ts'
import { extentIn } from './columnExtents.ts'
import { type Curve, curveOf } from './curve.ts'
import { columnsToDraw } from './denseColumns.ts'
import { createLabelSpace, type LabelSpace } from '#domain/charts/labelSpace.ts'
import { limitBands } from './limitBands.ts'
import { paintFloors } from './paintFloors.ts'
import { paintGaps, paintHead, paintStaleTail } from './paintGaps.ts'
import {
  limitPieces,
  paintBands,
  paintLimit,
  writeBandLabels,
  writeLimitLabels,
} from './paintLimit.ts'
import { paintRequested } from './paintRequested.ts'
import { colourOf, paintLines, paintWater } from './paintSeries.ts'
import { bottomOf, clipped, type Plot, rightOf } from './plot.ts'
import { shadeCurve, type TitlePlaces, writeTitle } from './seriesTitle.ts'

export type PanelPicture = {
  series: readonly PanelSeries[]
  limit: PanelLimit | null
  /** Null where no leak is suspected. */
  floors: FloorLine | null
  /** What other rows found to be at the limit. */
  sharedBands: readonly LimitBand[]
  /** Where its series were named in the picture before. */
  titles: TitlePlaces
  y: (value: number) => number
  zone: string
  now: EpochMs
  pixelRatio: number
}

type Drawn = { series: PanelSeries; points: Series; curve: Curve; columnMs: number }

/**
 * Draws the dense part of one panel in one pass: water, stretches at the limit, gaps, lines, limit,
 * words. Gives the stretches in which its first series is at its limit.
 */
export function paintPanel(plot: Plot, picture: PanelPicture): LimitBand[] {
  const { context, area, window } = plot
  const { limit, y } = picture
  const inside = {
    left: area.left,
    top: area.top,
    right: rightOf(area),
    bottom: bottomOf(area),
  }
  const space = createLabelSpace(inside)
  const drawn = picture.series.map((series): Drawn => {
    const devicePixels = area.width * picture.pixelRatio
    const { points, columnMs } = columnsToDraw(series.reader, window, devicePixels)
    const segments = segmentsOf(points, Math.max(series.gapAfterMs, columnMs))
    const curve = curveOf(points, segments, plot, y, picture.pixelRatio)
    return { series, points, columnMs, curve }
  })
  const first = drawn[0]
  const own =
    first && limit
      ? limitBands(first.points, limit.steps, first.series.gapAfterMs, first.columnMs)
      : []
  // Nothing is known of a limit after now.
  const known = { from: window.from, to: epochMs(Math.min(window.to, picture.now)) }
  const pieces = limit && known.to > known.from ? limitPieces(limit.steps, known) : []

  for (const { curve } of drawn) shadeCurve(curve.extents, space)

  clipped(plot, () => {
    for (const { series, curve } of drawn) {
      if (series.style === 'water') paintWater(plot, curve, [...own, ...picture.sharedBands])
    }
    paintBands(plot, area, own, false)
    paintBands(plot, area, picture.sharedBands, true)
    if (first) paintGaps(plot, gapsOf(first.points, gapLimit(first)), space)
    // The first series lies on top: it is the one the limit is for.
    for (const { series, curve } of drawn.toReversed()) paintLines(plot, curve, series.style)
    paintLimit(plot, pieces, y, space)
    if (picture.floors) paintFloors(plot, picture.floors, y, space)
  })
  if (limit && limit.requested !== undefined && limit.requested !== null) {
    const { requested: value, steps } = limit
    const { now } = picture
    paintRequested(plot, { value, inForce: limitAt(steps, now), now, y }, space)
  }
  if (limit) {
    writeLimitLabels(plot, pieces, limit, y, picture.zone, space)
    const heightAt = (at: EpochMs) => {
      const value = limitAt(limit.steps, at)
      return value === null ? null : y(value)
    }
    writeBandLabels(plot, own, heightAt, space)
  }
  if (first) writeHead(plot, first, picture.zone, space)
  for (const each of drawn) writeTail(plot, each, each === first, picture, space)
  // A line reaches one sample beyond each edge; one that lies there alone is not in the picture.
  const shown = drawn.filter(({ curve }) => extentIn(curve.extents, inside))
  // The gutter names the first series; alone it needs no other name.
  if (shown.some((each) => each !== first))
    for (const { series, curve } of shown)
      writeTitle(plot, series, curve.extents, space, picture.titles)
  context.setLineDash([])
  return own
}

const gapLimit = ({ series, columnMs }: Drawn) => Math.max(series.gapAfterMs, columnMs)

/** Of the first series alone: what stands beside it comes and goes with files. */
function writeHead(plot: Plot, { series, points }: Drawn, zone: string, space: LabelSpace) {
  const at = points.timeMs[0]
  if (!series.hasWholePast || at === undefined || at > plot.window.to) return
  if (at - plot.window.from > series.staleAfterMs) paintHead(plot, epochMs(at), zone, space)
}

function writeTail(
  plot: Plot,
  { series, points }: Drawn,
  isFirst: boolean,
  picture: PanelPicture,
  space: LabelSpace,
) {
  const last = points.value.findLastIndex((value) => !Number.isNaN(value))
  if (last < 0) return
  const at = epochMs(points.timeMs[last]!)
  if (Math.min(plot.window.to, picture.now) - at <= series.staleAfterMs) return
  const colour = colourOf(series.style, plot.palette)
  const y = picture.y(points.value[last]!)
  paintStaleTail(plot, { at, y, colour, isFirst }, picture.zone, space)
}
