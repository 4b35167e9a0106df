import { formatClock, formatCount, formatDuration } from '#domain/format.ts'
import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { EpochMs } from '#domain/units.ts'
import { type TextPart, writeWhereFree } from './canvasText.ts'
import type { LimitBand, PanelLimit, TimeWindow } from './chartData.ts'
import type { LabelSpace } from './labelSpace.ts'
import { type Area, type Plot, rightOf } from './plot.ts'

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
  let isJoined = false
  for (const piece of pieces) {
    if (piece.value !== null) {
      const height = y(piece.value)
      if (isJoined) path.lineTo(x(piece.from), height)
      else path.moveTo(x(piece.from), height)
      path.lineTo(x(piece.to), height)
      space.block({ left: x(piece.from), top: height - 2, right: x(piece.to), bottom: height + 2 })
    }
    isJoined = piece.value !== null
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
      const reason = piece.step?.source ?? limit.unknownReason
      const since = isFirst ? '' : ` from ${formatClock(piece.from, zone, 'minutes')}`
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
    const why = isFirst ? '' : ` from ${formatClock(piece.from, zone, 'minutes')}`
    const reason: TextPart = { text: `${why}, ${piece.step!.source}`, colour: palette.ink2 }
    const words = isFirst ? [[value]] : [[value, reason], [value]]
    const above = y(piece.value) - 7
    const below = y(piece.value) + 14
    writeWhereFree(
      context,
      words.flatMap((parts) => [
        { parts, x: left, y: above, align: 'left' as const },
        { parts, x: left, y: below, align: 'left' as const },
      ]),
      space,
      palette,
    )
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

/** Writes how long each stretch at the limit lasted; the first one says what the yellow means. */
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
    const places = [
      { parts, x: x(band.from) - 5, y: height - 7, align: 'right' as const },
      { parts, x: x(band.to) + 5, y: height - 7, align: 'left' as const },
      { parts, x: x(band.from) + 3, y: height - 7, align: 'left' as const },
    ]
    if (writeWhereFree(context, places, space, palette)) isFirst = false
  }
}
