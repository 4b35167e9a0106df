import type { HistoryHour } from '#domain/incident/historyHours.ts'

/** Where things stand in the strip, in pixels from its top. */
export const STRIP = { height: 50, wall: 13, floor: 37, ticks: 48 } as const

/** How far a bar may rise over the wall: that it does is seen, how far is said. */
const MOST_USED = 1.15
/** A value is seen also where it is 0: a thin bar is not an empty place. */
const LEAST_BAR_PX = 2
const LEAST_TRIANGLE_PX = 4
const MOST_TRIANGLE_PX = 10

/** All bars, hatches and triangles of a strip, each kind as one path. */
export type HoursShape = {
  bars: string
  /** Where no limit is known: how high among themselves says nothing of a limit. */
  unlimited: string
  wall: string
  missing: string
  refused: string
}

/** The picture of hours side by side over a width. O(n). */
export function hoursShape(hours: readonly HistoryHour[], width: number): HoursShape {
  const edge = (i: number) => Math.round((i * width) / hours.length)
  const tallest = highest(hours.filter(({ used }) => used === null).map((hour) => hour.highest))
  const mostRefused = highest(hours.map(({ refused }) => refused))
  const shape = { bars: '', unlimited: '', wall: '', missing: '', refused: '' }
  hours.forEach((hour, i) => {
    const [left, right] = [edge(i), edge(i + 1)]
    // A line of background between bars, where they are wide enough to be told apart.
    const bar = (share: number) => barPath(left, right - left > 2 ? right - 1 : right, share)
    if (hour.kind === 'missing') shape.missing += boxPath(left, right, STRIP.wall, STRIP.floor)
    if (hour.used !== null) {
      shape.bars += bar(hour.used)
      // One stroke as far as it goes: dashes begin anew with each.
      const isGoingOn = i > 0 && hours[i - 1]!.used !== null
      shape.wall += isGoingOn ? `H${right}` : `M${left} ${STRIP.wall}H${right}`
    } else if (hour.highest !== null) shape.unlimited += bar(hour.highest / Math.max(1, tallest))
    if (hour.refused !== 0) {
      const share = hour.refused === null ? 1 : hour.refused / mostRefused
      shape.refused += trianglePath((left + right) / 2, width, share)
    }
  })
  return shape
}

const highest = (values: readonly (number | null)[]) =>
  values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)

function barPath(left: number, right: number, share: number): string {
  const tall = Math.min(MOST_USED, Math.max(0, share)) * (STRIP.floor - STRIP.wall)
  return boxPath(left, right, STRIP.floor - Math.max(LEAST_BAR_PX, tall), STRIP.floor)
}

const boxPath = (left: number, right: number, top: number, bottom: number) =>
  `M${left} ${round(top)}H${right}V${bottom}H${left}Z`

/** By the root of the count: a hundredth of the most refused is still seen. */
function trianglePath(at: number, width: number, share: number): string {
  const tall = LEAST_TRIANGLE_PX + (MOST_TRIANGLE_PX - LEAST_TRIANGLE_PX) * Math.sqrt(share)
  const half = tall * 0.55
  // At the ends of the strip it is moved in rather than cut.
  const middle = Math.min(width - half, Math.max(half, at))
  const bottom = STRIP.wall - 2
  return `M${round(middle - half)} ${bottom}H${round(middle + half)}L${round(middle)} ${round(bottom - tall)}Z`
}

const round = (px: number) => Math.round(px * 10) / 10
