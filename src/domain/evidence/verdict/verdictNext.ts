import { formatClock, formatCount, formatDuration } from '../../format.ts'
import { MINUTE_MS } from '../../units.ts'
import type { EvidenceReport } from '../evidence.ts'
import { leakWords } from '../leak/leakWords.ts'
import { BINS_NEEDED, COVERAGE_NEEDED } from './decision.ts'
import { countOfOthers, othersAdvice } from './otherFailures.ts'
import type { VerdictReason } from './verdict.ts'
import { binsText, levelText, shareText } from './verdictText.ts'

/** What to do next, tied to what was found. */
export function verdictNext(report: EvidenceReport, zone: string): string {
  switch (report.verdict.word) {
    case 'capacity-bound':
    case 'partly':
      return (
        closing(report, zone) ??
        keeping(report, zone) ??
        backingOff(report) ??
        reusing(report) ??
        raising(report)
      )
    case 'not-capacity-bound':
      return lookingElsewhere(report, zone)
    case 'cannot-tell':
      return mostlyOthers(report) ?? UNTIL_KNOWN[report.verdict.reason](report)
  }
}

/** Connections that are not given back come first: a higher limit would only be reached later. */
function closing({ leak, verdict, raise }: EvidenceReport, zone: string): string | null {
  if (leak?.word !== 'leak') return null
  const words = leakWords(leak, raise?.newLimit ?? verdict.limit, zone)
  if (!words) return null
  const found = words.sentence.charAt(0).toLowerCase() + words.sentence.slice(1)
  return `Close connections at the end of each iteration: ${found}`
}

/** The limit was raised, and that took the refusals away. */
function keeping({ raise }: EvidenceReport, zone: string): string | null {
  if (raise?.word !== 'worked') return null
  const { newLimit, at, before, after } = raise
  const removed = before !== null && after !== null && before > 0 ? 1 - after / before : null
  const by =
    removed === null ? '' : `, which removed ${shareText(removed)} of refusals at equal load`
  return `Keep the limit of ${levelText(newLimit)}, in force since ${formatClock(at, zone, 'minutes')}${by}.`
}

function backingOff({ storm }: EvidenceReport): string | null {
  if (storm?.word !== 'storm') return null
  const study = storm.backoff.find(({ policy }) => policy === 'fullJitter')
  const gain = study ? `, which would have made ${formatCount(study.attempts)} of them` : ''
  return `Let refused clients back off with growing, random pauses: ${formatCount(storm.demands)} demands became ${formatCount(storm.attempts)} attempts${gain}.`
}

/** Limits of one user, app or token are fixed: what helps is to need fewer connections. */
function reusing({ subject, verdict }: EvidenceReport): string | null {
  if (subject?.scope !== 'userApp' && subject?.scope !== 'token') return null
  const whose = subject.scope === 'token' ? 'token' : 'user and app'
  const limit = verdict.limit === null ? '' : ` of ${levelText(verdict.limit)}`
  return `Reuse connections: the limit${limit} holds for each ${whose}, and one connection can serve many topics.`
}

function raising({ enough, verdict }: EvidenceReport): string {
  const { limit } = verdict
  const from = limit === null ? 'Raise the limit' : `Raise the limit of ${levelText(limit)}`
  const or = 'or hold fewer connections at once'
  if (enough?.kind === 'answer' && enough.replay.value > (limit ?? 0)) {
    const { value, low, high } = enough.replay
    const range = low < high ? ` (${levelText(low)} to ${levelText(high)})` : ''
    return `${from}, ${or}: about ${levelText(value)}${range} would have been enough for ${shareText(1 - enough.target)} of the demands.`
  }
  if (enough?.kind === 'refused' && enough.atLeast !== null && enough.atLeast > (limit ?? 0))
    return `${from}, ${or}: at least ${levelText(enough.atLeast)} would have been needed.`
  return `${from}, ${or}, and test again: fewer refusals at equal load would prove it.`
}

