import type { Timer } from '#monitor/clock.ts'
import { repeat } from '#monitor/repeat.ts'

/** Where `tidemark serve` hears its walls. */
const WALLS_PATH = '/walls'
const BEAT_EVERY_MS = 30_000

type Options = {
  /** By what the server tells this wall from others. */
  name: string
  /** Whether the wall sees nothing now. */
  isBlind: () => boolean
  fetch: (url: string, init: RequestInit) => Promise<Response>
  timer: Timer
}

/**
 * Tells the server that this wall hangs and sees, at once and every half minute, until the returned function is called. A server that knows no
 * walls is asked no more; one that does not answer is asked again: that a beat is missing is what it hears.
 */
export function startBeating({ name, isBlind, fetch, timer }: Options): () => void {
  let stop: () => void = () => undefined
  const beat = async () => {
    const body = JSON.stringify({ name, isBlind: isBlind() })
    try {
      const { status } = await fetch(WALLS_PATH, { method: 'POST', body })
      if (status === 404 || status === 405) stop()
    } catch {
      // The server is away. It hears the next one.
    }
  }
  stop = repeat(timer, BEAT_EVERY_MS, () => void beat())
  void beat()
  return stop
}
