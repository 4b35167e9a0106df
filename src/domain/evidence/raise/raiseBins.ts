import type { Series } from '../../series/series.ts'
import { SECOND_MS } from '../../units.ts'
import { type BinGrid, countsPerBin } from '../countsPerBin.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { demandsOf } from '../demand/demands.ts'
import { inOrder, typicalIntervalMs } from '../sampling.ts'
import type { FailureColumns } from '../watchedSeries.ts'
import type { InForce, Raise } from './newestRaise.ts'

/** No window has more bins (evidence-methods §1.1). */
const MOST_BINS = 14_400
/**
 * So many attempts around a bin tell its load to a fifth; with two in it, chance would do the
 * matching.
 */
const ATTEMPTS_WANTED = 20
/** With fewer than these the load is not told at all. */
const ATTEMPTS_NEEDED = 10
/**
 * The surroundings of a bin are at most this share of the shorter side, so that there remain loads
 * to tell apart.
 */
const MOST_SURROUNDINGS = 1 / 20
/** Clients whose attempts are a smaller share of all are a sample: their demand is not the load. */
const CLIENTS_COVER = 0.8

/** Bins of one side in which something was attempted, oldest first. */
export type SideBins = {
  /** Attempts (or first attempts) per bin, averaged over its surroundings. */
  load: Float64Array
  attempts: Float64Array
  errors: Float64Array
  /** Errors of the whole side, those outside these bins too. */
  allErrors: number
}

export type RaiseBins = {
  before: SideBins
  after: SideBins
  binMs: number
  matchedOn: 'demand' | 'attempts'
  /** Whether attempts are so rare that the load around a bin is a matter of chance. */
  isThin: boolean
}

type Known = { capacity: FailureColumns; attempts: Series | null; clients: Attempts | null }

/** The same, in order and without what is empty. */
type Columns = {
  counted: Series | null
  made: ArrayLike<number>
  firsts: ArrayLike<number>
  failed: FailureColumns
}

/** Every bin of one side; NaN where attempts were not counted. */
type WholeSide = { attempts: Float64Array; demand: Float64Array; errors: Float64Array }

/**
 * Load, attempts and refusals around a raise, in bins that begin or end with it, so that none knows
 * both limits. Null where nobody counted attempts.
 *
 * Bins are as long as attempts are sampled, at least 1 s. One in which attempts were not counted,
 * or none was made, is left out: idle time is no evidence. The load of a bin is the mean over its
 * surroundings on the same side, wide enough for 20 attempts: matched by the two or three attempts
 * of a single second, a side under half the load looks like its equal with luck, and "worked" is
 * called in 35–60 % of raises that changed nothing (simulated).
 *
 * Without a count the identified clients' attempts are all there are; with one, their first
 * attempts are the load if they make up most of it. O(n) over all columns.
 */
export function raiseBins(raise: Raise, { capacity, attempts, clients }: Known): RaiseBins | null {
  const counted = attempts && attempts.timeMs.length > 0 ? inOrder(attempts) : null
  const made = clients?.startMs ?? []
  if (!counted && made.length === 0) return null
  const firsts = clients ? firstAttempts(clients) : []
  const { before, after } = raise
  const binMs = Math.max(
    Math.round((counted && typicalIntervalMs(counted.timeMs)) ?? 0),
    Math.ceil((after.to - before.from) / MOST_BINS / SECOND_MS) * SECOND_MS,
  )
  const columns = { counted, made, firsts, failed: capacity }
  // Whole bins only: a piece of one would look like a lull.
  const bins = ({ from, to }: InForce) => Math.floor((to - from) / binMs)
  const gridBefore = { startMs: before.to - bins(before) * binMs, binMs, bins: bins(before) }
  const gridAfter = { startMs: after.from, binMs, bins: bins(after) }
  const was = wholeSide(columns, gridBefore)
  const is = wholeSide(columns, gridAfter)
  const doCover =
    isMostOf(eventsPerBin(made, null, gridBefore), was.attempts) &&
    isMostOf(eventsPerBin(made, null, gridAfter), is.attempts)
  const perBin = meanOf(doCover ? was.demand : was.attempts)
  const most = Math.floor(Math.min(bins(before), bins(after)) * MOST_SURROUNDINGS)
  const wanted = Math.ceil((ATTEMPTS_WANTED / perBin - 1) / 2)
  const reach = Math.max(0, Math.min(wanted, Math.floor((most - 1) / 2)))
  const side = (whole: WholeSide, { from, to }: InForce): SideBins => ({
    ...activeBins(whole, doCover ? whole.demand : whole.attempts, reach),
    allErrors: eventsPerBin(capacity.timeMs, capacity.count, {
      startMs: from,
      binMs: to - from,
      bins: 1,
    })[0]!,
  })
  return {
    before: side(was, before),
    after: side(is, after),
    binMs,
    matchedOn: doCover ? 'demand' : 'attempts',
    isThin: !(perBin * (2 * reach + 1) >= ATTEMPTS_NEEDED),
  }
}

