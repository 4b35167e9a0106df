import { useEffect, useRef } from 'react'
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
  useEffect(() => {
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
      if (pinned !== known.view.at) known.onView({ ...known.view, at: pinned })
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
    }
  }, [])
}
