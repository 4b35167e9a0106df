import { formatCount, formatDuration } from '#domain/format.ts'
import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { EpochMs } from '#domain/units.ts'
import { leftOf, type Place, type TextPart, widthOf, writeWhereFree } from './canvasText.ts'
import type { LimitBand, PanelLimit, TimeWindow } from './chartData.ts'
import { instantText } from './instantText.ts'
import type { LabelSpace } from '#domain/charts/labelSpace.ts'
import { type Area, type Plot, rightOf } from './plot.ts'

/** How far under the limit words within a band stand: clear of a curve that lies at the limit. */
const INSIDE_PX = 18

/** One level of a limit within the window; `value: null` where it is unknown. */
export type LimitPiece = TimeWindow & { step: LimitStep | null; value: number | null }

/** The levels of a limit in a window, in order and without holes; nothing is drawn of the unknown ones. */
export function limitPieces(steps: LimitSteps, window: TimeWindow): LimitPiece[] {
  const pieces: LimitPiece[] = []
  const first = steps.findLastIndex((step) => step.from <= window.from)
  const add = (step: LimitStep | null, from: EpochMs, to: EpochMs) => {
    if (to > from) pieces.push({ from, to, step, value: step?.value ?? null })
  }
  if (first < 0) add(null, window.from, min(steps[0]?.from ?? window.to, window.to))
  for (let i = Math.max(0, first); i < steps.length; i++) {
    const step = steps[i]!
    if (step.from > window.to) break
    add(step, max(step.from, window.from), min(steps[i + 1]?.from ?? window.to, window.to))
  }
  return pieces
}

const min = (a: EpochMs, b: EpochMs) => (a < b ? a : b)
const max = (a: EpochMs, b: EpochMs) => (a > b ? a : b)

/** The wall: dashed, stepped, on its halo in the light theme. */
export function paintLimit(
  { context, palette, x }: Plot,
  pieces: readonly LimitPiece[],
  y: (value: number) => number,
  space: LabelSpace,
) {
  const path = new Path2D()
  const block = (left: number, top: number, right: number, bottom: number) =>
    space.block({ left: left - 2, top: top - 2, right: right + 2, bottom: bottom + 2 })
  let before: number | null = null
  for (const piece of pieces) {
    const height = piece.value === null ? null : y(piece.value)
    const left = x(piece.from)
    if (height !== null) {
      if (before === null) path.moveTo(left, height)
      else {
        path.lineTo(left, height)
        block(left, Math.min(before, height), left, Math.max(before, height))
      }
      path.lineTo(x(piece.to), height)
      block(left, height, x(piece.to), height)
    }
    before = height
  }
  context.lineJoin = 'miter'
  context.globalAlpha = 0.6
  context.strokeStyle = palette.halo
  context.lineWidth = 4.5
  context.stroke(path)
  context.globalAlpha = 1
  context.strokeStyle = palette.limit
  context.lineWidth = 1.75
  context.setLineDash([6, 3])
  context.stroke(path)
  context.setLineDash([])
}

/** About the width of "Limit unknown". */
const UNKNOWN_LEAST_PX = 80

/** Writes the value at each step, with its reason where there is room, and says in words where nothing is known. */
export function writeLimitLabels(
  { context, area, palette, x, window }: Plot,
  pieces: readonly LimitPiece[],
  limit: PanelLimit,
  y: (value: number) => number,
  zone: string,
  space: LabelSpace,
) {
  for (const piece of pieces) {
    const isFirst = piece.from === window.from
    const left = x(piece.from) + (isFirst ? 4 : 5)
    if (piece.value === null) {
      // In a sliver the words would stand over what is known.
      if (x(piece.to) - x(piece.from) < UNKNOWN_LEAST_PX) continue
      const reason = piece.step?.source ?? limit.unknownReason
      const since = isFirst ? '' : ` from ${instantText(piece.from, window, zone)}`
      const parts = [{ text: `${limit.noun} unknown${since}: ${reason}`, colour: palette.ink2 }]
      const short = [{ text: `${limit.noun} unknown`, colour: palette.ink2 }]
      const places = [parts, short].flatMap((words) => [
        { parts: words, x: left, y: area.top + 15, align: 'left' as const },
        { parts: words, x: left, y: area.top + 30, align: 'left' as const },
      ])
      writeWhereFree(context, places, space, palette)
      continue
    }
    const value: TextPart = {
      text: `${limit.noun} ${formatCount(piece.value)}`,
      isStrong: true,
      colour: palette.ink,
    }
    const why = isFirst ? '' : ` from ${instantText(piece.from, window, zone)}`
    const reason: TextPart = { text: `${why}, ${piece.step!.source}`, colour: palette.ink2 }
    const above = y(piece.value) - 7
    const below = y(piece.value) + 14
    const placesOf = (parts: readonly TextPart[]): Place[] => [
      { parts, x: left, y: above, align: 'left' },
      { parts, x: left, y: below, align: 'left' },
    ]
    const inFull = isFirst ? [] : placesOf([value, reason])
    // The reason is worth less than a place where the value can be read; the value is never left
    // out for a curve.
    const quietly = [inFull[0], placesOf([value])[0], inFull[1], placesOf([value])[1]].flatMap(
      (place) => place ?? [],
    )
    if (!writeWhereFree(context, quietly, space, palette, true))
      writeWhereFree(context, placesOf([value]), space, palette)
  }
}

/** Tints the stretches at the limit over the full height; `isSoft` in the rows that only share the time. */
export function paintBands(
  { context, palette, x }: Plot,
  area: Area,
  bands: readonly LimitBand[],
  isSoft: boolean,
) {
  context.fillStyle = palette[isSoft ? 'band-soft' : 'band']
  for (const band of bands) {
    const left = Math.max(area.left, x(band.from))
    const right = Math.min(rightOf(area), Math.max(x(band.to), left + 1))
    if (right > left) context.fillRect(left, area.top, right - left, area.height)
  }
}

/**
 * Writes how long each stretch at the limit lasted, beside it or in it; the first one says what the
 * yellow means. Where the words would lie over a curve or the wall they are left out.
 */
export function writeBandLabels(
  { context, palette, x }: Plot,
  bands: readonly LimitBand[],
  limitY: (at: EpochMs) => number | null,
  space: LabelSpace,
) {
  let isFirst = true
  for (const band of bands) {
    const height = limitY(band.from)
    if (height === null || band.lengthMs < 1000) continue
    const length = `${band.isBroken ? 'on and off for ' : ''}${formatDuration(band.lengthMs)}`
    const parts = [{ text: isFirst ? `at limit ${length}` : length, colour: palette.ink2 }]
    const above = height - 7
    const middle = (x(band.from) + x(band.to)) / 2
    const width = widthOf(context, parts, palette)
    const places: Place[] = [
      { parts, x: x(band.from) - 5, y: above, align: 'right' },
      { parts, x: x(band.to) + 5, y: above, align: 'left' },
      { parts, x: middle, y: above, align: 'centre' },
    ]
    if (width < x(band.to) - x(band.from) - 4)
      places.push({ parts, x: middle, y: height + INSIDE_PX, align: 'centre' })
    // Over the next band they would seem to speak of that one.
    const others = bands.filter((other) => other !== band)
    const own = places.filter((place) => {
      const left = leftOf(place, width)
      return !others.some(({ from, to }) => left < x(to) + 2 && left + width > x(from) - 2)
    })
    if (writeWhereFree(context, own, space, palette, true)) isFirst = false
  }
}
