import type { AskContext } from '#sources/polledSource.ts'
import type { Timer } from '../clock.ts'

/** How long to wait before each further attempt. */
const WAITS_MS = [2_000, 8_000, 30_000] as const
/** What passes by itself: asked too often, and a server that cannot just now. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * A way to ask that tries again what passes by itself: of a hundred requests one always meets a moment
 * that is bad, and must not cost the other ninety-nine. After a 429 the organisation's budget makes the
 * next attempt wait as long as it was told to.
 */
export const steadyContext = (context: AskContext, timer: Timer): AskContext => ({
  ...context,
  async fetch(url, init) {
    for (const waitMs of WAITS_MS) {
      const response = await answered(context, url, init)
      if (response && !PASSING.has(response.status)) return response
      await waited(timer, waitMs, context.signal)
    }
    return context.fetch(url, init)
  },
})

/** Null where no reply came; what was called off is thrown. */
async function answered(
  { fetch, signal }: AskContext,
  url: string,
  init: RequestInit | undefined,
): Promise<Response | null> {
  try {
    return await fetch(url, init)
  } catch {
    // No network, or no reply in time. The last attempt tells which.
    signal.throwIfAborted()
    return null
  }
}

function waited(timer: Timer, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = timer.after(ms, () => {
      signal.removeEventListener('abort', leave)
      resolve()
    })
    signal.addEventListener('abort', leave, { once: true })
  })
}
