import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { Crosshair } from './crosshair.ts'
import { createGestures } from './gestures.ts'
import type { TimeFrame } from './timeFrame.ts'

type Known = {
  frame: TimeFrame
  crosshair: Crosshair
  /** Double click or double tap. */
  onReset: () => void
  /** Shows the range that is being drawn, in pixels; null: none. */
  onBrush: (range: { left: number; width: number } | null) => void
}

const LINE_PX = 16
const MAIN_BUTTON = 0
const MIDDLE_BUTTON = 1

/** Leads what pointers and the wheel do on an element to the gestures. Nothing renders. */
export function useGestures(
  surface: RefObject<HTMLElement | null>,
  { frame, crosshair, ...heard }: Known,
) {
  // A screen that renders in the middle of a gesture must not end it.
  const onReset = useEffectEvent(heard.onReset)
  const onBrush = useEffectEvent(heard.onBrush)

  useEffect(() => {
    const element = surface.current!
    let place = element.getBoundingClientRect()
    const gestures = createGestures({
      frame,
      crosshair,
      widthPx: () => Math.max(1, place.width),
      onBrush: (range) => onBrush(range),
    })
    // Read when a hand comes: measuring at every move would make the browser lay out the page anew.
    const measure = () => {
      place = element.getBoundingClientRect()
    }
    const xOf = (event: MouseEvent) => event.clientX - place.left
    const isTouch = ({ pointerType }: PointerEvent) => pointerType === 'touch'

    function onDown(event: PointerEvent) {
      const { button, pointerId, shiftKey } = event
      if (button !== MAIN_BUTTON && button !== MIDDLE_BUTTON) return
      // The middle button would begin to scroll by itself.
      if (button === MIDDLE_BUTTON) event.preventDefault()
      measure()
      element.setPointerCapture(pointerId)
      const isPan = shiftKey || button === MIDDLE_BUTTON
      gestures.down({ pointer: pointerId, x: xOf(event), isTouch: isTouch(event), isPan })
    }
    const onMove = (event: PointerEvent) =>
      gestures.move(event.pointerId, xOf(event), isTouch(event))
    const onUp = (event: PointerEvent) => gestures.up(event.pointerId, xOf(event))
    const onCancel = (event: PointerEvent) => gestures.cancel(event.pointerId)
    function onWheel(event: WheelEvent) {
      event.preventDefault()
      measure()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
      gestures.wheel({
        x: xOf(event),
        alongPx: event.deltaX * unit,
        awayPx: event.deltaY * unit,
        isPinch: event.ctrlKey,
        isPan: event.shiftKey,
      })
    }
    const onLeave = () => gestures.leave()
    const onDoubleClick = () => onReset()

    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('pointerenter', measure)
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onCancel)
    element.addEventListener('pointerleave', onLeave)
    element.addEventListener('dblclick', onDoubleClick)
    // React listens to the wheel passively, where the page could not be kept from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    window.addEventListener('scroll', measure, { capture: true, passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('pointerenter', measure)
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onCancel)
      element.removeEventListener('pointerleave', onLeave)
      element.removeEventListener('dblclick', onDoubleClick)
      element.removeEventListener('wheel', onWheel)
      window.removeEventListener('scroll', measure, { capture: true })
    }
  }, [surface, frame, crosshair])
}
