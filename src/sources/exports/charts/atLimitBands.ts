import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { formatDuration } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Series } from '#domain/series/series.ts'
import { stretchesOf } from '#domain/timeline/atLimit.ts'
import { type DurationMs, elapsed } from '#domain/units.ts'
import { type Html, html } from '../html.ts'
import type { ChartPlot } from './chartPlot.ts'
import { boxOf, px, svgText, textWidth } from './svgText.ts'

/** A stretch at the limit, from the first sample there to the last. */
export type LimitBand = Span & { lengthMs: DurationMs }

/** The stretches of a window in which a level is at its limit; nothing where no limit is known. */
export function atLimitBands(
  series: Series,
  steps: LimitSteps,
  gapAfterMs: number,
  { from, to }: Span,
): LimitBand[] {
  return stretchesOf(series, steps, gapAfterMs as DurationMs, from, to)
    .filter(({ state }) => state === 'atLimit')
    .map(({ seenAt, lastAt }) => ({
      from: seenAt,
      to: lastAt,
      lengthMs: elapsed(seenAt, lastAt),
    }))
}

/** Bands closer than this are one on paper. */
const JOIN_PX = 2

/**
 * Tints over the full height, half as strong in rows that only share the time. The water under one is
 * covered first: yellow over blue would read as green, that is as OK.
 */
export function bandTints(
  { x, colours }: ChartPlot,
  bands: readonly LimitBand[],
  { top, heightPx, isSoft }: { top: number; heightPx: number; isSoft: boolean },
): Html {
  const tint = colours[isSoft ? 'band-soft' : 'band']
  const boxes: { left: number; right: number }[] = []
  for (const band of bands) {
    const before = boxes.at(-1)
    const [left, right] = [x(band.from), Math.max(x(band.to), x(band.from) + 1)]
    if (before && left - before.right <= JOIN_PX) before.right = right
    else boxes.push({ left, right })
  }
  return html`${boxes.map(({ left, right }) => {
    const where = html`x="${px(left)}" y="${px(top)}" width="${px(right - left)}" height="${px(heightPx)}"`
    return html`<rect ${where} fill="${colours.bg}"/><rect ${where} fill="${tint.colour}" fill-opacity="${tint.alpha}"/>`
  })}`
}

/** How far under the limit words within a band stand: clear of a curve that lies at the limit. */
const INSIDE_PX = 18
const LINE_PX = 14

/** How long each stretch lasted, where there is room; the first one says what the yellow means. */
export function bandLabels(
  { x, colours }: ChartPlot,
  bands: readonly LimitBand[],
  limitY: (at: number) => number | null,
  space: LabelSpace,
): Html {
  let isFirst = true
  return html`${bands.map((band) => {
    const height = limitY(band.from)
    if (height === null || band.lengthMs < 1_000) return null
    const length = formatDuration(band.lengthMs)
    const text = isFirst ? `at limit ${length}` : length
    const width = textWidth(text)
    const [left, right] = [x(band.from), x(band.to)]
    const isOverOther = (at: number) =>
      bands.some(
        (other) => other !== band && at < x(other.to) + 2 && at + width > x(other.from) - 2,
      )
    const beside = [7, 7 + LINE_PX]
      .flatMap((up) => [left - 5 - width, right + 5].map((at) => ({ at, base: height - up })))
      .find(({ at, base }) => !isOverOther(at) && space.take(boxOf(at, base, width), true))
    const write = (at: number, base: number, words: string) =>
      svgText(at, base, words, { fill: colours.ink2, rim: colours.bg })
    if (beside !== undefined) {
      isFirst = false
      return write(beside.at, beside.base, text)
    }
    // Within the band, in as many lines as it is narrow.
    const lines = width < right - left - 4 || !isFirst ? [text] : ['at limit', length]
    const widest = Math.max(...lines.map((line) => textWidth(line)))
    const box = boxOf((left + right - widest) / 2, height + INSIDE_PX, widest)
    const isRoom = widest < right - left - 4
    if (!isRoom || !space.take({ ...box, bottom: box.bottom + LINE_PX * (lines.length - 1) }, true))
      return null
    isFirst = false
    return html`${lines.map((line, i) => write((left + right - textWidth(line)) / 2, height + INSIDE_PX + LINE_PX * i, line))}`
  })}`
}
