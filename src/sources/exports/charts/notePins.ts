import { type Html, html } from '../html.ts'
import { numberedNotes } from '../words/numberedNotes.ts'
import type { ChartPlot } from './chartPlot.ts'
import { px, svgText, textWidth } from './svgText.ts'

/** Height of the row of pins. */
export const PINS_PX = 20
const DISC_PX = 15

type Pin = { x: number; first: number; last: number }

/** Where notes were put, as numbered discs; notes too close to be told apart share one. Null where there are none. */
export function notePins(plot: ChartPlot, top: number): Html | null {
  const { window, x, colours } = plot
  const shown = numberedNotes(plot.incident).filter(
    ({ note }) => note.at >= window.from && note.at <= window.to,
  )
  const pins: Pin[] = []
  for (const { number, note } of shown) {
    const before = pins.at(-1)
    if (before && x(note.at) - before.x < DISC_PX + 9 * String(before.last).length)
      before.last = number
    else pins.push({ x: x(note.at), first: number, last: number })
  }
  if (pins.length === 0) return null
  const middle = top + DISC_PX / 2
  return html`${pins.map((pin) => {
    const text = pin.first === pin.last ? `${pin.first}` : `${pin.first}–${pin.last}`
    const width = Math.max(DISC_PX, textWidth(text, 10, true) + 6)
    return html`<path d="M${px(pin.x)} ${px(top + DISC_PX)}V${px(top + PINS_PX)}" stroke="${colours.ink}"/><rect x="${px(pin.x - width / 2)}" y="${px(top)}" width="${px(width)}" height="${DISC_PX}" rx="${px(DISC_PX / 2)}" fill="${colours.ink}"/>${svgText(pin.x, middle + 3.5, text, { fill: colours.bg, sizePx: 10, isStrong: true, anchor: 'middle' })}`
  })}`
}
