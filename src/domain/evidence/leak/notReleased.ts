import { lowerBound, upperBound } from '../../series/lowerBound.ts'
import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import { median } from '../../stats/quantile.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { type EpochMs, epochMs } from '../../units.ts'
import { typicalIntervalMs } from '../sampling.ts'
import { foundIterations } from './foundIterations.ts'
import { type Closing, type DecayShape, decayOf } from './notReleasedDecay.ts'
import { type Excess, excessOf } from './notReleasedExcess.ts'

/**
 * What the organisation still counts and the clients no longer hold: the organisation's count minus
 * what the clients have open, above what it was before the first iteration.
 */
export type NotReleased = {
  /** Newest excess over the baseline, in connections. */
  now: number
  at: EpochMs
  /**
   * What lay between the two counts before anything was tested: other users of the organisation.
   */
  baseline: number
  /** Largest excess of the window. */
  peak: number
  /**
   * Excess added per iteration, where there are iterations: the newest 16 in which clients closed
   * something, empty where nothing is held.
   */
  perIteration: readonly { iteration: number; added: number; at: EpochMs }[]
  /**
   * Time after which what was not released is given back by the server, fitted from the decay; null
   * where nothing decays.
   */
  idleTimeoutMs: Interval | null
  /** Why there is no time-out, in a word. */
  reason: 'fitted' | 'nothing-held' | 'no-decay' | 'too-few-samples'
  /**
   * Whether what is given back goes one time-out after it was closed, or at any time with the
   * time-out as the mean.
   */
  decay?: Exclude<DecayShape, 'never'>
  /** Connections of Tidemark's own that were taken off. */
  own: number
}

/** Fewer samples since the first closing show no decay. */
const FEWEST_SAMPLES = 30
/**
 * An excess that never exceeds this, in connections and as a share of the organisation's highest
 * count, is none.
 */
const LEAST_HELD = 3
const LEAST_HELD_SHARE = 0.01
/** Samples whose median stands for a moment. */
const MOMENT = 9
/** More samples than these are reduced to the medians of as many blocks before the fit. */
const MOST_FITTED = 400
/**
 * Only so many of the newest iterations are fitted, above what was held before them: the work grows
 * with their square.
 */
const MOST_CLOSINGS = 16
/** Clients that close less than this share of what they had open have not closed. */
const LEAST_CLOSED_SHARE = 0.2
/** Clients have begun to close where this share of their highest count is gone. */
const CLOSING_FROM = 0.02

export type NotReleasedInput = {
  organisation: Series
  clientSide: Series
  /** Oldest first; where there are none they are looked for in the client side. */
  iterations: readonly Iteration[]
  /** Connections of Tidemark's own within the organisation's count. */
  own: number
  to: EpochMs
}

/**
 * The ledger of what was not released, with the time after which the server gives it back by
 * itself. In connections; null where the two counts were never known at the same time.
 *
 * The baseline is the middle difference before the first iteration, or else at its very beginning,
 * or without any iterations the first samples. What other users of the organisation open meanwhile
 * is in the excess too. About 20 ms for an hour of eight iterations.
 */
export function notReleasedOf(input: NotReleasedInput): NotReleased | null {
  const { organisation, clientSide, own, to } = input
  const known = upTo(excessOf(organisation, clientSide, own), to)
  const n = known.timeMs.length
  if (n === 0) return null
  const marked = input.iterations.filter(({ from }) => from <= to)
  const iterations = marked.length > 0 ? marked : foundIterations(clientSide)
  const baseline = baselineOf(known, iterations[0]?.from ?? null)
  const above = known.excess.map((value) => value - baseline)
  const quiet = above.filter((_, i) => known.isQuiet[i] === 1)
  const seen = quiet.length > 0 ? quiet : above
  const peak = highestMoment(seen)
  const now = median(seen.subarray(-MOMENT))!
  const at = epochMs(known.timeMs[n - 1]!)
  const ledger = { now, at, baseline, peak, perIteration: [], idleTimeoutMs: null, own }
  const highest = known.excess.reduce((most, one, i) => Math.max(most, one + known.clients[i]!), 0)
  if (peak < Math.max(LEAST_HELD, LEAST_HELD_SHARE * highest))
    return { ...ledger, reason: 'nothing-held' }
  const newest = iterations.slice(-MOST_CLOSINGS)
  const isCut = newest.length < iterations.length
  const reduced = reducedTo(
    MOST_FITTED,
    since({ ...known, excess: above }, isCut ? newest[0]!.from : null),
  )
  const drains = drainsOf(reduced, newest)
  if (n - lowerBound(known.timeMs, drains[0]?.at ?? Infinity) < FEWEST_SAMPLES)
    return { ...ledger, reason: 'too-few-samples' }
  const closings = drains.map(({ closing }) => closing)
  const { shape, timeoutMs, held } = decayOf(
    reduced,
    closings,
    typicalIntervalMs(reduced.timeMs) ?? Infinity,
  )
  const perIteration = drains.flatMap((drain, i) =>
    drain.iteration === null ? [] : [{ iteration: drain.iteration, added: held[i]!, at: drain.at }],
  )
  if (shape === 'never') return { ...ledger, perIteration, reason: 'no-decay' }
  return { ...ledger, perIteration, idleTimeoutMs: timeoutMs, reason: 'fitted', decay: shape }
}

