import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { formatClock, formatCount } from '#domain/format.ts'
import { type Html, html } from '../html.ts'
import type { ChartPlot } from './chartPlot.ts'
import type { LimitSpan } from '../words/limitSpans.ts'
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
 * known.
 */
export function limitLabels(
  plot: ChartPlot,
  noun: string,
  spans: readonly LimitSpan[],
  { y, top }: { y: (value: number) => number; top: number },
  space: LabelSpace,
): Html {
  const { x, colours, incident } = plot
  return html`${spans.map((span) => {
    const { value, source, isEarlier, from, to } = span
    const start = x(from) + 5
    const since = isEarlier ? '' : ` from ${formatClock(from, incident.zone, 'minutes')}`
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
    return svgText(Math.max(start - 10, plot.left + textWidth(text, 11, true)), heights[0]!, text, {
      fill: colours.ink,
      isStrong: true,
      anchor: 'end',
      rim: colours.bg,
    })
  })}`
}

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
