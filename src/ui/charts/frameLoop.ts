/** Something that draws itself when told. */
export type Layer = {
  /** Draws with the next frame; any number of calls before it draw once. */
  invalidate: () => void
  remove: () => void
}

/** Draws what has changed, at most once per animation frame, all layers of a stack in one go. */
export type FrameLoop = {
  /** `isReady` says whether there is anything to draw on yet: until then nothing is drawn. */
  add: (draw: () => void, isReady?: () => boolean) => Layer
  /** Everything draws with the next frame: the window, the theme or a shared band changed. */
  invalidateAll: () => void
  stop: () => void
}

/** How long first drawings may take together in one frame; what is left of them waits for the next. */
const FIRST_DRAWINGS_MS = 16

/**
 * `requestFrame` is `requestAnimationFrame`: a hidden tab is given no frames, so it draws nothing.
 * What was drawn before is drawn in one frame, or rows would show two windows; layers that are new
 * come in over as many frames as it takes not to hold the page up. `clockMs` tells how long that is.
 */
export function createFrameLoop(
  requestFrame: (call: () => void) => number,
  cancelFrame: (id: number) => void,
  clockMs: () => number,
): FrameLoop {
  const layers = new Set<() => void>()
  const dirty = new Set<() => void>()
  /** Layers that were not drawn yet, and whether they can be. */
  const fresh = new Map<() => void, () => boolean>()
  let pending: number | null = null

  function drawDirty() {
    const drawn = new Set<() => void>()
    const endMs = clockMs() + FIRST_DRAWINGS_MS
    let hasFirst = false
    // A set goes on to what is added while it is walked: a layer that others invalidate is drawn in
    // this frame too, or, where it was drawn before them, in the next one.
    for (const draw of dirty) {
      if (drawn.has(draw)) continue
      const isReady = fresh.get(draw)
      const isFirst = isReady !== undefined
      if (isFirst && hasFirst && clockMs() > endMs) continue
      dirty.delete(draw)
      if (isReady && !isReady()) continue
      fresh.delete(draw)
      drawn.add(draw)
      hasFirst ||= isFirst
      draw()
    }
    pending = dirty.size > 0 ? requestFrame(drawDirty) : null
  }
  function invalidate(draw: () => void) {
    dirty.add(draw)
    pending ??= requestFrame(drawDirty)
  }
  return {
    add(draw, isReady = () => true) {
      layers.add(draw)
      fresh.set(draw, isReady)
      invalidate(draw)
      return {
        invalidate: () => invalidate(draw),
        remove: () => {
          layers.delete(draw)
          dirty.delete(draw)
          fresh.delete(draw)
        },
      }
    },
    invalidateAll: () => layers.forEach(invalidate),
    stop() {
      if (pending !== null) cancelFrame(pending)
      pending = null
      dirty.clear()
    },
  }
}

/** The loop of a page. */
export const createPageFrameLoop = () =>
  createFrameLoop(
    (call) => requestAnimationFrame(call),
    (id) => cancelAnimationFrame(id),
    () => performance.now(),
  )