function upTo({ timeMs, clients, excess, isQuiet }: Excess, to: EpochMs): Excess {
  const n = upperBound(timeMs, to)
  return {
    timeMs: timeMs.subarray(0, n),
    clients: clients.subarray(0, n),
    excess: excess.subarray(0, n),
    isQuiet: isQuiet.subarray(0, n),
  }
}

/** The samples from an instant on, above what was held then; all of them for null. */
function since({ timeMs, clients, excess, isQuiet }: Excess, from: EpochMs | null): Excess {
  const start = from === null ? 0 : lowerBound(timeMs, from)
  const before = start === 0 ? 0 : median(excess.subarray(Math.max(0, start - MOMENT), start))!
  return {
    timeMs: timeMs.subarray(start),
    clients: clients.subarray(start),
    excess: excess.subarray(start).map((value) => value - before),
    isQuiet: isQuiet.subarray(start),
  }
}

/**
 * The middle difference before anything was tested, or of the first moment of rest in which it was.
 */
function baselineOf({ timeMs, excess, isQuiet }: Excess, firstAt: EpochMs | null): number {
  const start = firstAt === null ? 0 : lowerBound(timeMs, firstAt)
  if (start >= 3) return median(excess.subarray(0, start))!
  const quiet = excess.filter((_, i) => i >= start && isQuiet[i] === 1)
  return median(quiet.length > 0 ? quiet.subarray(0, MOMENT) : excess)!
}

/**
 * The highest of the medians of so many samples in a row as make a moment, counted back from the
 * newest.
 */
function highestMoment(values: Float64Array): number {
  let most = median(values.subarray(-MOMENT))!
  for (let end = values.length - MOMENT; end >= MOMENT; end -= MOMENT)
    most = Math.max(most, median(values.subarray(end - MOMENT, end))!)
  return most
}

/**
 * The medians of at most so many blocks of equally many samples; the newest remainder is a block of
 * its own.
 */
function reducedTo(most: number, known: Excess): Excess {
  const size = Math.ceil(known.timeMs.length / most)
  if (size <= 1) return known
  const starts = Array.from({ length: Math.ceil(known.timeMs.length / size) }, (_, j) => j * size)
  const middles = (column: Float64Array) =>
    Float64Array.from(starts, (start) => median(column.subarray(start, start + size))!)
  return {
    timeMs: middles(known.timeMs),
    clients: middles(known.clients),
    excess: middles(known.excess),
    isQuiet: Uint8Array.from(starts, (start) =>
      known.isQuiet.subarray(start, start + size).every((one) => one === 1) ? 1 : 0,
    ),
  }
}

/** When and how the clients closed what they had open for one iteration. */
type Drain = { iteration: number | null; at: EpochMs; closing: Closing }

/**
 * One per iteration in which the clients closed something; one for everything where there are no
 * iterations.
 */
function drainsOf({ timeMs, clients }: Excess, iterations: readonly Iteration[]): Drain[] {
  const starts = iterations.map(({ from }) => lowerBound(timeMs, from))
  const stretches =
    iterations.length === 0
      ? [{ iteration: null, start: 0, end: timeMs.length }]
      : iterations.map(({ number }, i) => ({
          iteration: number,
          start: starts[i]!,
          end: starts[i + 1] ?? timeMs.length,
        }))
  return stretches.flatMap(({ iteration, start, end }) => {
    const closing = closingWithin(clients, start, end)
    const begun = closing.findIndex((share) => share > CLOSING_FROM)
    return begun < 0 ? [] : [{ iteration, at: epochMs(timeMs[begun]!), closing }]
  })
}

/**
 * How far the highest count within samples [start, end) has been closed; all 0 where it hardly
 * fell.
 */
function closingWithin(clients: Float64Array, start: number, end: number): Closing {
  const closing = new Float64Array(clients.length)
  let top = start
  for (let i = start; i < end; i++) if (clients[i]! >= clients[top]!) top = i
  const most = clients[top] ?? 0
  let lowest = most
  for (let i = top; i < end; i++) {
    lowest = Math.min(lowest, clients[i]!)
    closing[i] = most - lowest
  }
  const closed = most - lowest
  if (closed < Math.max(LEAST_HELD, LEAST_CLOSED_SHARE * most)) return closing.fill(0)
  closing.fill(closed, Math.max(top, end))
  return closing.map((value) => value / closed)
}
