import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import { formatClock, formatDate } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import classes from './charts.module.css'
import { useChartStack } from './chartStackContext.ts'
import { keyAction } from './keyAction.ts'
import { performKey } from './performKey.ts'
import { xOf } from './timeFrame.ts'
import { useGestures } from './useGestures.ts'

type Props = {
  /** Where the plots lie within the stack, in pixels from its edges. */
  inset: { left: number; right: number; bottom: number }
  step: (at: EpochMs, steps: number) => EpochMs | null
  onEvent: (direction: 1 | -1) => void
  onReset: () => void
}

/**
 * The rule through all rows, and the surface over the plots that takes pointer and keys. For
 * assistive technology it is a slider over time. Nothing here renders while it moves.
 */
export function CrosshairLayer({ inset, step, onEvent, onReset }: Props) {
  const { frame, crosshair, loop, zone } = useChartStack()
  const surface = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const selection = useRef<HTMLDivElement>(null)

  const onBrush = useCallback((range: { left: number; width: number } | null) => {
    const { style } = selection.current!
    style.visibility = range ? 'visible' : 'hidden'
    if (!range) return
    style.transform = `translateX(${range.left}px)`
    style.width = `${range.width}px`
  }, [])
  useGestures(surface, { frame, crosshair, onReset, onBrush })

  useEffect(() => {
    // Held here: a frame may still come between the end of the element and that of this effect.
    const slider = surface.current!
    const rule = line.current!
    let width = slider.clientWidth
    const resized = new ResizeObserver(() => {
      width = slider.clientWidth
      layer.invalidate()
    })
    function move() {
      const window = frame.window()
      const { at } = crosshair.get()
      const isInside = at !== null && at >= window.from && at <= window.to
      rule.style.visibility = isInside ? 'visible' : 'hidden'
      if (!isInside) return
      rule.style.transform = `translateX(${Math.round(xOf(at, window, 0, width))}px)`
    }
    const layer = loop.add(move)
    const leave = crosshair.subscribe(layer.invalidate)
    resized.observe(slider)
    return () => {
      layer.remove()
      leave()
      resized.disconnect()
    }
  }, [frame, crosshair, loop])

  useEffect(() => {
    const slider = surface.current!
    function say() {
      const window = frame.window()
      const { at, isPinned } = crosshair.get()
      slider.ariaValueMin = String(window.from)
      slider.ariaValueMax = String(window.to)
      slider.ariaValueNow = String(at ?? window.to)
      slider.ariaValueText =
        at === null
          ? 'no instant chosen'
          : `${formatClock(at, zone)}, ${formatDate(at, zone)}${isPinned ? ', pinned' : ''}`
    }
    // Words cost more than the picture: they follow when the pointer rests, not while it moves.
    let timer: ReturnType<typeof setTimeout> | undefined
    function saySoon() {
      clearTimeout(timer)
      timer = setTimeout(say, SPOKEN_AFTER_MS)
    }
    say()
    const ways = [frame.subscribe(saySoon), crosshair.subscribe(saySoon)]
    return () => {
      clearTimeout(timer)
      for (const leave of ways) leave()
    }
  }, [frame, crosshair, zone])

  function onKeyDown(event: KeyboardEvent) {
    const action = keyAction(event)
    if (!action) return
    event.preventDefault()
    performKey(action, frame.window(), crosshair, { step, onEvent, moveWindow: frame.nudge })
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

const SPOKEN_AFTER_MS = 60
