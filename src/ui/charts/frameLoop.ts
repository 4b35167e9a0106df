/** Something that draws itself when told. */
export type Layer = {
  /** Draws with the next frame; any number of calls before it draw once. */
  invalidate: () => void
  remove: () => void
}

/**
 * What a first drawing waits for: there is nothing to draw on yet (it comes in when it is invalidated
 * again); a part of its preparation was done and more is left; it can be drawn.
 */
export type Preparation = 'waiting' | 'unfinished' | 'ready'

/** Draws what has changed, at most once per animation frame, all layers of a stack in one go. */
export type FrameLoop = {
  /** `prepare` does one part of what the first drawing needs; a layer without one is drawn at once. */
  add: (draw: () => void, prepare?: () => Preparation) => Layer
  /** Everything draws with the next frame: the window, the theme or a shared band changed. */
  invalidateAll: () => void
  stop: () => void
}

/** How long a frame may take before what is new waits for the next one, */
const FRAME_MS = 16
/** and a first drawing, which no longer stops once it has begun. */
const DRAWING_MS = 6

/**
 * `requestFrame` is `requestAnimationFrame`: a hidden tab is given no frames, so it draws nothing.
 * What was drawn before is drawn in one frame, or rows would show two windows; layers that are new
 * come in part by part, over as many frames as it takes not to hold the page up. `clockMs` tells how
 * long that is.
 */
export function createFrameLoop(
  requestFrame: (call: () => void) => number,
  cancelFrame: (id: number) => void,
  clockMs: () => number,
): FrameLoop {
  const layers = new Set<() => void>()
  const dirty = new Set<() => void>()
  /** Layers that were not drawn yet, with their preparation. */
  const fresh = new Map<() => void, () => Preparation>()
  let pending: number | null = null
  /** Whether the frame before had no time at all for what is new: then this one takes it. */
  let isOwed = false

  function drawFrame() {
    const startMs = clockMs()
    const hasTime = (ms: number) => isOwed || clockMs() - startMs < ms
    const drawn = new Set<() => void>()
    let isStarved = true
    drawKnown(drawn)
    while (hasTime(FRAME_MS) && bringInOne(drawn, hasTime(DRAWING_MS))) {
      isOwed = false
      isStarved = false
      // What the new one invalidated belongs to this frame.
      drawKnown(drawn)
    }
    isOwed = isStarved && [...dirty].some((draw) => fresh.has(draw))
    pending = dirty.size > 0 ? requestFrame(drawFrame) : null
  }

  /**
   * A set goes on to what is added while it is walked: a layer that others invalidate is drawn in this
   * frame too, or, where it was drawn before them, in the next one.
   */
  function drawKnown(drawn: Set<() => void>) {
    for (const draw of dirty) {
      if (drawn.has(draw) || fresh.has(draw)) continue
      dirty.delete(draw)
      drawn.add(draw)
      draw()
    }
  }

  /** One part of one new layer, in the order they came; false when none can go on in this frame. */
  function bringInOne(drawn: Set<() => void>, mayDraw: boolean): boolean {
    for (const draw of dirty) {
      const state = fresh.get(draw)?.()
      if (state === undefined) continue
      if (state === 'waiting') dirty.delete(draw)
      if (state === 'unfinished') return true
      if (state === 'ready') {
        if (!mayDraw) return false
        fresh.delete(draw)
        dirty.delete(draw)
        drawn.add(draw)
        draw()
        return true
      }
    }
    return false
  }

  function invalidate(draw: () => void) {
    dirty.add(draw)
    pending ??= requestFrame(drawFrame)
  }
  return {
    add(draw, prepare = () => 'ready') {
      layers.add(draw)
      fresh.set(draw, prepare)
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
