import { pinAt, pointAt, releaseCrosshair, useCrosshairStore } from '#state/crosshair.ts'
import type { Crosshair } from '#ui/charts/crosshair.ts'

/** The crosshair that charts share, kept where the rest of the screen reads it too. */
export const liveCrosshair: Crosshair = {
  get: useCrosshairStore.getState,
  point: (at) => {
    if (useCrosshairStore.getState().at !== at) pointAt(at)
  },
  moveTo: (at) => (useCrosshairStore.getState().isPinned ? pinAt(at) : pointAt(at)),
  pin: pinAt,
  release: releaseCrosshair,
  subscribe: (listener) => useCrosshairStore.subscribe(() => listener()),
}
