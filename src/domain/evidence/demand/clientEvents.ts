import type { EpochMs } from '../../units.ts'

/**
 * `opened`: an attempt was accepted. `refused`: an attempt failed, whatever the reason. `closed`:
 * what had been opened was given back.
 */
export const CLIENT_EVENT_KINDS = ['opened', 'refused', 'closed'] as const
export type ClientEventKind = (typeof CLIENT_EVENT_KINDS)[number]

/**
 * What one client, told apart from the others, did: the feed of an instrumented app, or the threads
 * of a load test. It is what retries and demands, holding times and storms are read from.
 */
export type ClientEvent = {
  /** When the attempt began, or when the connection was closed. */
  at: EpochMs
  kind: ClientEventKind
  /** Tells clients apart and says nothing else of them: no name, no address. */
  client: string
  /** How long the answer to the attempt took; 0 for `closed`. */
  tookMs: number
}

/**
 * Events of clients as columns, oldest first and each told once: hundreds of thousands of them are
 * handed to a worker in a few milliseconds, which as many objects are not.
 */
export type ClientEventColumns = {
  readonly timeMs: Float64Array
  /** Its place in `CLIENT_EVENT_KINDS`. */
  readonly kind: Uint8Array
  /** Which client, as a small number; the same number is the same client. */
  readonly client: Int32Array
  readonly tookMs: Float64Array
}

/**
 * Attempts of identified clients as columns, in the order of their starts. Survives
 * `structuredClone`.
 */
export type Attempts = {
  /** Which client, as a small number; the same number is the same client. */
  readonly client: Int32Array
  readonly startMs: Float64Array
  /** When it was answered. */
  readonly endMs: Float64Array
  /** 1 where the attempt failed. */
  readonly failed: Uint8Array
  /** When what was opened was given back; NaN where that was not seen, and for failed ones. */
  readonly releasedMs: Float64Array
}
