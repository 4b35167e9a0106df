import { useSyncExternalStore } from 'react'
import type { PixelSize } from '#domain/wall/legibility.ts'

/** The window and the whole screen it is on, in CSS pixels. */
export type WallSize = { screen: PixelSize; whole: PixelSize }

let known: WallSize | null = null

/** The same object until one of them changes. */
function read(): WallSize {
  const inner = { width: window.innerWidth, height: window.innerHeight }
  // A window is never larger than its screen; a browser without a screen may say so all the same.
  const whole = {
    width: Math.max(window.screen.width, inner.width),
    height: Math.max(window.screen.height, inner.height),
  }
  const isSame =
    known?.screen.width === inner.width &&
    known.screen.height === inner.height &&
    known.whole.width === whole.width &&
    known.whole.height === whole.height
  if (!isSame || !known) known = { screen: inner, whole }
  return known
}

function subscribe(listener: () => void) {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

export const useWallSize = (): WallSize => useSyncExternalStore(subscribe, read)