function wholeSide({ counted, made, firsts, failed }: Columns, grid: BinGrid): WholeSide {
  const errors = eventsPerBin(failed.timeMs, failed.count, grid)
  const tried = counted ? countsPerBin(counted, grid) : eventsPerBin(made, null, grid)
  return {
    // Two counters may disagree by a moment: what failed was attempted. NaN, not counted, stays
    // NaN.
    attempts: tried.map((count, bin) => Math.max(count, errors[bin]!)),
    demand: eventsPerBin(firsts, null, grid),
    errors,
  }
}

function activeBins({ attempts, errors }: WholeSide, demand: Float64Array, reach: number) {
  const isActive = (_: number, bin: number) => attempts[bin]! > 0
  return {
    load: surroundingMeans(demand, attempts, reach).filter(isActive),
    attempts: attempts.filter(isActive),
    errors: errors.filter(isActive),
  }
}

/** The mean of each bin and up to `reach` known ones on either side of it, by running sums. */
function surroundingMeans(column: Float64Array, known: Float64Array, reach: number): Float64Array {
  const sums = new Float64Array(column.length + 1)
  const counts = new Float64Array(column.length + 1)
  for (let i = 0; i < column.length; i++) {
    const isKnown = !Number.isNaN(known[i])
    sums[i + 1] = sums[i]! + (isKnown ? column[i]! : 0)
    counts[i + 1] = counts[i]! + (isKnown ? 1 : 0)
  }
  return column.map((_, i) => {
    const first = Math.max(0, i - reach)
    const end = Math.min(column.length, i + reach + 1)
    return (sums[end]! - sums[first]!) / (counts[end]! - counts[first]!)
  })
}

/** Whether the identified clients make up most of the attempts of a side. */
function isMostOf(made: Float64Array, attempts: Float64Array): boolean {
  let known = 0
  let all = 0
  for (let i = 0; i < made.length; i++) {
    known += made[i]!
    all += attempts[i] || 0
  }
  return known > 0 && known >= CLIENTS_COVER * all
}

/** The starts of the attempts that are no retry of another (evidence-methods §7). */
function firstAttempts(clients: Attempts): Float64Array {
  const { ofAttempt } = demandsOf(clients)
  let newest = -1
  return clients.startMs.filter((_, i) => {
    const isFirst = ofAttempt[i]! > newest
    if (isFirst) newest = ofAttempt[i]!
    return isFirst
  })
}

/** How many of the events at these times (each `count` of them, else one) lie in each bin. */
function eventsPerBin(
  at: ArrayLike<number>,
  count: ArrayLike<number> | null,
  { startMs, binMs, bins }: BinGrid,
): Float64Array {
  const column = new Float64Array(bins)
  for (let i = 0; i < at.length; i++) {
    const bin = Math.floor((at[i]! - startMs) / binMs)
    const equal = count ? count[i]! : 1
    if (bin >= 0 && bin < bins && equal > 0 && equal < Infinity) column[bin]! += equal
  }
  return column
}

/** The mean of what is known; 0 where nothing is. */
function meanOf(column: Float64Array): number {
  const known = column.filter((value) => !Number.isNaN(value))
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : 0
}
