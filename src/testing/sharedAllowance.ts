import { type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { Timer } from '#monitor/clock.ts'

/** What others send: so many requests, evenly over so long. */
export type Burst = { requests: number; lengthMs: number; pauseMs: number }

type Refusal = { at: EpochMs; who: 'monitor' | 'neighbour' }

/**
 * An API whose allowance a minute the monitor shares with a neighbour, counted by minutes of its own. It
 * answers a number after 80 ms, tells in its headers how far the minute is used up, and refuses what is too much.
 */
export function createSharedAllowance(allowed: number, timer: Timer, now: () => EpochMs) {
  const LATENCY_MS = 80
  const refused: Refusal[] = []
  const own: EpochMs[] = []
  let minute = -1
  let count = 0

  function arrives(who: Refusal['who']): boolean {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) count = 0
    minute = current
    if (count >= allowed) {
      refused.push({ at: now(), who })
      return false
    }
    count += 1
    return true
  }

  function answer(): Response {
    own.push(now())
    const isLet = arrives('monitor')
    const resetSec = Math.ceil((MINUTE_MS - (now() % MINUTE_MS)) / 1000)
    const headers = {
      'inin-ratelimit-count': String(count),
      'inin-ratelimit-allowed': String(allowed),
      'inin-ratelimit-reset': String(resetSec),
    }
    return isLet
      ? new Response('7', { headers })
      : new Response('no', { status: 429, headers: { ...headers, 'Retry-After': `${resetSec}` } })
  }

  return {
    fetch: (): Promise<Response> =>
      new Promise((resolve) => {
        timer.after(LATENCY_MS / 2, () => {
          const response = answer()
          timer.after(LATENCY_MS / 2, () => resolve(response))
        })
      }),
    /** The neighbour begins, and goes on for ever. */
    startNeighbour(next: () => Burst) {
      function burst() {
        const { requests, lengthMs, pauseMs } = next()
        for (let i = 0; i < requests; i++)
          timer.after((lengthMs * i) / requests, () => void arrives('neighbour'))
        timer.after(lengthMs + pauseMs, burst)
      }
      burst()
    },
    refused,
    /** When the monitor's requests arrived. */
    own,
  }
}
