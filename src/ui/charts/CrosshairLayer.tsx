import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import { formatClock, formatDate } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import classes from './charts.module.css'
import type { TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { keyAction } from './keyAction.ts'
import { performKey } from './performKey.ts'
import { xOf } from './timeFrame.ts'
import { type GesturePhase, usePointerGestures } from './usePointerGestures.ts'

type Props = {
  /** Where the plots lie within the stack, in pixels from its edges. */
  inset: { left: number; right: number; bottom: number }
  step: (at: EpochMs, steps: number) => EpochMs | null
  onEvent: (direction: 1 | -1) => void
  onWindow: (window: TimeWindow, phase: GesturePhase) => void
  onReset: () => void
}

/**
 * The rule through all rows, and the surface over the plots that takes pointer and keys. For
 * assistive technology it is a slider over time. Nothing here renders while it moves.
 */
export function CrosshairLayer({ inset, step, onEvent, onWindow, onReset }: Props) {
  const { frame, crosshair, loop, zone } = useChartStack()
  const surface = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const selection = useRef<HTMLDivElement>(null)

  const moveWindow = useCallback(
    (window: TimeWindow, phase: GesturePhase) => {
      frame.show(window)
      onWindow(window, phase)
    },
    [frame, onWindow],
  )
  const onSelection = useCallback((range: { left: number; width: number } | null) => {
    const { style } = selection.current!
    style.visibility = range ? 'visible' : 'hidden'
    if (!range) return
    style.transform = `translateX(${range.left}px)`
    style.width = `${range.width}px`
  }, [])
  usePointerGestures(surface, { frame, crosshair, moveWindow, onReset, onSelection })

  useEffect(() => {
    function move() {
      const slider = surface.current!
      const window = frame.window()
      const { at, isPinned } = crosshair.get()
      const isInside = at !== null && at >= window.from && at <= window.to
      line.current!.style.visibility = isInside ? 'visible' : 'hidden'
      if (isInside) {
        const x = Math.round(xOf(at, window, 0, slider.clientWidth))
        line.current!.style.transform = `translateX(${x}px)`
      }
      slider.ariaValueMin = String(window.from)
      slider.ariaValueMax = String(window.to)
      slider.ariaValueNow = String(at ?? window.to)
      slider.ariaValueText =
        at === null
          ? 'no instant chosen'
          : `${formatClock(at, zone)}, ${formatDate(at, zone)}${isPinned ? ', pinned' : ''}`
    }
    const layer = loop.add(move)
    const leave = crosshair.subscribe(layer.invalidate)
    return () => {
      layer.remove()
      leave()
    }
  }, [frame, crosshair, loop, zone])

  function onKeyDown(event: KeyboardEvent) {
    const action = keyAction(event)
    if (!action) return
    event.preventDefault()
    performKey(action, frame.window(), crosshair, {
      step,
      onEvent,
      moveWindow: (window) => moveWindow(window, 'settled'),
    })
  }

  const place = { top: 0, left: inset.left, right: inset.right, bottom: inset.bottom }
  return (
    <>
      <div className={classes.rows} style={{ ...place, bottom: inset.bottom - 2 }} aria-hidden>
        <div ref={line} className={classes.line} data-part="crosshair" />
      </div>
      <div
        ref={surface}
        className={classes.surface}
        style={place}
        role="slider"
        tabIndex={0}
        aria-label="Time under the crosshair"
        aria-orientation="horizontal"
        aria-valuenow={0}
        aria-keyshortcuts="ArrowLeft ArrowRight Home End N P Enter Escape + - PageUp PageDown"
        onKeyDown={onKeyDown}
      >
        <div ref={selection} className={classes.selection} aria-hidden />
      </div>
    </>
  )
}
