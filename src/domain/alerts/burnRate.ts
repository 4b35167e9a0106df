import { DAY_MS, type DurationMs } from '../units.ts'

/**
 * A pair of windows: the long one says that it matters, the short one that it goes on. Both must
 * speak.
 */
export type BurnTier = {
  longMs: DurationMs
  shortMs: DurationMs
  /** Share of the 30-day budget that is gone when a whole long window has burnt at this pace. */
  budgetUsed: number
  /** Fewer failures in the long window are no share of anything. */
  leastLong: number
  /** Where nobody counts attempts: so many in the short window, beside `leastLong` in the long one. */
  leastShort: number
}

/** What a budget is for. */
export const BUDGET_PERIOD_MS = (30 * DAY_MS) as DurationMs

/** How many times as fast as the budget allows: 14.4 for 2 % of 30 days within an hour (statistics §4.5). */
export const burnFactor = ({ budgetUsed, longMs }: Pick<BurnTier, 'budgetUsed' | 'longMs'>) =>
  (budgetUsed * BUDGET_PERIOD_MS) / longMs

/**
 * How fast the budget goes: 1 uses it up exactly by the end of the period. Null without attempts,
 * or where more failed than tried: then the two were not counted alike.
 */
export function burnRate({ errors, attempts }: WindowCount, budget: number): number | null {
  if (attempts === null || !(attempts > 0) || errors > attempts) return null
  return errors / (attempts * budget)
}

/** What a window holds; attempts are null where nobody counts them. */
export type WindowCount = { errors: number; attempts: number | null }

/** Below this share of what fires, the short window clears. */
const CLEAR_SHARE = 0.5

/**
 * What a pair of windows says. It fires where both burn faster than the tier allows and the long
 * window has failures enough; without attempts, where both have failures enough. It clears by the
 * short window, so that an alert does not outlive its cause by the length of the long one.
 */
export function tierSays(
  tier: BurnTier,
  budget: number,
  long: WindowCount,
  short: WindowCount,
): 'fire' | 'between' | 'clear' {
  const factor = burnFactor(tier)
  const [longBurn, shortBurn] = [burnRate(long, budget), burnRate(short, budget)]
  if (longBurn === null) {
    const isMany = long.errors >= tier.leastLong && short.errors >= tier.leastShort
    if (isMany) return 'fire'
    return short.errors < CLEAR_SHARE * tier.leastShort ? 'clear' : 'between'
  }
  if (long.errors >= tier.leastLong && longBurn > factor && (shortBurn ?? 0) > factor) return 'fire'
  return (shortBurn ?? 0) < CLEAR_SHARE * factor ? 'clear' : 'between'
}

/** Why a pair of windows cannot be used, in a sentence; null where it can. */
export function tierProblem({ longMs, shortMs, budgetUsed, leastLong, leastShort }: BurnTier) {
  if (!(shortMs >= 20_000 && Number.isFinite(longMs)))
    return 'The short window must be 20 s or longer.'
  if (!(longMs >= shortMs && longMs <= 100 * shortMs))
    return 'The long window must be as long as the short one, up to a hundred times.'
  if (longMs > BUDGET_PERIOD_MS) return 'No window may be longer than 30 days.'
  if (!(budgetUsed > 0 && budgetUsed <= 1)) return 'The budget used must be a share up to 1.'
  return leastLong >= 1 && leastShort >= 1 ? null : 'At least one failure is needed.'
}
