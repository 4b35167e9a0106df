import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/**
 * The window that all charts of a stack share, outside React: moving it redraws canvases and renders
 * nothing. The clock and the user both move it; while the user has it in hand the clock waits.
 */
export type TimeFrame = {
  window: () => TimeWindow
  /**
   * The clock or the address moves the window; ignored while a hand holds it. A window without
   * length is refused with a RangeError.
   */
  show: (window: TimeWindow) => void
  /** A hand takes the window: it stands until it is moved or let go. */
  hold: () => void
  /** Whether a hand holds it: what need not follow every frame of a gesture waits for the end. */
  isHeld: () => boolean
  /** The hand that holds it moves it; takes it where nothing does. */
  move: (window: TimeWindow) => void
  /** One of many steps that may follow each other (wheel, keys): moves it, and settles after a pause. */
  nudge: (window: TimeWindow) => void
  /** The hand lets go, and what is shown is worth keeping: `onSettled` hears of it. */
  settle: () => void
  /** The hand lets go without having moved the window; settles what others moved before. */
  release: () => void
  /** Hears when the window has moved and when it is let go. */
  subscribe: (listener: () => void) => () => void
  onSettled: (listener: (window: TimeWindow) => void) => () => void
}

/** After this long without another step a gesture of steps is over. */
export const STEP_PAUSE_MS = 250

type After = (delayMs: number, call: () => void) => () => void

const pageAfter: After = (delayMs, call) => {
  const timer = setTimeout(call, delayMs)
  return () => clearTimeout(timer)
}

export function createTimeFrame(initial: TimeWindow, after: After = pageAfter): TimeFrame {
  let shown = checked(initial)
  let isHeld = false
  let isMoved = false
  let cancelPause: (() => void) | null = null
  const listeners = new Set<() => void>()
  const keepers = new Set<(window: TimeWindow) => void>()

  function tell() {
    for (const listener of listeners) listener()
  }
  function change(window: TimeWindow) {
    if (window.from === shown.from && window.to === shown.to) return
    shown = window
    tell()
  }
  function endPause() {
    cancelPause?.()
    cancelPause = null
  }
  function hold() {
    endPause()
    isHeld = true
  }
  function move(window: TimeWindow) {
    const next = checked(window)
    hold()
    isMoved = true
    change(next)
  }
  function letGo() {
    endPause()
    if (!isHeld) return
    isHeld = false
    tell()
  }
  function settle() {
    letGo()
    isMoved = false
    for (const keep of keepers) keep(shown)
  }

  return {
    window: () => shown,
    isHeld: () => isHeld,
    show: (window) => {
      if (!isHeld) change(checked(window))
    },
    hold,
    move,
    nudge(window) {
      move(window)
      cancelPause = after(STEP_PAUSE_MS, settle)
    },
    settle,
    // Another hand may have moved it before, and then left it to this one to settle.
    release: () => (isMoved ? settle() : letGo()),
    subscribe: (listener) => joined(listeners, listener),
    onSettled: (keep) => joined(keepers, keep),
  }
}

function joined<T>(all: Set<T>, one: T): () => void {
  all.add(one)
  return () => void all.delete(one)
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
