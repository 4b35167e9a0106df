import { SUMMARIES_KEPT_MS } from '#domain/retention.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/** Shorter windows show nothing that polling could know; longer ones are beyond what is kept. */
export const SHORTEST_MS = 10 * SECOND_MS
export const LONGEST_MS = SUMMARIES_KEPT_MS

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
