const LATEST_FLUSH_MS = 500

/**
 * With the next frame, so that a screen draws each of them at most once. A hidden page has no frames, but
 * its stores still have to hear of each other: there a timer takes the frame's place.
 */
export function flushWhenDrawn(flush: () => void) {
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, LATEST_FLUSH_MS)
  function once() {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    flush()
  }
}
