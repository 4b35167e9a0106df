/**
 * Lets one heavy thing at a time into the page, each in a task of its own after a frame was drawn: six
 * charts at once would hold the page up for as long as all of them take.
 */
export type Turns = {
  /** Calls back when it is one's turn, in the order of asking. Returns the way out. */
  wait: (call: () => void) => () => void
  stop: () => void
}

/** `afterFrame` calls back once after the next frame is drawn, and gives the way to take it back. */
export function createTurns(afterFrame: (call: () => void) => () => void): Turns {
  const waiting = new Set<() => void>()
  let cancel: (() => void) | null = null

  function next() {
    cancel = null
    const [first] = waiting
    if (!first) return
    waiting.delete(first)
    if (waiting.size > 0) cancel = afterFrame(next)
    first()
  }

  return {
    wait(call) {
      waiting.add(call)
      cancel ??= afterFrame(next)
      return () => void waiting.delete(call)
    },
    stop() {
      cancel?.()
      cancel = null
      waiting.clear()
    },
  }
}

/** A task of its own, after a frame of the page has been drawn. */
export function afterPageFrame(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(call, 0)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
