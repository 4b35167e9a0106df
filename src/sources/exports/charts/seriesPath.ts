import type { Span } from '#domain/incident/incident.ts'
import { gapsOf, segmentsOf, type Stretch } from '#domain/series/gaps.ts'
import { m4Of } from '#domain/series/m4.ts'
import type { Series } from '#domain/series/series.ts'
import { px } from './svgText.ts'

/** Points that one line joins, in time and value. */
export type Line = readonly { at: number; value: number }[]

/** A series as it is drawn in a window: lines, and the stretches in which nothing is known. */
export type DrawnSeries = { lines: readonly Line[]; gaps: readonly Stretch[] }

/**
 * The lowest and highest sample of every pixel column of a window, joined where samples are no further
 * apart than `gapAfterMs`. Lines end at the edges of the window, on the way to the sample beyond.
 */
export function drawnSeries(
  series: Series,
  window: Span,
  columns: number,
  gapAfterMs: number,
): DrawnSeries {
  const points = m4Of(series, window.from, window.to, columns)
  const joinedMs = Math.max(gapAfterMs, (window.to - window.from) / columns)
  return {
    lines: segmentsOf(points, joinedMs)
      .map(({ start, end }) => withinWindow(points, start, end, window))
      .filter((line) => line.length > 0),
    gaps: gapsIn(points, joinedMs, window),
  }
}

/** Points [start, end) as a line that is cut at the edges of the window. */
function withinWindow({ timeMs, value }: Series, start: number, end: number, window: Span): Line {
  const line: { at: number; value: number }[] = []
  for (let i = start; i < end; i++) {
    const at = timeMs[i]!
    const isLast = i === end - 1
    if (at < window.from) {
      if (!isLast && timeMs[i + 1]! > window.from)
        line.push({ at: window.from, value: between(timeMs, value, i, window.from) })
    } else if (at > window.to) {
      if (i > start && timeMs[i - 1]! < window.to)
        line.push({ at: window.to, value: between(timeMs, value, i - 1, window.to) })
    } else line.push({ at, value: value[i]! })
  }
  return line
}

const between = (timeMs: Float64Array, value: Float64Array, i: number, at: number) =>
  value[i]! + ((value[i + 1]! - value[i]!) * (at - timeMs[i]!)) / (timeMs[i + 1]! - timeMs[i]!)

/**
 * The gaps between samples, and those at both ends of the window: it is past, so that the silence
 * after the last sample is as long as it looks.
 */
function gapsIn(points: Series, joinedMs: number, { from, to }: Span): Stretch[] {
  const clip = (one: { from: number; to: number }) =>
    ({ from: Math.max(from, one.from), to: Math.min(to, one.to) }) as Stretch
  const first = points.value.findIndex((value) => !Number.isNaN(value))
  if (first < 0) return [{ from, to }]
  const last = points.value.findLastIndex((value) => !Number.isNaN(value))
  const gaps: { from: number; to: number }[] = gapsOf(points, joinedMs).filter(
    (gap) => gap.to > points.timeMs[first]!,
  )
  const head = { from, to: points.timeMs[first]! }
  const tail = { from: points.timeMs[last]!, to }
  const isCut = last < points.value.length - 1
  if (first > 0 || head.to - head.from > joinedMs) gaps.unshift(head)
  if (isCut || tail.to - tail.from > joinedMs) gaps.push(tail)
  return gaps.map(clip).filter((gap) => gap.to > gap.from)
}

export type Place = { x: (at: number) => number; y: (value: number) => number }

/** The path of lines; a sample that stands alone is a dash of no length, which a round cap makes a dot. */
export const linePath = (lines: readonly Line[], { x, y }: Place) =>
  lines
    .map((line) => {
      const [first, ...rest] = line.map(({ at, value }) => `${px(x(at))} ${px(y(value))}`)
      return rest.length === 0 ? `M${first}h0` : `M${first}L${rest.join(' ')}`
    })
    .join('')

/** The areas between lines and a base. */
export const areaPath = (lines: readonly Line[], { x, y }: Place, base: number) =>
  lines
    .filter((line) => line.length > 1)
    .map((line) => {
      const points = line.map(({ at, value }) => `${px(x(at))} ${px(y(value))}`).join(' ')
      return `M${px(x(line[0]!.at))} ${px(base)}L${points}V${px(base)}Z`
    })
    .join('')
