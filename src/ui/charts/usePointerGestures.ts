import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'
import type { Crosshair } from './crosshair.ts'
import { instantAt, type TimeFrame } from './timeFrame.ts'
import { between, panned, zoomed } from './windowMath.ts'

/** `moving`: more will follow. `settled`: what is worth keeping, e.g. in the address. */
export type GesturePhase = 'moving' | 'settled'

type Gestures = {
  frame: TimeFrame
  crosshair: Crosshair
  moveWindow: (window: TimeWindow, phase: GesturePhase) => void
  onReset: () => void
  /** Shows the range that is being drawn, in pixels; null: none. */
  onSelection: (range: { left: number; width: number } | null) => void
}

const CLICK_PX = 4
/** After this long without another turn of the wheel a gesture is over. */
const WHEEL_PAUSE_MS = 250
const ZOOM_PER_PX = 0.002
const LINE_PX = 16

/**
 * Pointer and wheel over the plots: moving shows the instant, a click pins it, dragging selects a
 * range to zoom into, Shift and dragging pans; the wheel zooms around the pointer, sideways (or with
 * Shift) it pans; a double click resets.
 */
export function usePointerGestures(
  surface: RefObject<HTMLElement | null>,
  { frame, crosshair, ...gestures }: Gestures,
) {
  // A screen that renders in the middle of a gesture must not end it.
  const moveWindow = useEffectEvent(gestures.moveWindow)
  const onReset = useEffectEvent(gestures.onReset)
  const onSelection = useEffectEvent(gestures.onSelection)

  useEffect(() => {
    const element = surface.current!
    let drag: { startX: number; window: TimeWindow; isPan: boolean; hasMoved: boolean } | null =
      null
    let wheelPause: ReturnType<typeof setTimeout> | undefined

    const placeOf = (event: MouseEvent) => {
      const { left, width } = element.getBoundingClientRect()
      return { x: event.clientX - left, width }
    }
    const instantOf = (event: MouseEvent): EpochMs => {
      const { x, width } = placeOf(event)
      const at = instantAt(Math.min(Math.max(x, 0), width), frame.window(), 0, width)
      return Math.round(at) as EpochMs
    }

    function onDown(event: PointerEvent) {
      if (event.button !== 0) return
      element.setPointerCapture(event.pointerId)
      const { x } = placeOf(event)
      drag = { startX: x, window: frame.window(), isPan: event.shiftKey, hasMoved: false }
    }
    function onMove(event: PointerEvent) {
      const { x, width } = placeOf(event)
      if (drag && Math.abs(x - drag.startX) > CLICK_PX) drag.hasMoved = true
      if (!drag?.hasMoved) return crosshair.point(instantOf(event))
      if (drag.isPan) {
        return moveWindow(panned(drag.window, (drag.startX - x) / width), 'moving')
      }
      const end = Math.min(Math.max(x, 0), width)
      crosshair.point(instantOf(event))
      onSelection({ left: Math.min(drag.startX, end), width: Math.abs(end - drag.startX) })
    }
    function onUp(event: PointerEvent) {
      const ended = drag
      drag = null
      onSelection(null)
      if (!ended || event.button !== 0) return
      if (!ended.hasMoved) return pinAt(event)
      if (ended.isPan) return moveWindow(frame.window(), 'settled')
      const { x, width } = placeOf(event)
      const end = Math.min(Math.max(x, 0), width)
      const window = frame.window()
      const range = between(
        instantAt(ended.startX, window, 0, width),
        instantAt(end, window, 0, width),
      )
      if (range) moveWindow(range, 'settled')
    }
    function pinAt(event: PointerEvent) {
      const { at, isPinned } = crosshair.get()
      const { width } = placeOf(event)
      const { from, to } = frame.window()
      const clicked = instantOf(event)
      const isOnPin =
        isPinned && at !== null && (Math.abs(at - clicked) / (to - from)) * width <= CLICK_PX
      if (isOnPin) crosshair.release()
      else crosshair.pin(clicked)
    }
    function onCancel() {
      drag = null
      onSelection(null)
    }
    function onWheel(event: WheelEvent) {
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
      const { x, width } = placeOf(event)
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const sideways = (event.deltaX || event.deltaY) * unit
      const window = isSideways
        ? panned(frame.window(), sideways / width)
        : zoomed(frame.window(), x / width, Math.exp(event.deltaY * unit * ZOOM_PER_PX))
      moveWindow(window, 'moving')
      clearTimeout(wheelPause)
      wheelPause = setTimeout(() => moveWindow(frame.window(), 'settled'), WHEEL_PAUSE_MS)
    }
    const onLeave = () => {
      if (!drag) crosshair.point(null)
    }

    const onDoubleClick = () => onReset()

    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onCancel)
    element.addEventListener('pointerleave', onLeave)
    element.addEventListener('dblclick', onDoubleClick)
    // React listens to the wheel passively, where the page could not be kept from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      clearTimeout(wheelPause)
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onCancel)
      element.removeEventListener('pointerleave', onLeave)
      element.removeEventListener('dblclick', onDoubleClick)
      element.removeEventListener('wheel', onWheel)
    }
  }, [surface, frame, crosshair])
}
