/** Something that draws itself when told. */
export type Layer = {
  /** Draws with the next frame; any number of calls before it draw once. */
  invalidate: () => void
  remove: () => void
}

/** Draws what has changed, at most once per animation frame, all layers of a stack in one go. */
export type FrameLoop = {
  add: (draw: () => void) => Layer
  /** Everything draws with the next frame: the window, the theme or a shared band changed. */
  invalidateAll: () => void
  stop: () => void
}

/**
 * `requestFrame` is `requestAnimationFrame`: a hidden tab is given no frames, so it draws nothing.
 */
export function createFrameLoop(
  requestFrame: (call: () => void) => number,
  cancelFrame: (id: number) => void,
): FrameLoop {
  const layers = new Set<() => void>()
  const dirty = new Set<() => void>()
  let pending: number | null = null

  function drawDirty() {
    const drawn = new Set<() => void>()
    // A set goes on to what is added while it is walked: a layer that others invalidate is drawn in
    // this frame too, or, where it was drawn before them, in the next one.
    for (const draw of dirty) {
      if (drawn.has(draw)) continue
      dirty.delete(draw)
      drawn.add(draw)
      draw()
    }
    pending = dirty.size > 0 ? requestFrame(drawDirty) : null
  }
  function invalidate(draw: () => void) {
    dirty.add(draw)
    pending ??= requestFrame(drawDirty)
  }
  return {
    add(draw) {
      layers.add(draw)
      invalidate(draw)
      return {
        invalidate: () => invalidate(draw),
        remove: () => {
          layers.delete(draw)
          dirty.delete(draw)
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