function lookingElsewhere(report: EvidenceReport, zone: string): string {
  const { verdict, profile } = report
  if (verdict.errors === 0) {
    return (
      (manyOthers(report) ? othersAdvice(profile) : null) ??
      closing(report, zone) ??
      'Nothing to do: go on watching.'
    )
  }
  const rival = otherLimit(report)
  if (rival) return rival
  const others = mostlyOthers(report)
  if (others) return others
  const storm = backingOff(report)
  if (storm) return storm
  return 'Look elsewhere: at the server and the network at the times of the refusals, and at what else changed then.'
}

/** Another limit that the errors do follow. */
function otherLimit({ which, subject }: EvidenceReport): string | null {
  if (which?.word !== 'one') return null
  const [metric] = which.metrics
  const rival = which.ranking.find((ranked) => ranked.metric === metric)
  return rival && rival.metric !== subject?.metric
    ? `Look at ${rival.title}: the refusals follow its limit instead.`
    : null
}

/**
 * Every organisation has a few failures now and then: below this they are nobody's task. Set by
 * hand.
 */
const MANY_OTHERS = 20

const manyOthers = ({ profile }: EvidenceReport) => countOfOthers(profile) >= MANY_OTHERS

/** Most failures are of another kind: that is where to begin. */
const mostlyOthers = (report: EvidenceReport) =>
  manyOthers(report) && countOfOthers(report.profile) > report.verdict.errors
    ? othersAdvice(report.profile)
    : null

const UNTIL_KNOWN: Readonly<Record<VerdictReason, (report: EvidenceReport) => string>> = {
  'no-samples': () => 'Choose a window in which something was measured.',
  'no-limit': () => 'Enter the limit, or choose a metric whose limit is known.',
  'named-by-server': raising,
  'no-errors': () => 'Nothing to do: go on watching.',
  coverage: (report) => waiting(report),
  'too-few-errors': () => 'Choose a longer window, or wait for more refusals.',
  'never-at-limit': () => 'Look elsewhere: the limit was not reached.',
  'may-have-crossed': ({ verdict }) =>
    `Sample more often than every ${binsText(1, verdict.binMs)}, so that a limit reached in between is seen.`,
  'not-the-wall': ({ verdict }) =>
    `Check the number of the limit${verdict.limit === null ? '' : ` (${levelText(verdict.limit)})`} and whether it is this metric that it holds for.`,
  'nothing-to-compare': ({ verdict }) =>
    verdict.bins < BINS_NEEDED
      ? `Choose a window of at least ${binsText(BINS_NEEDED, verdict.binMs)}, or sample more often.`
      : 'Choose a longer window that shows time at the limit and time below it.',
  'later-than-searched': () =>
    'Look at what lies between the limit and the refusals: queues, time-outs, retries.',
  'shorter-than-sampling': ({ verdict }) =>
    `Sample more often than every ${binsText(1, verdict.binMs)}, or hold the load at the limit for longer.`,
  'errors-first': () =>
    'Look at what failed before the limit was reached; reconnects may have filled it.',
  'follows-the-limit': raising,
  'part-follows': raising,
  elsewhere: () => 'Look elsewhere: at the server and the network at the times of the refusals.',
  'would-have-shown': () =>
    'Look elsewhere: at the server and the network at the times of the refusals.',
  'too-few-crossings': ({ verdict }) =>
    verdict.crossings < 3
      ? 'Run two or three ramps with pauses between them, or choose a longer window.'
      : 'Choose a shorter window, which has finer bins, or leave longer pauses between the ramps.',
  unsettled: () => 'Wait: a verdict is shown once three looks in a row agree.',
}

/** A window that stands still is not covered by waiting: only one that moves has looks. */
function waiting({ verdict, from, to, looks }: EvidenceReport): string {
  const lacking = COVERAGE_NEEDED - verdict.coverage
  return looks && lacking > 0
    ? `Wait ${formatDuration(wholeMinutes(lacking * (to - from)))} while it is watched, or choose another window.`
    : `Choose another window: the gaps hide what happened.`
}

/** Waiting is told in minutes, rounded up: after it there is enough. */
const wholeMinutes = (ms: number) => Math.ceil(ms / MINUTE_MS) * MINUTE_MS
