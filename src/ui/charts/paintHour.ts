import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { gapsOf, segmentsOf } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import type { LimitBand, TimeWindow } from './chartData.ts'
import { limitBands } from './limitBands.ts'
import { limitPieces } from './paintLimit.ts'
import { type Area, bottomOf, clipped, type Plot, rightOf } from './plot.ts'

/** What an hour on the wall is drawn from. */
export type HourPicture = {
  points: Series
  /** Width of the columns that the points were chosen for. */
  columnMs: number
  /** Points further apart are not joined. */
  gapAfterMs: number
  limits: LimitSteps
  /** Refusals per column of the lane. */
  refusals: Float64Array
}

/** What the picture is measured in: font size of the words around it, height of the lane of refusals. */
export type HourMeasures = { text: number; laneHeight: number }

/** Of the text: 6 px lines beside letters of 54. */
const LINE_EM = 1 / 9
const DASH_EM = [0.44, 0.22] as const
const TRIANGLE_EM = 0.48
const HATCH_EM = 0.48
/** Room over the wall, so that it does not lie on the edge. */
const HEADROOM = 1.15

/** Columns of the lane of refusals: as many as triangles stand side by side. */
export const refusalColumns = (width: number, { text }: HourMeasures) =>
  Math.max(1, Math.floor(width / (TRIANGLE_EM * text)))

/**
 * The last hour of one metric as the wall shows it, without a word: water, limit step, stretches at the limit,
 * gaps, and under it the refusals. Lines are as thick as letters ask for that are read from metres away.
 */
export function paintHour(plot: Plot, picture: HourPicture, measures: HourMeasures) {
  const { area, window } = plot
  const { points, columnMs, gapAfterMs, limits } = picture
  const chart: Plot = {
    ...plot,
    area: { ...area, height: area.height - measures.laneHeight },
  }
  const pieces = limitPieces(limits, window)
  const top = Math.max(
    ...pieces.map(({ value }) => value ?? 0),
    points.value.reduce((most, value) => (value > most ? value : most), 0),
  )
  const perUnit = chart.area.height / (HEADROOM * Math.max(top, 1e-9))
  const y = (value: number) => bottomOf(chart.area) - value * perUnit
  const joined = Math.max(gapAfterMs, columnMs)
  const bands = limitBands(points, limits, gapAfterMs, columnMs)
  clipped(plot, () => {
    paintWater(chart, points, joined, y)
    paintBands(plot, bands, measures)
    paintGaps(plot, points, joined, measures)
    paintCurve(chart, points, joined, y, measures)
    paintWall(chart, pieces, y, measures)
    paintRefusals(plot, picture.refusals, measures)
  })
  rule(plot, bottomOf(chart.area), measures)
  if (measures.laneHeight > 0) rule(plot, bottomOf(area), measures)
}

function traceSegments(
  { context, x }: Plot,
  { timeMs, value }: Series,
  joined: number,
  y: (value: number) => number,
  end: (fromX: number, toX: number, lastY: number) => void,
) {
  for (const segment of segmentsOf({ timeMs, value }, joined)) {
    context.beginPath()
    const from = x(timeMs[segment.start]!)
    context.moveTo(from, y(value[segment.start]!))
    for (let i = segment.start + 1; i < segment.end; i++)
      context.lineTo(x(timeMs[i]!), y(value[i]!))
    end(from, x(timeMs[segment.end - 1]!), y(value[segment.end - 1]!))
  }
}

function paintWater(plot: Plot, points: Series, joined: number, y: (value: number) => number) {
  const { context, area, palette } = plot
  context.fillStyle = palette['water-soft']
  traceSegments(plot, points, joined, y, (fromX, toX) => {
    context.lineTo(toX, bottomOf(area))
    context.lineTo(fromX, bottomOf(area))
    context.fill()
  })
}

function paintCurve(
  plot: Plot,
  points: Series,
  joined: number,
  y: (value: number) => number,
  { text }: HourMeasures,
) {
  const { context, palette } = plot
  context.strokeStyle = palette.water
  context.lineWidth = LINE_EM * text
  context.lineJoin = 'round'
  // A sample alone between gaps is a dot: a line of one point is nothing.
  context.lineCap = 'round'
  traceSegments(plot, points, joined, y, (fromX, toX, lastY) => {
    if (fromX === toX) context.lineTo(toX + 0.01, lastY)
    context.stroke()
  })
  context.lineCap = 'butt'
}

