import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { formatCount } from '#domain/format.ts'
import { type Html, html } from '../html.ts'
import type { ChartPlot } from './chartPlot.ts'
import { minuteText } from '../words/incidentWords.ts'
import type { LimitSpan } from '../words/limitSpans.ts'
import { movesText, rangeText } from '../words/limitTable.ts'
import { movingLimit } from '../words/movingLimit.ts'
import { boxOf, px, svgText, svgWords, textWidth, wordsWidth } from './svgText.ts'

/** The wall: dashed, stepped, on its halo in the light theme. Nothing is drawn where it is unknown. */
export function limitPath(
  { x, colours }: ChartPlot,
  spans: readonly LimitSpan[],
  y: (value: number) => number,
  space: LabelSpace,
): Html | null {
  let path = ''
  let before: number | null = null
  for (const { from, to, value } of spans) {
    const height = value === null ? null : y(value)
    if (height !== null) {
      path += before === null ? `M${px(x(from))} ${px(height)}` : `V${px(height)}`
      path += `H${px(x(to))}`
      const [left, right] = [x(from) - 2, x(to) + 2]
      space.block({ left, right, top: height - 2, bottom: height + 2 })
      if (before !== null)
        space.block({
          left,
          right: left + 4,
          top: Math.min(before, height),
          bottom: Math.max(before, height),
        })
    }
    before = height
  }
  if (path === '') return null
  const { halo } = colours
  const under =
    halo.alpha > 0
      ? html`<path d="${path}" fill="none" stroke="${halo.colour}" stroke-opacity="0.6" stroke-width="4.5"/>`
      : null
  return html`${under}<path d="${path}" fill="none" stroke="${colours.limit}" stroke-width="1.75" stroke-dasharray="6 3"/>`
}

/** About the width of "Limit unknown". */
const UNKNOWN_LEAST_PX = 80

/**
 * `Limit 1 500` at each step, with the reason where there is room, and in words where nothing is
 * known; `Capacity 900 to 906` once of a limit that moves by itself.
 */
export function limitLabels(
  plot: ChartPlot,
  noun: string,
  spans: readonly LimitSpan[],
  { y, top }: { y: (value: number) => number; top: number },
  space: LabelSpace,
): Html {
  const { x, incident, window } = plot
  const moving = movingLimit(spans)
  if (moving) {
    const parts: [string, string] = [`${noun} ${rangeText(moving)}`, `, ${movesText(moving)}`]
    const highest = y(moving.highest) - 7
    const heights = [highest, y(moving.lowest) + 14, top + 15]
    const found = firstThatFits(plot, space, heights, plot.left + 5, [parts, [parts[0], '']])
    return found ?? label(plot, plot.left + 5, highest, parts[0], 'start')
  }
  return html`${spans.map((span) => {
    const { value, source, isEarlier, from, to } = span
    const start = x(from) + 5
    const since = isEarlier ? '' : ` from ${minuteText(from, window, incident.zone)}`
    if (value === null) {
      if (x(to) - x(from) < UNKNOWN_LEAST_PX) return null
      return firstThatFits(plot, space, [top + 15, top + 30], start, [
        [`${noun} unknown`, `${since}: ${source}`],
        [`${noun} unknown`, ''],
      ])
    }
    const heights = [y(value) - 7, y(value) + 14]
    const words = isEarlier ? '' : `${since}, ${source}`
    const found = firstThatFits(plot, space, heights, start, [
      [`${noun} ${formatCount(value)}`, words],
      [`${noun} ${formatCount(value)}`, ''],
    ])
    if (found) return found
    // The value is never left out for want of room: it goes to the left of its step.
    const text = `${noun} ${formatCount(value)}`
    const end = Math.max(start - 10, plot.left + textWidth(text, 11, true))
    return label(plot, end, heights[0]!, text, 'end')
  })}`
}

const label = (
  { colours }: ChartPlot,
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'end',
) => svgText(x, y, text, { fill: colours.ink, isStrong: true, anchor, rim: colours.bg })

function firstThatFits(
  { colours }: ChartPlot,
  space: LabelSpace,
  heights: readonly number[],
  start: number,
  choices: readonly (readonly [strong: string, rest: string])[],
): Html | null {
  for (const [strong, rest] of choices) {
    const parts = [
      { text: strong, fill: colours.ink, isStrong: true },
      { text: rest, fill: colours.ink2 },
    ]
    for (const base of heights)
      if (space.take(boxOf(start, base, wordsWidth(parts))))
        return svgWords(start, base, parts, { rim: colours.bg })
  }
  return null
}
