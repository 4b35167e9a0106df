import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'
import type { Palette } from './palette.ts'

/** Width of the column that holds the labels of vertical axes, left of every plot. */
export const AXIS_WIDTH = 44
/** Between a panel's edges and its plot. */
export const PLOT_MARGIN = { top: 1, right: 0, bottom: 1, left: 0 }

/** A rectangle in CSS pixels. */
export type Area = { left: number; top: number; width: number; height: number }

/** Where the plot of a panel of this size lies. */
export const plotAreaOf = (width: number, height: number): Area => ({
  left: AXIS_WIDTH + PLOT_MARGIN.left,
  top: PLOT_MARGIN.top,
  width: Math.max(0, width - AXIS_WIDTH - PLOT_MARGIN.left - PLOT_MARGIN.right),
  height: Math.max(0, height - PLOT_MARGIN.top - PLOT_MARGIN.bottom),
})

/** Everything a paint function needs to know of where it draws. */
export type Plot = {
  context: CanvasRenderingContext2D
  area: Area
  window: TimeWindow
  palette: Palette
  /** Where an instant lies. */
  x: (at: EpochMs | number) => number
}

export const rightOf = (area: Area) => area.left + area.width
export const bottomOf = (area: Area) => area.top + area.height

/** Draws within the plot only, and leaves the canvas as it was. */
export function clipped({ context, area }: Plot, paint: () => void) {
  context.save()
  context.beginPath()
  context.rect(area.left, area.top, area.width, area.height)
  context.clip()
  paint()
  context.restore()
}