/** Down through the lane as well; the water under it is wiped off: yellow over blue would read as OK. */
function paintBands(plot: Plot, bands: readonly LimitBand[], { text }: HourMeasures) {
  const { context, area, palette, x } = plot
  context.fillStyle = palette.band
  for (const band of bands) {
    const left = x(band.from)
    const width = Math.max(x(band.to) - left, LINE_EM * text)
    context.clearRect(left, area.top, width, area.height)
    context.fillRect(left, area.top, width, area.height)
  }
}

/** Also what has not come since the last sample, up to now. */
function paintGaps(plot: Plot, points: Series, joined: number, measures: HourMeasures) {
  const last = points.value.findLastIndex((value) => !Number.isNaN(value))
  const tail: TimeWindow | null =
    last >= 0 && plot.window.to - points.timeMs[last]! > joined
      ? { from: epochMs(points.timeMs[last]!), to: plot.window.to }
      : null
  for (const gap of [...gapsOf(points, joined), ...(tail ? [tail] : [])]) hatch(plot, gap, measures)
}

function hatch({ context, area, palette, x }: Plot, gap: TimeWindow, { text }: HourMeasures) {
  const left = Math.max(area.left, x(gap.from))
  const right = Math.min(rightOf(area), x(gap.to))
  if (right - left < 1) return
  context.save()
  context.beginPath()
  context.rect(left, area.top, right - left, area.height)
  context.clip()
  context.clearRect(left, area.top, right - left, area.height)
  context.strokeStyle = palette.hatch
  context.lineWidth = 0.15 * text
  context.beginPath()
  const across = HATCH_EM * text * Math.SQRT2
  const first = Math.floor((left - area.height) / across) * across
  for (let start = first; start < right; start += across) {
    context.moveTo(start, bottomOf(area))
    context.lineTo(start + area.height, area.top)
  }
  context.stroke()
  context.restore()
}

function paintWall(
  { context, palette, x }: Plot,
  pieces: ReturnType<typeof limitPieces>,
  y: (value: number) => number,
  { text }: HourMeasures,
) {
  const path = new Path2D()
  let before: number | null = null
  for (const { value, from, to } of pieces) {
    const height = value === null ? null : y(value)
    if (height !== null) {
      if (before === null) path.moveTo(x(from), height)
      else path.lineTo(x(from), height)
      path.lineTo(x(to), height)
    }
    before = height
  }
  context.lineJoin = 'miter'
  context.strokeStyle = palette.halo
  context.lineWidth = 2.2 * LINE_EM * text
  context.stroke(path)
  context.strokeStyle = palette.limit
  context.lineWidth = LINE_EM * text
  context.setLineDash(DASH_EM.map((length) => length * text))
  context.stroke(path)
  context.setLineDash([])
}

/** As high as their count, the highest filling the lane. */
function paintRefusals(
  { context, area, palette }: Plot,
  counts: Float64Array,
  { text, laneHeight }: HourMeasures,
) {
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0)
  if (most === 0 || laneHeight === 0) return
  const step = area.width / counts.length
  const half = (TRIANGLE_EM * text) / 2
  const base = bottomOf(area)
  // One among thousands is still seen.
  const least = 0.3 * laneHeight
  context.fillStyle = palette.crit
  context.beginPath()
  counts.forEach((count, i) => {
    if (count === 0) return
    const middle = area.left + (i + 0.5) * step
    const height = Math.max(least, (count / most) * 0.9 * laneHeight)
    context.moveTo(middle - half, base)
    context.lineTo(middle, base - height)
    context.lineTo(middle + half, base)
  })
  context.fill()
}

function rule({ context, area, palette }: Plot, y: number, { text }: HourMeasures) {
  const width = Math.max(1, text / 27)
  context.fillStyle = palette.edge
  context.fillRect(area.left, y - width, area.width, width)
}

/** The plot fills the canvas: words stand around it. */
export const hourArea = (width: number, height: number): Area => ({
  left: 0,
  top: 0,
  width,
  height,
})
