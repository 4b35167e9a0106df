import type { Clock, Timer } from '#monitor/clock.ts'
import type { EventLog } from './eventLog.ts'
import type { SecretBook } from './secretBook.ts'

/** Everything of a recorder that reaches outside, but for its disk and its port. */
export type RecorderMachine = {
  clock: Clock
  timer: Timer
  fetch: (url: string, init?: RequestInit) => Promise<Response>
  /** Numbers in [0, 1). */
  random: () => number
  log: EventLog
  secrets: SecretBook
}
