import { durationMs, type DurationMs, type EpochMs } from '#domain/units.ts'
import type { Clock, Timer } from './clock.ts'
import { createNeighbours } from './neighbours.ts'
import type { RateReading } from './rateReading.ts'

/** What Genesys Cloud documents for one token (facts §8.1), until it says otherwise. */
export const DOCUMENTED_PER_MINUTE = 300
/** Tidemark never takes more than this share of what is allowed: people and integrations need the rest. */
const OWN_SHARE = 0.5
const MOST_IN_FLIGHT = 5
/** The share of the minute's allowance that may go out at once after a quiet spell. */
const BURST_SHARE = 0.1
/** Use of the allowance, by everybody, from which Tidemark slows down, and from which it waits. */
const CROWDED_FROM = 0.6
const FULL_FROM = 0.85
const MINUTE_MS = 60_000
/** So much of the allowance is shared with those who usually use it; however much they use, Tidemark asks now and then. */
const SHARED_SHARE = 0.97
const LEAST_SHARE = 0.1
/** The seconds that are left of the server's minute are rounded up. */
const RESET_ROUNDING_MS = 1_000
/** How long a full allowance is waited for where the server does not say when it is new. */
const UNSAID_RESET_MS = 15_000
/** How long a reading of the allowance speaks for the present. */
const READING_HOLDS_MS = 60_000

/** Who may send now. One per organisation and door (API, feed). */
export type Budget = {
  /**
   * Waits for its turn, first come first served; gives the way to hand the place back when the reply
   * (or failure) is there. Rejects with the signal's reason when that aborts first.
   */
  acquire: (signal: AbortSignal) => Promise<() => void>
  /** How long a request asked for now would wait at least; 0 when it could go out. */
  waitMs: () => DurationMs
  /** What the organisation allows a minute, as somebody (a registry, a header) just said. Nonsense is ignored. */
  setAllowed: (perMinute: number) => void
  /** Reads how much of the allowance everybody together has used. */
  observe: (reading: RateReading) => void
  /**
   * A request was one too many: nothing goes out for as long as the server asks (a shorter wait never
   * cuts a longer one), and for ten minutes little enough that a neighbour with 80 % has room beside it.
   */
  refused: (forMs: number) => void
  /** Requests a minute Tidemark allows itself at present: at most half of what is allowed. */
  allowedPerMinute: () => number
  inFlight: () => number
}

type Waiting = { grant: () => void }

/**
 * Replies that come together tell nothing of how fast others ask: so far apart are the two that do. Our
 * own burst must never be taken for theirs, or the monitor would stop for the rest of the minute.
 */
const PACE_OVER_MS = 2_000

/**
 * A token bucket under a hard ceiling. The bucket (a tenth of the minute's allowance deep) evens out
 * bursts; the ceiling looks back one minute, so that no 60 seconds whatever hold more than half of
 * the allowed requests, wherever the server's own minute begins.
 *
 * Where reply headers show that all clients together come near the allowance, the refill slows down
 * from 60 % on and stops at 85 % until the server's minute is over: before the first 429, not after.
 * It waits as well where the count grows so fast that the next request would be one too many. What others use in
 * busy minutes is left to them in every minute: they may come at its end.
 */
