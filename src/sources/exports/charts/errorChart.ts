import { ERROR_GLYPHS, GLYPH_BOX } from '#domain/charts/errorGlyphs.ts'
import { ERROR_CLASSES, type ErrorClass, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import { type Html, html } from '../html.ts'
import { bandTints, type LimitBand } from './atLimitBands.ts'
import type { ChartPlot } from './chartPlot.ts'
import { px, svgText } from './svgText.ts'

/** The failures of a chart: each told once, and those that only files beside a watched count tell of. */
export type ErrorPicture = {
  /** Capacity errors, each counted once: what the columns are as high as. */
  capacity: readonly ErrorEvent[]
  /** Capacity errors that files tell of once more. */
  capacityInFiles: readonly ErrorEvent[]
  /** All errors of the other classes. */
  others: readonly ErrorEvent[]
  shared: readonly LimitBand[]
}

type Row = { name: string; errorClass: ErrorClass; events: readonly ErrorEvent[] }

const CAPACITY_PX = 64
const ROW_PX = 15
const FOOT_PX = 4
/** Failures closer than this are one triangle, or one glyph. */
const TRIANGLE_PX = 5
const GLYPH_PX = 9
/** One failure among thousands is still seen. */
const LEAST_TRIANGLE_PX = 7
const AIR_PX = 6

/** Fixed rows in a fixed order, also when they are empty; `other` and files only where there are any. */
function rowsOf({ others, capacityInFiles }: ErrorPicture): Row[] {
  const ofClass = (name: ErrorClass) => others.filter((event) => event.class === name)
  const rows = ERROR_CLASSES.filter(
    (name) => name !== 'capacity' && (name !== 'other' || ofClass('other').length > 0),
  ).map((name) => ({ name, errorClass: name, events: ofClass(name) }))
  return capacityInFiles.length === 0
    ? rows
    : [{ name: 'in files', errorClass: 'capacity', events: capacityInFiles }, ...rows]
}

export const errorChartHeight = (picture: ErrorPicture) =>
  CAPACITY_PX + rowsOf(picture).length * ROW_PX + FOOT_PX

/** How many failures the events stand for. */
export const countOf = (events: readonly ErrorEvent[]) =>
  events.reduce((sum, { count }) => sum + count, 0)

/** Refusals as triangles as high as their count; the other classes as rows of outlined glyphs. */
export function errorChart(plot: ChartPlot, picture: ErrorPicture, top: number): Html {
  const { left, right, colours } = plot
  const heightPx = errorChartHeight(picture)
  const base = top + CAPACITY_PX
  const rows = rowsOf(picture).map((row, i) => glyphRow(plot, row, base + (i + 0.5) * ROW_PX))
  return html`${bandTints(plot, picture.shared, { top, heightPx, isSoft: true })}<path d="M${px(left)} ${px(base)}H${px(right)}" stroke="${colours.hair}"/>${triangles(plot, picture.capacity, base)}${rows}`
}

function triangles(plot: ChartPlot, events: readonly ErrorEvent[], base: number): Html {
  const { left, colours } = plot
  const columns = columnsOf(plot, events, TRIANGLE_PX)
  const highest = Math.max(0, ...columns.map(({ count }) => count))
  const words = [
    svgText(left - 8, base - 4, `capacity ${formatCount(countOf(events))}`, {
      fill: colours.ink2,
      anchor: 'end',
    }),
    highest > 0
      ? svgText(left - 8, base - CAPACITY_PX + AIR_PX + 8, formatCount(highest), {
          fill: colours.ink3,
          anchor: 'end',
        })
      : null,
  ]
  const path = columns
    .map(({ middle, count }) => {
      const height = Math.max(LEAST_TRIANGLE_PX, (count / highest) * (CAPACITY_PX - AIR_PX))
      return `M${px(middle - 3.2)} ${px(base)}L${px(middle)} ${px(base - height)}L${px(middle + 3.2)} ${px(base)}Z`
    })
    .join('')
  return html`${words}${path === '' ? null : html`<path d="${path}" fill="${colours.crit}"/>`}`
}

function glyphRow(plot: ChartPlot, { name, errorClass, events }: Row, centre: number): Html {
  const { left, right, colours } = plot
  const { path, strokeWidth, colour } = ERROR_GLYPHS[errorClass]
  const glyphs = columnsOf(plot, events, GLYPH_PX).map(
    ({ middle }) =>
      html`<path transform="translate(${px(middle - GLYPH_BOX / 2)} ${px(centre - GLYPH_BOX / 2)})" d="${path}"/>`,
  )
  const drawn =
    glyphs.length === 0
      ? null
      : html`<g fill="none" stroke="${colours[colour]}" stroke-width="${strokeWidth || 1.3}">${glyphs}</g>`
  const words = `${name} ${formatCount(countOf(events))}`
  return html`${svgText(left - 8, centre + 4, words, { fill: colours.ink2, anchor: 'end' })}<path d="M${px(left)} ${px(centre)}H${px(right)}" stroke="${colours.hair}" stroke-dasharray="1 5"/>${drawn}`
}

/** The failures of a window in columns of equal width, empty ones left out; a lonely one stands at its own place. */
function columnsOf(plot: ChartPlot, events: readonly ErrorEvent[], widthPx: number) {
  const { left, right, x, window } = plot
  const columns = new Map<number, { count: number; sum: number }>()
  for (const { at, count } of events) {
    if (at < window.from || at >= window.to) continue
    const column = Math.floor((Math.min(x(at), right - 0.001) - left) / widthPx)
    const known = columns.get(column) ?? { count: 0, sum: 0 }
    columns.set(column, { count: known.count + count, sum: known.sum + count * x(at) })
  }
  return [...columns]
    .sort(([a], [b]) => a - b)
    .map(([column, { count, sum }]) => {
      const isAlone = !columns.has(column - 1) && !columns.has(column + 1)
      const middle = isAlone ? sum / count : left + (column + 0.5) * widthPx
      return { count, middle }
    })
}
