import type { EpochMs } from '#domain/units.ts'

export type CrosshairState = { readonly at: EpochMs | null; readonly isPinned: boolean }

/** The instant under the pointer, shared by every chart of a stack, outside React. */
export type Crosshair = {
  /** The same object until something changes. */
  get: () => CrosshairState
  /** The pointer moved; null: it left. A pinned crosshair stays. */
  point: (at: EpochMs | null) => void
  /** A key or a jump: moves a pinned crosshair too, and leaves it pinned. */
  moveTo: (at: EpochMs) => void
  /** Stays at an instant until released. */
  pin: (at: EpochMs) => void
  /** Follows the pointer again; nothing is shown until it moves. */
  release: () => void
  subscribe: (listener: () => void) => () => void
}

export function createCrosshair(): Crosshair {
  let state: CrosshairState = { at: null, isPinned: false }
  const listeners = new Set<() => void>()
  function set(at: EpochMs | null, isPinned: boolean) {
    if (state.at === at && state.isPinned === isPinned) return
    state = { at, isPinned }
    for (const listener of listeners) listener()
  }
  return {
    get: () => state,
    point: (at) => {
      if (!state.isPinned) set(at, false)
    },
    moveTo: (at) => set(at, state.isPinned),
    pin: (at) => set(at, true),
    release: () => set(null, false),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
