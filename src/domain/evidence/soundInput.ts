import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import type { Iteration } from '../timeline/iterations.ts'
import { type EpochMs, epochMs } from '../units.ts'
import { attemptColumns } from './demand/attempts.ts'
import type { Attempts } from './demand/clientEvents.ts'
import type { EvidenceInput, WatchedRun } from './evidence.ts'
import { inOrder } from './sampling.ts'
import type { FailureColumns, WatchedSeries } from './watchedSeries.ts'

/**
 * No organisation counts so far: a larger number is a broken sample, and arithmetic with it has no
 * digits left.
 */
const MOST_COUNTED = 1e12
/** No organisation allows so little: shares of it would have no end. */
const LEAST_LIMIT = 1e-6
/** Beyond it an instant has no date (ECMA-262, time values). */
const LATEST_AT = 8.64e15

/**
 * The input as every part of the evidence may rely on it: columns oldest first and within the
 * window, nothing infinite, steps of limits in order, counts that can be counts. What is no such
 * thing is a gap, an unknown limit, or left out. A window that ends before it begins, or never, has
 * no length. Columns in order are views, not copies. O(n), O(n log n) where one has to be sorted.
 */
export function soundInput(given: EvidenceInput): EvidenceInput {
  const hasBegin = Math.abs(given.from) <= LATEST_AT
  const from = hasBegin ? given.from : epochMs(0)
  const to = hasBegin && given.to > from && given.to <= LATEST_AT ? given.to : from
  const watched = (one: WatchedSeries): WatchedSeries => ({
    ...one,
    series: within(sound(one.series), from, to),
    limits: soundLimits(one.limits),
  })
  return {
    ...given,
    from,
    to,
    subject: given.subject && watched(given.subject),
    rivals: given.rivals.map(watched),
    forecasts: given.forecasts.map(watched),
    capacity: soundFailures(given.capacity, from, to),
    clients: given.clients && soundAttempts(given.clients),
    attempts: given.attempts && within(sound(given.attempts), from, to),
    run: given.run && soundRun(given.run),
    guards: given.guards.map((guard) => ({
      ...guard,
      series: within(sound(guard.series), from, to),
      load: guard.load.map((series) => within(sound(series), from, to)),
    })),
    own: given.own > 0 && given.own <= MOST_COUNTED ? given.own : 0,
  }
}

/** The same series where it is sound already. */
function sound(given: Series): Series {
  const n = Math.min(given.timeMs.length, given.value.length)
  const { timeMs, value } = inOrder({
    timeMs: given.timeMs.subarray(0, n),
    value: given.value.subarray(0, n),
  })
  const isBroken = (one: number) => Math.abs(one) > MOST_COUNTED
  return value.some(isBroken)
    ? { timeMs, value: value.map((one) => (isBroken(one) ? Number.NaN : one)) }
    : { timeMs, value }
}

function soundFailures(given: FailureColumns, from: EpochMs, to: EpochMs): FailureColumns {
  const { timeMs, value: count } = within(
    sound({ timeMs: given.timeMs, value: given.count }),
    from,
    to,
  )
  const isSound = (one: number) => one > 0
  return count.every(isSound)
    ? { timeMs, count }
    : { timeMs: timeMs.filter((_, i) => isSound(count[i]!)), count: count.filter(isSound) }
}

function soundLimits(limits: LimitSteps): LimitSteps {
  const isLimit = (value: number | null) =>
    value === 0 || (value !== null && value >= LEAST_LIMIT && value <= MOST_COUNTED)
  return limits
    .filter(({ from }) => Number.isFinite(from))
    .map((step) => (isLimit(step.value) ? step : { ...step, value: null }))
    .sort((a, b) => a.from - b.from)
}

/** The same attempts where they are sound already. */
function soundAttempts(given: Attempts): Attempts {
  const { client, startMs, endMs, failed, releasedMs } = given
  const isSound = (at: number, i: number) =>
    at >= (i > 0 ? startMs[i - 1]! : -LATEST_AT) &&
    at <= LATEST_AT &&
    endMs[i]! >= at &&
    endMs[i]! <= LATEST_AT &&
    !(releasedMs[i]! < at || releasedMs[i]! > LATEST_AT)
  if (startMs.every(isSound)) return given
  return attemptColumns(
    Array.from(startMs, (at, i) => ({
      client: String(client[i]),
      startMs: Math.abs(at) <= LATEST_AT ? at : Number.NaN,
      endMs: endMs[i]!,
      failed: failed[i] !== 0,
      releasedMs: releasedMs[i]! <= LATEST_AT ? releasedMs[i]! : Number.NaN,
    })),
  )
}

/** An end before its beginning is not known. */
function soundRun({ iterations, series, clientSide }: WatchedRun): WatchedRun {
  const ended = ({ from, to }: Iteration) =>
    to !== null && to >= from && to <= LATEST_AT ? to : null
  return {
    iterations: iterations
      .filter(({ number, from }) => Number.isInteger(number) && Math.abs(from) <= LATEST_AT)
      .map((iteration) => ({ ...iteration, to: ended(iteration) }))
      .sort((a, b) => a.from - b.from),
    series: sound(series),
    clientSide: clientSide && sound(clientSide),
  }
}
