import type { ClockDrift } from '#domain/clock/clockDrift.ts'
import type { ClockOffset } from '#domain/clock/clockOffset.ts'
import { formatCount, formatDuration } from '#domain/format.ts'
import type { SourceClock } from '#domain/incident/incident.ts'
import { type DurationMs, durationMs, SECOND_MS } from '#domain/units.ts'
import type { ClockView } from '#monitor/review/reviewState.ts'

/** `−41.0 s`, `+12.5 s` */
export function secondsText(ms: DurationMs | number): string {
  const size = Math.abs(ms / SECOND_MS).toFixed(1)
  return `${ms < 0 ? '\u2212' : ms > 0 ? '+' : ''}${size}\u202fs`
}

/** Less than this two clocks may differ by themselves: nobody reads half seconds off a chart. */
const TOLERANCE_MS = SECOND_MS

/** Whether an offset is beyond what it may be off by itself. */
const isOff = ({ offsetMs, plusMinusMs }: { offsetMs: number; plusMinusMs: number }) =>
  Math.abs(offsetMs) > Math.max(plusMinusMs, TOLERANCE_MS)

/**
 * How far a clock is proposed to be moved; null where nothing can be said. What servers wrote in the
 * file itself comes before what two series have in common.
 */
export function proposalOf(view: ClockView | null): SourceClock | null {
  if (!view) return null
  const { headers, found, drift } = view
  if (headers && !isOff(headers)) return null
  if (headers)
    return {
      movedMs: headers.offsetMs,
      plusMinusMs: headers.plusMinusMs,
      how: 'dateHeaders',
      drift: null,
    }
  // A clock that drifts far may fit nowhere as a whole, and yet stretch by stretch.
  if (drift)
    return {
      movedMs: drift.movedMs,
      plusMinusMs: driftSureness(drift),
      how: 'correlation',
      drift: { ppm: drift.ppm, from: drift.from },
    }
  if (found?.kind !== 'aligned' || !isOff(found)) return null
  return {
    movedMs: found.offsetMs,
    plusMinusMs: found.plusMinusMs,
    how: 'correlation',
    drift: null,
  }
}

/** The wider of both: of the offset, and of what the drift may be off by at the end of the run. */
function driftSureness({ ppm, lowPpm, highPpm, endMovesMs, plusMinusMs }: ClockDrift): DurationMs {
  const atEndMs = Math.abs(endMovesMs / ppm) * ((highPpm - lowPpm) / 2)
  return durationMs(Math.round(Math.max(atEndMs, plusMinusMs)))
}

const sureness = (plusMinusMs: number) => `± ${formatDuration(Math.max(plusMinusMs, SECOND_MS))}`

const HOW: Readonly<Record<SourceClock['how'], string>> = {
  asItIs: '',
  byHand: 'by hand',
  correlation: 'by cross-correlation',
  dateHeaders: 'by the Date headers in it',
}

/** What stands beside the slider: what was done, else what is proposed, else why nothing is. */
export function clockSentence(clock: SourceClock, view: ClockView | null): string {
  if (clock.how !== 'asItIs') return movedWords(clock)
  if (!view) return 'Its clock is not compared yet.'
  const { against, found, drift, headers, failure } = view
  if (failure !== null) return `Its clock could not be compared: ${failure}.`
  if (headers)
    return isOff(headers)
      ? `Seems off by ${secondsText(headers.offsetMs)} (${sureness(headers.plusMinusMs)}) by the Date headers of ${formatCount(headers.entries)} replies; not moved yet.`
      : `Agrees with the servers’ Date headers in ${formatCount(headers.entries)} replies (${sureness(headers.plusMinusMs)}).`
  if (against === null)
    return 'As it is: there is nothing beside it that counts the same, so its clock cannot be compared.'
  if (!found) return `Comparing it with ${against} …`
  if (drift) return driftWords(drift, against)
  return found.kind === 'notAlignable'
    ? `Not alignable with ${against}: ${found.reason}.`
    : foundWords(found, against)
}

function movedWords({ movedMs, plusMinusMs, how, drift }: SourceClock): string {
  const direction = movedMs < 0 ? 'ahead, moved back' : 'behind, moved on'
  const size = secondsText(Math.abs(movedMs)).replace('+', '')
  const sure = plusMinusMs === null ? '' : `; ${sureness(plusMinusMs)}`
  const drifts = drift
    ? `, and runs ${Math.abs(Math.round(drift.ppm))} ppm ${drift.ppm > 0 ? 'fast' : 'slow'}`
    : ''
  return movedMs === 0
    ? drift
      ? `Right at its start${drifts}: moved by that${sure} ${HOW[how]}.`
      : `Left as it is${sure} ${HOW[how]}.`
    : `Was ${size} ${direction}${drifts}${sure} ${HOW[how]}.`
}

function driftWords({ ppm, movedMs, endMovesMs, stretches }: ClockDrift, against: string): string {
  const pace = `${formatCount(Math.abs(ppm))}\u202fppm ${ppm > 0 ? 'fast' : 'slow'}`
  return `Runs ${pace} beside ${against} (${formatCount(stretches)} stretches agree): it fits when moved by ${secondsText(movedMs)} at its start and ${secondsText(movedMs + endMovesMs)} at its end; not moved yet.`
}

function foundWords(found: Extract<ClockOffset, { kind: 'aligned' }>, against: string): string {
  const sure = `${sureness(found.plusMinusMs)}, match ${found.match.toFixed(2)}`
  return !isOff(found)
    ? `Fits ${against} as it is (${sure}).`
    : `Fits ${against} best when moved by ${secondsText(found.offsetMs)} (${sure}); not moved yet.`
}
