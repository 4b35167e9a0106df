import { durationMs, type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { ClockCheck } from './orgFacts.ts'

/** The `Date` header has whole seconds, cut off: the server's clock then stood half a second later on average. */
const HALF_SECOND_MS = 500
/** A better comparison is kept this long before a worse one replaces it: clocks drift. */
const KEPT_MS = 10 * MINUTE_MS

/**
 * Compares the clock here with the organisation's, from the `Date` of its replies. The reply was
 * written at some time between sending and receiving; half-way is the best guess and half the round
 * trip its error. The comparison with the smallest error of the last ten minutes holds; one that
 * contradicts it (a clock was set) replaces it at once.
 */
export function createClockCheck() {
  let best: ClockCheck = { kind: 'unchecked' }

  return {
    /** Reads one reply. `date` is null where the page may not see the header. */
    observe(sentAt: EpochMs, receivedAt: EpochMs, date: string | null) {
      const serverAt = date === null ? NaN : Date.parse(date)
      const roundTripMs = receivedAt - sentAt
      if (Number.isNaN(serverAt) || roundTripMs < 0) return
      const found = {
        kind: 'checked',
        offsetMs: durationMs(Math.round(serverAt + HALF_SECOND_MS - (sentAt + receivedAt) / 2)),
        errorMs: durationMs(Math.ceil(roundTripMs / 2 + HALF_SECOND_MS)),
        at: receivedAt,
      } as const
      if (isBetter(found, best)) best = found
    },
    /** Takes over what another tab of this machine has measured. */
    adopt(measured: ClockCheck) {
      best = measured
    },
    /** The clock here was set: what was measured before says nothing now. */
    forget() {
      best = { kind: 'unchecked' }
    },
    current: (): ClockCheck => best,
    /** What to add to the clock here; 0 while nothing is known. */
    offsetMs: () => (best.kind === 'checked' ? best.offsetMs : durationMs(0)),
  }
}

type Checked = Extract<ClockCheck, { kind: 'checked' }>

function isBetter(found: Checked, best: ClockCheck): boolean {
  if (best.kind === 'unchecked' || found.errorMs <= best.errorMs) return true
  const isOld = found.at - best.at > KEPT_MS
  const isContradicted = Math.abs(found.offsetMs - best.offsetMs) > found.errorMs + best.errorMs
  return isOld || isContradicted
}

export type OrgClockCheck = ReturnType<typeof createClockCheck>
