import { useEffect, useState } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'

const TICK_MS = 1_000
/** Tiles and words follow the data at most four times a second; canvases follow it by themselves. */
const DATA_MS = 250

/** A moment of the screen: the organisation's time, and a number that grows with every notice. */
export type Beat = { now: EpochMs; count: number }

/** Beats once a second and soon after new data, at most four times a second. */
export function useLiveClock(monitor: OrgMonitor): Beat {
  const [beat, setBeat] = useState<Beat>(() => ({ now: monitor.now(), count: 0 }))
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | null = null
    const tick = () => {
      waiting = null
      setBeat(({ count }) => ({ now: monitor.now(), count: count + 1 }))
    }
    const soon = () => {
      waiting ??= setTimeout(tick, DATA_MS)
    }
    tick()
    const seconds = setInterval(tick, TICK_MS)
    const offSeries = monitor.drawn.subscribe(soon)
    const offErrors = monitor.errors.subscribe(soon)
    return () => {
      if (waiting !== null) clearTimeout(waiting)
      clearInterval(seconds)
      offSeries()
      offErrors()
    }
  }, [monitor])
  return beat
}
