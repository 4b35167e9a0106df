import { create } from 'zustand'
import type { EpochMs } from '#domain/units.ts'

/** The instant under the pointer, shared by every chart on the screen. */
type Crosshair = { at: EpochMs | null; isPinned: boolean }

export const useCrosshairStore = create<Crosshair>(() => ({ at: null, isPinned: false }))
export const useCrosshairAt = () => useCrosshairStore((crosshair) => crosshair.at)
/** The instant it is pinned at; null while it only follows the pointer, which then renders nothing here. */
export const usePinnedAt = () => useCrosshairStore(({ at, isPinned }) => (isPinned ? at : null))
export const useIsCrosshairPinned = () => useCrosshairStore((crosshair) => crosshair.isPinned)

/** Follows the pointer; a pinned crosshair stays. */
export function pointAt(at: EpochMs | null) {
  useCrosshairStore.setState((crosshair) => (crosshair.isPinned ? crosshair : { at }))
}

/** Holds the crosshair at an instant, also after the pointer has left. */
export function pinAt(at: EpochMs) {
  useCrosshairStore.setState({ at, isPinned: true })
}

export function releaseCrosshair() {
  useCrosshairStore.setState({ at: null, isPinned: false })
}

/** The same as charts take it: they share it, and the rest of the screen reads it too. */
export const screenCrosshair = {
  get: useCrosshairStore.getState,
  point: (at: EpochMs | null) => {
    if (useCrosshairStore.getState().at !== at) pointAt(at)
  },
  moveTo: (at: EpochMs) => (useCrosshairStore.getState().isPinned ? pinAt(at) : pointAt(at)),
  pin: pinAt,
  release: releaseCrosshair,
  subscribe: (listener: () => void) => useCrosshairStore.subscribe(() => listener()),
}
