import { BURSTS_WANTED } from '../evidence/raise/beforeAfter.ts'
import { BLOCKS, T_BLOCKS } from '../evidence/raise/refusedShares.ts'
import type { Span } from '../incident/incident.ts'
import { designEffect } from '../stats/designEffect.ts'
import { newcombeDifference } from '../stats/proportions.ts'
import { quantile } from '../stats/quantile.ts'
import { type ComparableLoad, loadWithin } from './comparableLoad.ts'

/** Whether two windows hold enough to be compared, and what more it would take. */
export type ComparableSample = {
  attemptsBefore: number
  attemptsAfter: number
  refusedBefore: number
  refusedAfter: number
  /** Refusals before, had they come one by one: 60 in one burst are about one. */
  burstsBefore: number
  /** Attempts that the window after must hold if none of them is refused; null: nothing was refused before. */
  attemptsNeeded: number | null
  /** Share of each side whose load (attempts per step) the other side had, too, 0–1. */
  alikeBefore: number
  alikeAfter: number
  /** What is missing first; null: enough. `bursts`: enough only if refusals followed the limit. */
  lacks: 'counts' | 'refusals' | 'load' | 'attempts' | 'bursts' | null
}

/** Less of a side than this, in time or in refusals, is not that side. */
const LEAST_ALIKE = 0.5
/** A lull and a peak of a few steps are no part of the load that a side mostly had. */
const TAIL = 0.05
/** With fewer attempts on a side one load is not told from another (`raiseBins`: ten around a bin of a twentieth). */
const LEAST_ATTEMPTS = 200
/** Nobody waits for more. */
const MOST_ATTEMPTS = 1e9

/**
 * What a certificate of two windows could rest on. The number of attempts is the smallest with which
 * Newcombe's interval, on effective counts as `refusedShares` uses it, shows that none refused after is
 * fewer than before, and at least as many as tell loads apart. An estimate from steps: the certificate itself counts in finer bins. O(steps).
 */
export function comparableSample(
  load: ComparableLoad,
  before: Span,
  after: Span,
): ComparableSample {
  const one = loadWithin(load, before)
  const other = loadWithin(load, after)
  const was = { attempts: knownSum(one.attempts), refused: knownSum(one.refused) }
  const is = { attempts: knownSum(other.attempts), refused: knownSum(other.refused) }
  const effect = designEffect(one.refused, one.attempts, BLOCKS)
  const burstsBefore = was.refused / effect
  const attemptsNeeded = attemptsWanted(burstsBefore, was.attempts / effect)
  const alike = alikeLoad(one, other)
  const sample = {
    attemptsBefore: was.attempts,
    attemptsAfter: is.attempts,
    refusedBefore: was.refused,
    refusedAfter: is.refused,
    burstsBefore,
    attemptsNeeded,
    alikeBefore: alike.before,
    alikeAfter: alike.after,
  }
  return { ...sample, lacks: lackOf(sample, alike.refused) }
}

function lackOf(
  sample: Omit<ComparableSample, 'lacks'>,
  refusedAlike: number,
): ComparableSample['lacks'] {
  const { attemptsBefore, attemptsAfter, refusedBefore, burstsBefore, attemptsNeeded } = sample
  if (!(attemptsBefore > 0 && attemptsAfter > 0)) return 'counts'
  if (!(refusedBefore > 0)) return 'refusals'
  if (attemptsNeeded === null || attemptsAfter < attemptsNeeded) return 'attempts'
  if (Math.min(sample.alikeBefore, sample.alikeAfter, refusedAlike) < LEAST_ALIKE) return 'load'
  return burstsBefore < BURSTS_WANTED ? 'bursts' : null
}

/** The smallest number of attempts, none refused, that is shown to be fewer than `refused` of `attempts`. */
function attemptsWanted(refused: number, attempts: number): number | null {
  if (!(refused > 0 && attempts > 0)) return null
  const isEnough = (count: number) =>
    (newcombeDifference(0, count, Math.min(refused, attempts), attempts, T_BLOCKS)?.high ?? 1) < 0
  let enough = 1
  while (!isEnough(enough) && enough < MOST_ATTEMPTS) enough *= 2
  if (!isEnough(enough)) return null
  let tooFew = Math.floor(enough / 2)
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2)
    if (isEnough(middle)) enough = middle
    else tooFew = middle
  }
  return Math.max(LEAST_ATTEMPTS, enough)
}

/**
 * Which share of each side's steps with attempts lies in the load that both mostly had, and which share
 * of the refusals before came at a load that was seen again.
 */
function alikeLoad(before: ComparableLoad, after: ComparableLoad) {
  const isActive = (count: number) => count > 0
  const [was, is] = [before.attempts.filter(isActive), after.attempts.filter(isActive)]
  const low = Math.max(quantile(was, TAIL) ?? 0, quantile(is, TAIL) ?? 0)
  const high = Math.min(quantile(was, 1 - TAIL) ?? 0, quantile(is, 1 - TAIL) ?? 0)
  const isAlike = (count: number) => count >= low && count <= high
  const shareOf = (column: Float64Array) =>
    column.length > 0 ? column.filter(isAlike).length / column.length : 0
  const highest = quantile(is, 1) ?? 0
  const reached = before.refused.filter((_, i) => before.attempts[i]! <= highest)
  const refused = knownSum(before.refused)
  return {
    before: shareOf(was),
    after: shareOf(is),
    refused: refused > 0 ? knownSum(reached) / refused : 1,
  }
}

const knownSum = (column: Float64Array) =>
  column.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
