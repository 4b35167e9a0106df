import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/** The window that all charts of a stack share, outside React: moving it redraws canvases and renders nothing. */
export type TimeFrame = {
  window: () => TimeWindow
  /** Moves the window; a window without length is refused with a RangeError. */
  show: (window: TimeWindow) => void
  subscribe: (listener: () => void) => () => void
}

export function createTimeFrame(initial: TimeWindow): TimeFrame {
  let shown = checked(initial)
  const listeners = new Set<() => void>()
  return {
    window: () => shown,
    show(window) {
      if (window.from === shown.from && window.to === shown.to) return
      shown = checked(window)
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function checked(window: TimeWindow): TimeWindow {
  if (window.to > window.from) return window
  throw new RangeError(`A window must end after it begins: ${window.from} to ${window.to}`)
}

/** Where an instant lies in a plot of `width` pixels that begins at `left`. */
export const xOf = (at: EpochMs | number, window: TimeWindow, left: number, width: number) =>
  left + ((at - window.from) / (window.to - window.from)) * width

/** The instant under a place in the plot. */
export const instantAt = (x: number, window: TimeWindow, left: number, width: number) =>
  (window.from + ((x - left) / width) * (window.to - window.from)) as EpochMs
