import { useEffect, useRef } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { LiveView } from '#state/link/liveLink.ts'
import { useCrosshairStore } from '#state/crosshair.ts'
import { liveCrosshair } from './liveCrosshair.ts'

/** A crosshair that is walked along by key changes the link once it rests. */
const REST_MS = 300

/** Keeps the pinned crosshair and the link at the same instant, so that a colleague sees it too. */
export function useCrosshairLink(view: LiveView, onView: (view: LiveView) => void) {
  const latest = useRef({ view, onView })
  useEffect(() => {
    latest.current = { view, onView }
  })
  const { at } = view
  /** What the link was last told: where it only says so back, the crosshair may have gone on meanwhile. */
  const told = useRef<EpochMs | null | undefined>(undefined)
  useEffect(() => {
    if (at === told.current) return
    told.current = at
    const crosshair = liveCrosshair.get()
    if (at !== null) liveCrosshair.pin(at)
    else if (crosshair.isPinned) liveCrosshair.release()
  }, [at])
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      const { at: pointed, isPinned } = liveCrosshair.get()
      const pinned = isPinned ? pointed : null
      const known = latest.current
      if (pinned === known.view.at) return
      told.current = pinned
      known.onView({ ...known.view, at: pinned })
    }
    const leave = useCrosshairStore.subscribe(({ isPinned }, before) => {
      if (!isPinned && !before.isPinned) return
      clearTimeout(resting)
      resting = setTimeout(tell, REST_MS)
    })
    return () => {
      clearTimeout(resting)
      leave()
      liveCrosshair.release()
      told.current = undefined
    }
  }, [])
}
