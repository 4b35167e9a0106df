import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

/** Hours from one to another, by their places; `end` is where the pointer or the keys are. */
export type HourChoice = { anchor: number; end: number }

type Options = {
  /** How many hours there are. */
  count: number
  /** How many places a day is. */
  perDay: number
  /** Where keys begin. */
  start: number
  onShow: (first: number, last: number) => void
  /** A page earlier, or later. */
  onPage: (by: 1 | -1) => void
}

/** One hour or several next to each other, chosen by pointer or keys. */
export function useHourChoice({ count, perDay, start, onShow, onPage }: Options) {
  const [chosen, setChoice] = useState<HourChoice | null>(null)
  const isDragging = useRef(false)
  // A page may have fewer hours than the one before, and none while it is read.
  const within = (place: number) => Math.max(0, Math.min(count - 1, place))
  const choice =
    chosen && count > 0 ? { anchor: within(chosen.anchor), end: within(chosen.end) } : null

  function placeOf(event: PointerEvent<HTMLElement>): number {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return within(Math.floor(((event.clientX - left) / width) * count))
  }

  function show({ anchor, end }: HourChoice) {
    if (count > 0) onShow(Math.min(anchor, end), Math.max(anchor, end))
  }

  function leave() {
    isDragging.current = false
    setChoice(null)
  }

  /** Places on another page are other hours. */
  function turnPage(by: 1 | -1) {
    leave()
    onPage(by)
  }

  /** Where a key moves the choice; null where it does not. */
  function placeByKey(key: string, from: number): number | null {
    switch (key) {
      case 'ArrowLeft':
        return from - 1
      case 'ArrowRight':
        return from + 1
      case 'ArrowDown':
        return from - perDay
      case 'ArrowUp':
        return from + perDay
      case 'Home':
        return 0
      case 'End':
        return count - 1
      default:
        return null
    }
  }

  /** Whether the key meant something here. */
  function press(event: KeyboardEvent<HTMLElement>): boolean {
    const at = choice ?? { anchor: start, end: start }
    const place = placeByKey(event.key, at.end)
    if (place !== null) {
      const end = within(place)
      setChoice({ anchor: event.shiftKey ? at.anchor : end, end })
    } else if (event.key === 'Enter') show(at)
    else if (event.key === 'PageUp') turnPage(1)
    else if (event.key === 'PageDown') turnPage(-1)
    else if (event.key === 'Escape') {
      leave()
      event.currentTarget.blur()
    } else return false
    return true
  }

  return {
    choice,
    /** Where the keys are. */
    at: choice?.end ?? start,
    handlers: {
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const end = placeOf(event)
        setChoice((known) => ({ anchor: isDragging.current && known ? known.anchor : end, end }))
      },
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        isDragging.current = true
        const end = placeOf(event)
        setChoice({ anchor: end, end })
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (!isDragging.current) return
        isDragging.current = false
        const end = placeOf(event)
        show({ anchor: choice?.anchor ?? end, end })
        setChoice({ anchor: end, end })
      },
      onPointerLeave: () => {
        if (!isDragging.current) setChoice(null)
      },
      onPointerCancel: leave,
      onFocus: () => setChoice((known) => known ?? { anchor: start, end: start }),
      onBlur: leave,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.ctrlKey || event.metaKey || event.altKey || !press(event)) return
        // The charts below would take the same keys.
        event.preventDefault()
      },
    },
  }
}