export function createBudget({
  clock,
  timer,
  mostInFlight = MOST_IN_FLIGHT,
}: {
  clock: Clock
  timer: Timer
  mostInFlight?: number
}): Budget {
  let allowed = DOCUMENTED_PER_MINUTE
  let reading: { share: number; at: EpochMs } | null = null
  /** What others had used at a reading some seconds ago, and how fast that grew until then. */
  let pace: { others: number; at: EpochMs; perMs: number } | null = null
  const neighbours = createNeighbours()
  let heldUntil = -Infinity
  let lastAt: number = clock.now()
  let stock = burst()
  let inFlight = 0
  let cancelWake: (() => void) | null = null
  const queue: Waiting[] = []
  /** When the requests of the last minute went out, oldest first. */
  const sent: number[] = []

  /** May be a fraction: half of one request a minute is one in two minutes. */
  function ownPerMinute() {
    return allowed * OWN_SHARE
  }
  /** What those leave who are usually there. */
  function leftPerMinute(now: EpochMs) {
    return Math.max(allowed * LEAST_SHARE, allowed * SHARED_SHARE - neighbours.usual(now))
  }
  function mostPerMinute(now: EpochMs) {
    return Math.min(ownPerMinute(), leftPerMinute(now))
  }
  function burst() {
    return Math.max(1, Math.floor(mostPerMinute(clock.now()) * BURST_SHARE))
  }
  const windowMs = () => MINUTE_MS / Math.min(1, ownPerMinute())
  const mostPerWindow = (now: EpochMs) => Math.max(1, Math.floor(mostPerMinute(now)))

  function crowding(now: number): number {
    if (!reading || now - reading.at > READING_HOLDS_MS || now < reading.at) return 1
    return Math.min(1, Math.max(0.1, (FULL_FROM - reading.share) / (FULL_FROM - CROWDED_FROM)))
  }
  const perMinuteNow = (now: EpochMs) =>
    Math.min(ownPerMinute() * crowding(now), leftPerMinute(now))
  const refillPerMs = (now: EpochMs) => perMinuteNow(now) / MINUTE_MS

  /** Brings stock and window up to now. A clock that was set back shifts what was remembered. */
  function catchUp(): EpochMs {
    const now = clock.now()
    const backMs = Math.max(0, lastAt - now)
    if (backMs > 0) {
      for (let i = 0; i < sent.length; i++) sent[i] = sent[i]! - backMs
      heldUntil -= backMs
    }
    stock = Math.min(burst(), stock + Math.max(0, now - lastAt) * refillPerMs(now))
    lastAt = now
    while (sent.length > 0 && sent[0]! <= now - windowMs()) sent.shift()
    return now
  }

  /** Waiting for a reply to make a place is not counted: that ends by itself. */
  function waitAt(now: EpochMs): number {
    const forStock = stock >= 1 ? 0 : (1 - stock) / refillPerMs(now)
    const oldest = sent[sent.length - mostPerWindow(now)]
    const forWindow = oldest === undefined ? 0 : oldest + windowMs() - now
    return Math.ceil(Math.max(0, forStock, forWindow, heldUntil - now))
  }

  function release() {
    inFlight -= 1
    serve()
  }

  function serve() {
    cancelWake?.()
    cancelWake = null
    while (queue.length > 0 && inFlight < mostInFlight) {
      const now = catchUp()
      const wait = waitAt(now)
      if (wait > 0) {
        cancelWake = timer.after(wait, serve)
        return
      }
      stock -= 1
      sent.push(now)
      inFlight += 1
      queue.shift()!.grant()
    }
  }

  return {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const waiting = {
          grant() {
            signal.removeEventListener('abort', leave)
            let isOut = true
            resolve(() => {
              if (isOut) release()
              isOut = false
            })
          },
        }
        const leave = () => {
          const place = queue.indexOf(waiting)
          if (place >= 0) queue.splice(place, 1)
          serve()
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        queue.push(waiting)
        serve()
      }),
    waitMs: () => durationMs(waitAt(catchUp())),
    setAllowed(perMinute) {
      if (!Number.isFinite(perMinute) || perMinute <= 0 || perMinute === allowed) return
      catchUp()
      allowed = perMinute
      stock = Math.min(stock, burst())
      serve()
    },
    observe({ count, allowed: total, resetMs }) {
      if (count === null || total === null || total <= 0) return
      const now = catchUp()
      reading = { share: count / total, at: now }
      const minuteAt = now - MINUTE_MS + (resetMs === null ? 0 : resetMs - RESET_ROUNDING_MS)
      const own = sent.filter((at) => at >= minuteAt).length
      neighbours.heard(now, { count, allowed: total, own })
      const others = count - own
      if (!pace || now - pace.at >= PACE_OVER_MS || now < pace.at) {
        // Fewer than before: the server began a new minute meanwhile.
        const grown = pace && now > pace.at ? Math.max(0, others - pace.others) : 0
        pace = { others, at: now, perMs: pace && grown > 0 ? grown / (now - pace.at) : 0 }
      }
      const countThen = count + pace.perMs / refillPerMs(now)
      if (reading.share >= FULL_FROM || countThen >= total * SHARED_SHARE)
        heldUntil = Math.max(heldUntil, now + Math.min(resetMs ?? UNSAID_RESET_MS, MINUTE_MS))
    },
    refused(forMs) {
      const now = catchUp()
      neighbours.refusedUs(now, allowed)
      stock = Math.min(stock, burst())
      heldUntil = Math.max(heldUntil, now + forMs)
    },
    allowedPerMinute: () => Math.round(perMinuteNow(clock.now()) * 10) / 10,
    inFlight: () => inFlight,
  }
}
