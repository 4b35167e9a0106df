const LATEST_FLUSH_MS = 500

/**
 * All flushes of a page with its next frame, so that a screen draws each of them at most once. A hidden
 * page has no frames, but its stores still have to hear of each other: there a timer takes the frame's place.
 */
export function createFlushWhenDrawn(): (flush: () => void) => void {
  let waiting: (() => void)[] = []
  let cancel: () => void = () => undefined

  function flushAll() {
    cancel()
    const due = waiting
    waiting = []
    for (const flush of due) {
      try {
        flush()
      } catch (error) {
        // Heard as from any frame, and nobody else's affair: the other organisations have their flush.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  return (flush) => {
    waiting.push(flush)
    if (waiting.length > 1) return
    const frame = requestAnimationFrame(flushAll)
    const timer = setTimeout(flushAll, LATEST_FLUSH_MS)
    cancel = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }
}
