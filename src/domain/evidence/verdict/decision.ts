import type { VerdictReason, VerdictWord } from './verdict.ts'

/** What is known of a window before anything is tested. */
export type Groundwork = {
  /** Capacity errors of the window, and the share of them in bins that were not observed. */
  errors: number
  uncoveredShare: number
  /** Share of the bins of the window that were observed. */
  coverage: number
  /**
   * Of all observed bins: whether any is in the wall band, and whether one may have been between
   * two samples.
   */
  isEverAtLimit: boolean
  mayHaveCrossed: boolean
}

/** What the test and the effect say; all of active bins (evidence-methods §1.2–1.3). */
export type Findings = {
  /** Bins clearly above the limit in which attempts succeeded. */
  binsAboveWithSuccess: number
  bins: number
  binsAtLimit: number
  /** Share of the bins at the limit that are followed by another one. */
  followedShare: number
  pAtLimit: number
  p: number
  pLevel: number
  crossings: number
  /** AF. */
  attributable: number
  /** φ. */
  detectable: number | null
  /** Bins after which errors do follow, beyond the lags searched; null where at none. */
  laterBy: number | null
  /** The error share steps up before the wall is reached more than after. */
  areErrorsFirst: boolean
}

export type Decision = { word: VerdictWord; reason: VerdictReason }

type Rule<Known> = Decision & { holds: (known: Known) => boolean }

/** Share of the bins of a window that must be observed (rule 2). */
export const COVERAGE_NEEDED = 0.8
const UNCOVERED_ALLOWED = 0.2
/** Capacity errors below which nothing is tested (rule 3). */
export const ERRORS_NEEDED = 5
/** Active bins below which there is nothing to compare (rule 6). */
export const BINS_NEEDED = 40
/** p at or below this is called evidence. */
export const P_NEEDED = 0.05
const MOST = 0.5
const SOME = 0.1
/**
 * At a wall that refuses nearly all, a few successes above it may be a limit that was raised and
 * not told.
 */
const NEARLY_ALL = 0.9
const BINS_ABOVE = 3
const FOLLOWED_NEEDED = 0.67

const isUnclear = ({ p, attributable }: Findings) => p > P_NEEDED || attributable < MOST
const binsBelowNeeded = ({ bins }: Findings) => Math.max(10, 0.02 * bins)

/** Rules 1–4 of evidence-methods §1.4, in its order: what needs no test, and what forbids one. */
const RULES_BEFORE: readonly Rule<Groundwork>[] = [
  {
    word: 'not-capacity-bound',
    reason: 'no-errors',
    holds: ({ errors }) => errors === 0,
  },
  {
    word: 'cannot-tell',
    reason: 'coverage',
    holds: ({ coverage, uncoveredShare }) =>
      coverage < COVERAGE_NEEDED || uncoveredShare > UNCOVERED_ALLOWED,
  },
  {
    word: 'cannot-tell',
    reason: 'too-few-errors',
    holds: ({ errors }) => errors < ERRORS_NEEDED,
  },
  {
    word: 'not-capacity-bound',
    reason: 'never-at-limit',
    holds: ({ isEverAtLimit, mayHaveCrossed }) => !isEverAtLimit && !mayHaveCrossed,
  },
  {
    word: 'cannot-tell',
    reason: 'may-have-crossed',
    holds: ({ isEverAtLimit }) => !isEverAtLimit,
  },
]

/** Rules 5–13, in their order; where none holds there were too few crossings (14). */
const RULES: readonly Rule<Findings>[] = [
  {
    word: 'cannot-tell',
    reason: 'not-the-wall',
    holds: ({ binsAboveWithSuccess, pAtLimit }) =>
      binsAboveWithSuccess >= BINS_ABOVE && pAtLimit < NEARLY_ALL,
  },
  {
    word: 'cannot-tell',
    reason: 'nothing-to-compare',
    holds: (found) =>
      found.bins - found.binsAtLimit < binsBelowNeeded(found) ||
      found.binsAtLimit < 2 ||
      found.bins < BINS_NEEDED,
  },
  {
    word: 'cannot-tell',
    reason: 'later-than-searched',
    holds: (found) => isUnclear(found) && found.laterBy !== null,
  },
  {
    word: 'cannot-tell',
    reason: 'shorter-than-sampling',
    holds: (found) => isUnclear(found) && found.followedShare < FOLLOWED_NEEDED,
  },
  {
    word: 'cannot-tell',
    reason: 'errors-first',
    holds: ({ crossings, p, attributable, areErrorsFirst }) =>
      crossings <= 2 && p <= P_NEEDED && attributable >= SOME && areErrorsFirst,
  },
  {
    word: 'capacity-bound',
    reason: 'follows-the-limit',
    holds: ({ p, attributable }) => p <= P_NEEDED && attributable >= MOST,
  },
  {
    word: 'partly',
    reason: 'part-follows',
    holds: ({ p, attributable }) => p <= P_NEEDED && attributable >= SOME,
  },
  {
    word: 'not-capacity-bound',
    reason: 'elsewhere',
    holds: ({ attributable }) => attributable < SOME,
  },
  {
    word: 'not-capacity-bound',
    reason: 'would-have-shown',
    // Where the lags searched are as long as the cycle of the load, every shift fits and φ comes
    // out near 0 although nothing could be shown. AF ≤ φ holds otherwise, so a larger one gives
    // that case away.
    holds: ({ detectable, pLevel, attributable }) =>
      detectable !== null && detectable <= MOST && attributable < MOST && pLevel > P_NEEDED,
  },
]

const NOTHING_HOLDS: Decision = { word: 'cannot-tell', reason: 'too-few-crossings' }

/** What can be said without a test; null where a test is to be asked. */
export function decidedBefore(known: Groundwork): Decision | null {
  return firstOf(RULES_BEFORE, known)
}

/** What the test says: the first rule that holds. */
export function decide(found: Findings): Decision {
  return firstOf(RULES, found) ?? NOTHING_HOLDS
}

function firstOf<Known>(rules: readonly Rule<Known>[], known: Known): Decision | null {
  const rule = rules.find(({ holds }) => holds(known))
  return rule ? { word: rule.word, reason: rule.reason } : null
}

const NAMED_NEEDED = 5
const NAMED_SHARE = 0.5

/**
 * Whether the server itself says that a limit was the cause: at least five errors of grade A, and
 * half of all. That is no statistics and needs none.
 */
export const isNamedByServer = (named: number, errors: number) =>
  errors > 0 && named >= NAMED_NEEDED && named >= NAMED_SHARE * errors
