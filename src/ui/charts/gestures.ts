import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'
import type { Crosshair } from './crosshair.ts'
import { instantAt, type TimeFrame } from './timeFrame.ts'
import { between, gripped, panned, zoomed } from './windowMath.ts'

/** A finger, a pen or the mouse going down on the plot, `x` pixels from its left edge. */
export type Press = {
  pointer: number
  x: number
  /** A finger drags the picture; a mouse draws a range. */
  isTouch: boolean
  /** With Shift or the middle button the mouse drags the picture too. */
  isPan: boolean
}

/** A turn of the wheel, in pixels. */
export type Turn = { x: number; alongPx: number; awayPx: number; isPinch: boolean; isPan: boolean }

type Known = {
  frame: TimeFrame
  crosshair: Crosshair
  /** Width of the plot in pixels. */
  widthPx: () => number
  /** Shows the range that is being drawn, in pixels from the left; null: none. */
  onBrush: (range: { left: number; width: number } | null) => void
}

export type Gestures = {
  down: (press: Press) => void
  move: (pointer: number, x: number, isTouch: boolean) => void
  up: (pointer: number, x: number) => void
  /** The browser takes the pointer away, e.g. to scroll: what was moved stays, a range is forgotten. */
  cancel: (pointer: number) => void
  /** The mouse has left the plot. */
  leave: () => void
  wheel: (turn: Turn) => void
}

/** What is on the plot, and the instant it took hold of. */
type Grip = { x: number; at: number }

/**
 * What the hands are doing. `pressed` is a click until it moves.
 *
 *     rest ─down─► pressed ─moves─► brush ─up─► the window becomes the range
 *       ▲             │    └─moves─► drag ◄─ second finger ─► pinch is a drag of two
 *       └──── up ─────┘                └─ up of the last ─► settled
 */
type Doing = 'rest' | 'pressed' | 'brush' | 'drag'

const CLICK_PX = 4
const ZOOM_PER_PX = 0.002
/** A trackpad tells a pinch as a wheel with Ctrl, in much smaller steps. */
const PINCH_PER_PX = 0.01

/**
 * All hands on a stack of charts as one machine, without a DOM: moving shows the instant, a click
 * pins it, the mouse draws a range to zoom into, Shift or a finger drags, two fingers pinch, the
 * wheel zooms around the pointer and pans sideways. It moves the frame and the crosshair; what
 * follows the clock waits while the frame is held.
 */
export function createGestures({ frame, crosshair, widthPx, onBrush }: Known): Gestures {
  const grips = new Map<number, Grip>()
  let doing: Doing = 'rest'
  let startX = 0
  let isDrag = false

  const within = (x: number) => Math.min(Math.max(x, 0), widthPx())
  const instantOf = (x: number, window: TimeWindow = frame.window()) =>
    instantAt(x, window, 0, widthPx())
  const pointAt = (x: number) => crosshair.point(Math.round(instantOf(within(x))) as EpochMs)

  function gripAnew() {
    for (const grip of grips.values()) grip.at = instantOf(grip.x)
  }

  function begin() {
    doing = isDrag ? 'drag' : 'brush'
    frame.hold()
  }

  function rest() {
    doing = 'rest'
    grips.clear()
    onBrush(null)
  }

  function pinAt(x: number) {
    const { at, isPinned } = crosshair.get()
    const { from, to } = frame.window()
    const clicked = Math.round(instantOf(within(x))) as EpochMs
    const distancePx = at === null ? Infinity : (Math.abs(at - clicked) / (to - from)) * widthPx()
    if (isPinned && distancePx <= CLICK_PX) crosshair.release()
    else crosshair.pin(clicked)
  }

  function zoomTo(x: number) {
    const range = between(instantOf(within(startX)), instantOf(within(x)))
    if (!range) return frame.release()
    frame.move(range)
    frame.settle()
  }

  return {
    down({ pointer, x, isTouch, isPan }) {
      if (doing === 'brush' || grips.size > 1) return
      if (doing === 'rest') {
        doing = 'pressed'
        startX = x
        isDrag = isTouch || isPan
      } else isDrag = true
      grips.set(pointer, { x, at: instantOf(x) })
      if (grips.size === 1) return
      // The second finger: from here on both hold what lies under them now.
      gripAnew()
      begin()
    },
    move(pointer, x, isTouch) {
      const grip = grips.get(pointer)
      // A finger that is not part of the gesture points at nothing.
      if (!grip) {
        if (!isTouch && doing === 'rest') pointAt(x)
        return
      }
      grip.x = x
      if (doing === 'pressed' && Math.abs(x - startX) > CLICK_PX) begin()
      if (doing === 'drag') frame.move(gripped(frame.window(), [...grips.values()], widthPx()))
      else if (!isTouch) pointAt(x)
      if (doing !== 'brush') return
      const end = within(x)
      const start = within(startX)
      onBrush({ left: Math.min(start, end), width: Math.abs(end - start) })
    },
    up(pointer, x) {
      if (!grips.delete(pointer)) return
      const ended = doing
      if (ended === 'drag' && grips.size > 0) return gripAnew()
      rest()
      if (ended === 'pressed') pinAt(x)
      else if (ended === 'brush') zoomTo(x)
      else frame.settle()
    },
    cancel(pointer) {
      if (!grips.delete(pointer)) return
      const ended = doing
      if (ended === 'drag' && grips.size > 0) return gripAnew()
      rest()
      if (ended === 'drag') frame.settle()
      else frame.release()
    },
    leave() {
      if (doing === 'rest') crosshair.point(null)
    },
    wheel({ x, alongPx, awayPx, isPinch, isPan }) {
      if (doing !== 'rest') return
      const window = frame.window()
      const isSideways = !isPinch && (isPan || Math.abs(alongPx) > Math.abs(awayPx))
      const factor = Math.exp(awayPx * (isPinch ? PINCH_PER_PX : ZOOM_PER_PX))
      frame.nudge(
        isSideways
          ? panned(window, (alongPx || awayPx) / widthPx())
          : zoomed(window, x / widthPx(), factor),
      )
    },
  }
}
