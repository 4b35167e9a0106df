import { timeTicks } from '#domain/charts/timeTicks.ts'
import { type Html, html } from '../html.ts'
import { organisationWords, simulatedWords, windowText, zoneName } from '../words/incidentWords.ts'
import type { ChartPlot } from './chartPlot.ts'
import { notePins, PINS_PX } from './notePins.ts'
import { px, svgText, svgWords, textWidth, wordsWidth, wrapped } from './svgText.ts'
import { WINDOWS_PX, windowBars } from './windowBars.ts'

/** A line of a chart as it is named above it. */
export type ChartKey = {
  stroke: { colour: string; widthPx: number; dash: string | null }
  name: string
  /** How far it may be trusted. */
  words: string
}

export type FrameParts = {
  title: string
  /** The sentence for those who do not see the picture. */
  summary: string
  keys: readonly ChartKey[]
  heightPx: number
  /** Draws the plot from this height down. */
  body: (top: number) => Html
}

const FONTS = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"
const LINE_PX = 16
const AXIS_PX = 24
/** Room that one label of the time axis needs. */
const TICK_PX = 76

/**
 * A chart as a picture of its own: it says what it shows, of whom and when, and stands without the
 * page it was made for. No scripts, nothing from elsewhere, no names that another picture could share.
 */
export function chartFrame(plot: ChartPlot, parts: FrameParts): Html {
  const { widthPx, colours, incident, window } = plot
  const rows: Html[] = []
  let y = 4
  const write = (text: string, isStrong: boolean, fill: string) => {
    const sizePx = isStrong ? 13 : 11
    for (const line of wrapped(text, widthPx - 8, sizePx, isStrong)) {
      y += LINE_PX
      rows.push(svgText(4, y - 4, line, { fill, sizePx, isStrong }))
    }
  }
  const simulated = plot.isInPage ? null : simulatedWords(incident.organisation)
  if (simulated !== null) write(simulated, true, colours.ink)
  write(parts.title, true, colours.ink)
  const about = `${organisationWords(incident.organisation)} · ${windowText(window, incident.zone)}`
  if (!plot.isInPage) write(about, false, colours.ink3)
  if (parts.keys.length > 0) {
    const keys = keyRows(plot, parts.keys, y)
    rows.push(keys.markup)
    y = keys.bottom
  }
  y += 6
  const bars = windowBars(plot, y)
  if (bars) y += WINDOWS_PX
  const pins = notePins(plot, y)
  if (pins) y += PINS_PX
  const bottom = y + parts.heightPx
  const heightPx = bottom + AXIS_PX
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${px(widthPx)}" height="${px(heightPx)}" viewBox="0 0 ${px(widthPx)} ${px(heightPx)}" font-family="${FONTS}" style="font-variant-numeric:tabular-nums"><title>${parts.title}</title><desc>${parts.summary}</desc><rect width="${px(widthPx)}" height="${px(heightPx)}" fill="${colours.bg}"/>${rows}${bars}${pins}${parts.body(y)}${timeAxis(plot, bottom)}</svg>`
}

/** The lines by name, side by side as far as they fit. */
function keyRows({ widthPx, colours }: ChartPlot, keys: readonly ChartKey[], from: number) {
  const rows: Html[] = []
  let [x, y] = [4, from + LINE_PX]
  for (const { stroke, name, words } of keys) {
    const parts = [
      { text: name, fill: colours.ink, isStrong: true },
      { text: words === '' ? '' : ` ${words}`, fill: colours.ink3, isStrong: false },
    ]
    const width = 24 + wordsWidth(parts)
    if (x > 4 && x + width > widthPx - 4) [x, y] = [4, y + LINE_PX]
    // A name wider than the picture goes on below: cut off, it would take how far to trust it along.
    const lines =
      width <= widthPx - 8
        ? [parts]
        : parts.flatMap((part) =>
            wrapped(part.text, widthPx - 32, 11, part.isStrong).map((text) => [{ ...part, text }]),
          )
    const dash = stroke.dash ? html` stroke-dasharray="${stroke.dash}"` : null
    rows.push(
      html`<path d="M${px(x)} ${px(y - 8)}h18" stroke="${stroke.colour}" stroke-width="${stroke.widthPx}"${dash}/>`,
      ...lines.map((line, i) => svgWords(x + 24, y - 4 + i * LINE_PX, line)),
    )
    y += (lines.length - 1) * LINE_PX
    x += (lines.length > 1 ? widthPx : width) + 20
  }
  return { markup: html`${rows}`, bottom: y }
}

/** The time axis under a plot, with its zone. */
function timeAxis({ left, right, x, colours, incident, window }: ChartPlot, top: number): Html {
  const { zone } = incident
  const count = Math.max(1, Math.floor((right - left) / TICK_PX))
  let written = -Infinity
  const ticks = timeTicks(window, zone, count).map(({ at, text }) => {
    const width = textWidth(text)
    const middle = Math.min(Math.max(x(at), left + width / 2 - 8), right + 8 - width / 2)
    const mark = html`<path d="M${px(x(at))} ${px(top)}v4" stroke="${colours.edge}"/>`
    if (middle - width / 2 < written + 8) return mark
    written = middle + width / 2
    return html`${mark}${svgText(middle, top + 16, text, { fill: colours.ink3, anchor: 'middle' })}`
  })
  return html`<path d="M${px(left)} ${px(top)}H${px(right)}" stroke="${colours.edge}"/>${svgText(4, top + 16, zoneName(window, zone), { fill: colours.ink3 })}${ticks}`
}
