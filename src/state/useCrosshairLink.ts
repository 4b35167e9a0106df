import { useEffect, useRef } from 'react'
import type { EpochMs } from '#domain/units.ts'
import { screenCrosshair, useCrosshairStore } from './crosshair.ts'

/** A crosshair that is walked along by key changes the link once it rests. */
const REST_MS = 300

/** Keeps the pinned crosshair and the link at the same instant, so that a colleague sees it too. */
export function useCrosshairLink(at: EpochMs | null, onAt: (at: EpochMs | null) => void) {
  const latest = useRef({ at, onAt })
  useEffect(() => {
    latest.current = { at, onAt }
  })
  /** What the link was last told: where it only says so back, the crosshair may have gone on meanwhile. */
  const told = useRef<EpochMs | null | undefined>(undefined)
  useEffect(() => {
    if (at === told.current) return
    told.current = at
    const crosshair = screenCrosshair.get()
    if (at !== null) screenCrosshair.pin(at)
    else if (crosshair.isPinned) screenCrosshair.release()
  }, [at])
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      const { at: pointed, isPinned } = screenCrosshair.get()
      const pinned = isPinned ? pointed : null
      const known = latest.current
      if (pinned === known.at) return
      told.current = pinned
      known.onAt(pinned)
    }
    const leave = useCrosshairStore.subscribe(({ isPinned }, before) => {
      if (!isPinned && !before.isPinned) return
      clearTimeout(resting)
      resting = setTimeout(tell, REST_MS)
    })
    return () => {
      clearTimeout(resting)
      leave()
      screenCrosshair.release()
      told.current = undefined
    }
  }, [])
}
