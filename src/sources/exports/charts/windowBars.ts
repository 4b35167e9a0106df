import type { Span } from '#domain/incident/incident.ts'
import { type Html, html } from '../html.ts'
import type { ChartPlot } from './chartPlot.ts'
import { minuteText } from '../words/incidentWords.ts'
import { px, svgWords, wordsWidth } from './svgText.ts'

/** Height of the row that shows which windows are held against each other. */
export const WINDOWS_PX = 36
const BAR_PX = 16

/** The windows A and B over a plot, one below the other, since they may overlap; null where there are none. */
export function windowBars(plot: ChartPlot, top: number): Html | null {
  const { comparison } = plot.incident
  if (!comparison) return null
  const bars = [
    bar(plot, 'A', comparison.a, top),
    bar(plot, 'B', comparison.b, top + BAR_PX + 2),
  ].filter((one) => one !== null)
  return bars.length === 0 ? null : html`${bars}`
}

function bar(plot: ChartPlot, letter: string, { from, to }: Span, top: number): Html | null {
  const { x, left, right, colours, incident, window } = plot
  if (to <= window.from || from >= window.to) return null
  const start = Math.max(left, x(from))
  const end = Math.min(right, x(to))
  const clock = (at: Span['from']) => minuteText(at, window, incident.zone)
  const parts = [
    { text: `Window ${letter}`, fill: colours.ink, isStrong: true },
    { text: ` ${clock(from)}–${clock(to)}`, fill: colours.ink2 },
  ]
  const width = wordsWidth(parts)
  // Beside the bar where it does not fit in; the bar itself stays as long as its window.
  const isInside = end - start >= width + 10
  const text = isInside ? start + 6 : end + 6 + width <= right ? end + 6 : start - 6 - width
  return html`<rect x="${px(start)}" y="${px(top)}" width="${px(Math.max(1, end - start))}" height="${BAR_PX}" fill="${colours.hair}"/>${svgWords(text, top + 12, parts)}`
}
