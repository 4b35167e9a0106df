import { createLabelSpace, type LabelSpace } from '#domain/charts/labelSpace.ts'
import { niceScale, type ValueScale } from '#domain/charts/niceScale.ts'
import { formatDuration, formatTick } from '#domain/format.ts'
import type { Stretch } from '#domain/series/gaps.ts'
import { elapsed } from '#domain/units.ts'
import { type Html, html } from '../html.ts'
import { bandLabels, bandTints, type LimitBand } from './atLimitBands.ts'
import type { ChartPlot } from './chartPlot.ts'
import { hatchPath } from './hatchPath.ts'
import { limitLabels, limitPath } from './limitLine.ts'
import type { LimitSpan } from '../words/limitSpans.ts'
import { areaPath, type DrawnSeries, type Line, linePath, type Place } from './seriesPath.ts'
import { boxOf, px, svgText, textWidth } from './svgText.ts'

/** How a level is drawn: usage is water; what stands beside it is grey or dotted. */
export type LineStyle = 'water' | 'line' | 'grey' | 'dotted' | 'greyDotted'

export type ChartLine = { name: string; style: LineStyle; drawn: DrawnSeries }

export type LevelPicture = {
  /** The first one is what the chart is about. */
  lines: readonly ChartLine[]
  limit: { noun: string; spans: readonly LimitSpan[] } | null
  /** Where the first line is at its limit. */
  own: readonly LimitBand[]
  /** Where the subject of the incident is at its limit. */
  shared: readonly LimitBand[]
  heightPx: number
}

/** A stroke of each style. */
export const strokeOf = (style: LineStyle, { colours }: ChartPlot) =>
  ({
    water: { colour: colours.water, widthPx: 1.5, dash: null },
    line: { colour: colours.water, widthPx: 1.5, dash: null },
    grey: { colour: colours.ink2, widthPx: 1.25, dash: null },
    dotted: { colour: colours.rate, widthPx: 1.5, dash: '1.5 3' },
    greyDotted: { colour: colours.ink2, widthPx: 1.5, dash: '1.5 3' },
  })[style]

/** One level or several against a limit: water, wall, what is not known, and their words. */
export function levelChart(plot: ChartPlot, picture: LevelPicture, top: number): Html {
  const { left, right, x } = plot
  const { lines, limit, heightPx, own, shared } = picture
  const bottom = top + heightPx
  const scale = scaleOf(picture)
  const y = (value: number) => bottom - ((value - scale.min) / (scale.max - scale.min)) * heightPx
  const place: Place = { x, y }
  const space = createLabelSpace({ left, top, right, bottom })
  const spans = limit?.spans ?? []
  for (const { drawn } of lines) shadeLines(space, drawn.lines, place)
  const first = lines[0]
  const limitY = (at: number) => {
    const value = spans.findLast((span) => span.from <= at)?.value ?? null
    return value === null ? null : y(value)
  }
  // What is written first has its choice of place.
  const wall = limitPath(plot, spans, y, space)
  const wallWords = limit ? limitLabels(plot, limit.noun, spans, { y, top }, space) : null
  const gaps = first ? gapPieces(plot, first.drawn.gaps, top, bottom, space) : null
  const bandWords = bandLabels(plot, own, limitY, space)
  const water = plot.colours['water-soft']
  const layers = [
    lines.map(({ style, drawn }) =>
      style === 'water'
        ? html`<path d="${areaPath(drawn.lines, place, bottom)}" fill="${water.colour}" fill-opacity="${water.alpha}"/>`
        : null,
    ),
    bandTints(plot, shared, { top, heightPx, isSoft: true }),
    bandTints(plot, own, { top, heightPx, isSoft: false }),
    valueAxis(plot, scale, y),
    gaps?.hatches,
    // The first line lies on top: it is the one the limit is for.
    lines.toReversed().map((line) => stroked(plot, line, place)),
    [wall, wallWords, bandWords, gaps?.words],
  ]
  return html`${layers}`
}

