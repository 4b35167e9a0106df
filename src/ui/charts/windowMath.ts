import { SUMMARIES_KEPT_MS } from '#domain/retention.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/** Shorter windows show nothing that polling could know; longer ones are beyond what is kept. */
export const SHORTEST_MS = 10 * SECOND_MS
export const LONGEST_MS = SUMMARIES_KEPT_MS
/** Two fingers are never nearer than this: what lies between them would grow without end. */
const LEAST_APART_PX = 16

/** The window `factor` times as long, with the instant at `share` (0–1) of its width held in place. */
export function zoomed({ from, to }: TimeWindow, share: number, factor: number): TimeWindow {
  const held = from + (to - from) * share
  const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (to - from) * factor))
  const start = Math.round(held - length * share)
  return { from: epochMs(start), to: epochMs(start + Math.round(length)) }
}

/** The window moved by a share of its length; its length stays exactly what it was. */
export function panned({ from, to }: TimeWindow, share: number): TimeWindow {
  const by = Math.round((to - from) * share)
  return { from: epochMs(from + by), to: epochMs(to + by) }
}

/**
 * The window in which what hands took hold of lies under them: one moves it, two stretch it as well.
 * `x` in pixels of a plot of `widthPx`, `at` the instant that was taken hold of.
 */
export function gripped(
  window: TimeWindow,
  grips: readonly { x: number; at: number }[],
  widthPx: number,
): TimeWindow {
  const [one, other] = grips.toSorted((a, b) => a.x - b.x)
  if (!one) return window
  const shown = window.to - window.from
  const apartPx = other ? Math.max(LEAST_APART_PX, other.x - one.x) : 0
  const wanted = other ? (Math.abs(other.at - one.at) / apartPx) * widthPx : shown
  const length = other ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(wanted))) : shown
  // Held in the middle of both, so that a stretch that is refused does not slide.
  const x = other ? (one.x + other.x) / 2 : one.x
  const at = other ? (one.at + other.at) / 2 : one.at
  const from = epochMs(Math.round(at - (x / widthPx) * length))
  return { from, to: epochMs(from + length) }
}

/** The window between two instants, in either order; null where they are too close to mean one. */
export function between(a: number, b: number): TimeWindow | null {
  const from = Math.round(Math.min(a, b))
  const to = Math.round(Math.max(a, b))
  return to - from < SHORTEST_MS ? null : { from: epochMs(from), to: epochMs(to) }
}

/** The window itself while an instant is in it, else moved so that the instant is a tenth inside its edge. */
export function holding(window: TimeWindow, at: number): TimeWindow {
  const share = (at - window.from) / (window.to - window.from)
  if (share >= 0 && share <= 1) return window
  return panned(window, share < 0 ? share - 0.1 : share - 0.9)
}