function scaleOf({ lines, limit, heightPx }: LevelPicture): ValueScale {
  let [lowest, highest] = [0, 0]
  const see = (value: number) => {
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  for (const { drawn } of lines)
    for (const line of drawn.lines) for (const { value } of line) see(value)
  for (const { value } of limit?.spans ?? []) if (value !== null) see(value)
  return niceScale({ lowest, highest, heightPx, headroomPx: 18 }, null)
}

function valueAxis(
  { left, right, colours }: ChartPlot,
  scale: ValueScale,
  y: (value: number) => number,
): Html {
  return html`${scale.ticks.map((tick) => {
    const isInside = tick > scale.min && tick < scale.max
    const across = isInside
      ? html`<path d="M${px(left)} ${px(y(tick))}H${px(right)}" stroke="${colours.hair}"/>`
      : null
    const base = y(tick) + (tick === scale.min ? -2 : 4)
    return html`${across}${svgText(left - 8, base, formatTick(tick), { fill: colours.ink3, anchor: 'end' })}`
  })}`
}

function stroked(plot: ChartPlot, { style, drawn }: ChartLine, place: Place): Html | null {
  if (drawn.lines.length === 0) return null
  const { colour, widthPx, dash } = strokeOf(style, plot)
  const dashes = dash ? html` stroke-dasharray="${dash}"` : null
  return html`<path d="${linePath(drawn.lines, place)}" fill="none" stroke="${colour}" stroke-width="${widthPx}" stroke-linejoin="round" stroke-linecap="round"${dashes}/>`
}

/** Keeps words that may be left out clear of a line. */
function shadeLines(space: LabelSpace, lines: readonly Line[], { x, y }: Place) {
  const extents = new Map<number, { top: number; bottom: number }>()
  for (const line of lines) {
    for (const { at, value } of line) {
      const column = Math.floor(x(at) / SHADE_PX)
      const known = extents.get(column)
      const height = y(value)
      extents.set(column, {
        top: Math.min(known?.top ?? height, height),
        bottom: Math.max(known?.bottom ?? height, height),
      })
    }
  }
  for (const [column, { top, bottom }] of extents)
    space.shade({
      left: column * SHADE_PX,
      right: (column + 1) * SHADE_PX,
      top: top - 2,
      bottom: bottom + 2,
    })
}

const SHADE_PX = 6
const LEAST_LABELLED_PX = 12

/** What is not known: hatched over the full height, with how long it is. */
function gapPieces(
  { left, right, x, colours }: ChartPlot,
  gaps: readonly Stretch[],
  top: number,
  bottom: number,
  space: LabelSpace,
) {
  const hatches: Html[] = []
  const words: Html[] = []
  for (const gap of gaps) {
    const box = { left: x(gap.from), right: x(gap.to), top, bottom }
    if (box.right - box.left < 2) continue
    space.shade(box)
    hatches.push(
      html`<rect x="${px(box.left)}" y="${px(top)}" width="${px(box.right - box.left)}" height="${px(bottom - top)}" fill="${colours.bg}"/><path d="${hatchPath(box)}" stroke="${colours.hatch.colour}" stroke-opacity="${colours.hatch.alpha}" stroke-width="1.2"/>`,
    )
    if (box.right - box.left < LEAST_LABELLED_PX) continue
    const text = `gap ${formatDuration(elapsed(gap.from, gap.to))}`
    const width = textWidth(text, 11, true)
    const wanted = (box.left + box.right - width) / 2
    const start = Math.min(Math.max(wanted, left + 2), right - width - 2)
    const heights = [34, 52, 70, 16].map((down) => top + Math.min(down, (bottom - top) / 2 + 4))
    const base = heights.find((height) => space.take(boxOf(start, height, width)))
    if (base !== undefined)
      words.push(
        svgText(start, base, text, { fill: colours.ink2, isStrong: true, rim: colours.bg }),
      )
  }
  return { hatches: html`${hatches}`, words: html`${words}` }
}
