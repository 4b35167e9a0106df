import { formatCount, formatDuration, THIN_SPACE } from '../../format.ts'
import type { Interval } from '../../stats/interval.ts'
import type { EvidenceReport } from '../evidence.ts'
import { BINS_NEEDED, COVERAGE_NEEDED, ERRORS_NEEDED } from './decision.ts'
import { countOfOthers, othersSentence } from './otherFailures.ts'
import type { Verdict, VerdictReason } from './verdict.ts'
import { binsText, levelText, pText, refusalsText, shareText } from './verdictText.ts'

type Subject = EvidenceReport['subject']

/**
 * What was found, with its numbers, in one sentence (two where there was one crossing or the metric
 * is a proxy).
 */
export function verdictSentence(report: EvidenceReport): string {
  const { verdict, subject, profile } = report
  const isLess =
    verdict.errors > 0 && verdict.word !== 'capacity-bound' && verdict.word !== 'partly'
  const isRest = isLess && countOfOthers(profile) > verdict.errors
  const others = isRest ? ` ${restText(report)}` : ''
  return SENTENCES[verdict.reason](verdict, report) + others + judgedBy(subject, verdict.reason)
}

const SENTENCES: Readonly<
  Record<VerdictReason, (verdict: Verdict, report: EvidenceReport) => string>
> = {
  'no-samples': ({ errors }, { subject }) =>
    errors > 0
      ? `There are no samples of this window, in which there were ${refusalsText(errors, subject)}.`
      : 'There are no samples of this window.',
  'no-limit': ({ errors }, { subject, profile }) =>
    errors === 0
      ? (othersSentence(profile) ?? 'No limit is known, and nothing was refused.')
      : `No limit is known that ${refusalsText(errors, subject)} could be held against.`,
  'named-by-server': (verdict, { subject, profile }) => {
    const named = Math.min(profile.grades.A, verdict.errors)
    const rest = verdict.p === null ? '' : `; ${testText(verdict)}, ${coveredText(verdict)}`
    return `The server itself named a limit in ${formatCount(named)} of ${refusalsText(verdict.errors, subject)}${rest}.`
  },
  'no-errors': (_, { profile }) =>
    othersSentence(profile) ??
    'Nothing was refused in this window, so there is nothing to explain.',
  coverage: ({ coverage, errors, errorsUncovered }, { subject }) =>
    coverage < COVERAGE_NEEDED
      ? `Only ${shareText(coverage)} of the window is covered; ${shareText(COVERAGE_NEEDED)} is needed.`
      : `${formatCount(errorsUncovered)} of ${refusalsText(errors, subject)} came while nothing was measured; at most a fifth may.`,
  'too-few-errors': ({ errors }, { subject }) =>
    `Only ${refusalsText(errors, subject)} in this window; ${ERRORS_NEEDED} are needed.`,
  'never-at-limit': ({ peak, limit, errors }, { subject }) =>
    `The limit was never reached: the peak was ${ofLimit(peak, limit)}, and none of ${refusalsText(errors, subject)} came at it.`,
  'may-have-crossed': ({ peak, limit }) =>
    `The limit was not seen reached, the peak was ${ofLimit(peak, limit)}, but between two samples the count moves far enough to reach it.`,
  'not-the-wall': (verdict) =>
    `The count went on to ${ofLimit(verdict.peak, verdict.limit)} and was served there: this limit is not the wall, or not of this metric. ${atLimitText(verdict)}.`,
  'nothing-to-compare': (verdict) => nothingToCompare(verdict),
  'later-than-searched': ({ laterByMs, p }) =>
    `The refusals follow the limit, but only after ${formatDuration(laterByMs ?? 0)}, later than the test looks for${p === null ? '' : `; ${pText(p)}`}.`,
  'shorter-than-sampling': (verdict) =>
    `The limit is reached for little more than one sample of ${binsText(1, verdict.binMs)} at a time, so most of it was not seen. ${atLimitText(verdict)}.`,
  'errors-first': (verdict, { subject }) =>
    `The refusals began before the limit was reached, although ${atLimitOf(verdict, subject)}; ${testText(verdict)}.`,
  'follows-the-limit': (verdict, { subject }) =>
    verdict.crossings === 1
      ? onOneCrossing(verdict, subject)
      : `${capital(atLimitOf(verdict, subject))}; ${testText(verdict)}, ${coveredText(verdict)}.`,
  'part-follows': (verdict, { subject }) => partText(verdict, subject),
  elsewhere: (verdict, { subject }) =>
    isAsThickNear(verdict)
      ? `Refusals are as frequent from 80${THIN_SPACE}% of the limit on (${shareText(verdict.pNear!)}) as at it (${shareText(verdict.pAtLimit!)}); ${formatCount(verdict.errorsAtLimit)} of ${refusalsText(verdict.errors, subject)} happened at it.`
      : `${formatCount(verdict.errorsAtLimit)} of ${refusalsText(verdict.errors, subject)} happened at the limit, reached for ${atLimitFor(verdict)}; ${testText(verdict)}.`,
  'would-have-shown': (verdict, { subject }) =>
    `${formatCount(verdict.errorsAtLimit)} of ${refusalsText(verdict.errors, subject)} happened at the limit, reached for ${atLimitFor(verdict)}; ${pText(verdict.p ?? 1)}, and the test could have found it.`,
  'too-few-crossings': (verdict, { subject }) =>
    `${capital(atLimitOf(verdict, subject))}, reached ${timesText(verdict.crossings)} for ${atLimitFor(verdict)}; ${testText(verdict)}, which chance does as well.${powerText(verdict)}`,
  unsettled: (verdict, { subject }) =>
    verdict.p === null
      ? 'The last three looks do not agree yet.'
      : `The last three looks do not agree yet; at the newest ${atLimitOf(verdict, subject)}, ${pText(verdict.p)}.`,
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** `96 % of 312 refused connections happened at the limit`. */
function atLimitOf({ errors, errorsAtLimit }: Verdict, subject: Subject): string {
  const share = errors > 0 ? errorsAtLimit / errors : 0
  return `${shareText(share)} of ${refusalsText(errors, subject)} happened at the limit`
}

const testText = ({ p }: Verdict) =>
  p === null ? 'the shift test could not be run' : `${pText(p)} by shift test`

const coveredText = ({ coverage }: Verdict) => `${shareText(coverage)} of the window covered`

const ofLimit = (peak: number | null, limit: number | null) =>
  `${peak === null ? 'unknown' : levelText(peak)} of ${limit === null ? 'an unknown limit' : levelText(limit)}`

const atLimitFor = ({ binsAtLimit, binMs }: Verdict) => binsText(binsAtLimit, binMs)

const atLimitText = (verdict: Verdict) => `It was at the limit for ${atLimitFor(verdict)}`

const timesText = (count: number) =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`

/** One ramp is one coincidence to explain: the sentence says so (evidence-methods §1.5). */
function onOneCrossing(verdict: Verdict, subject: Subject): string {
  const { lagMs, pNear } = verdict
  const lag = lagMs ? `, ${lagText(lagMs)}` : ''
  const near =
    pNear === null ? '' : `, ${shareText(pNear)} failed from 80${THIN_SPACE}% to the limit`
  return `${capital(atLimitOf(verdict, subject))}, on one crossing (${testText(verdict)}${lag}${near}, ${coveredText(verdict)}). A second ramp would settle it.`
}

/** One ramp gives the lag roughly; a negative end means "at once", unless all of it is negative. */
function lagText({ low, high }: Interval): string {
  if (high < 0)
    return `refusals from about ${formatDuration(-low)} to ${formatDuration(-high)} before it was reached`
  return low <= 0
    ? `refusals within about ${formatDuration(high)} of reaching it`
    : `refusals from about ${formatDuration(low)} to ${formatDuration(high)} after it was reached`
}

/** Bins this coarse miss short episodes: what is found is a lower bound (evidence-methods §1.6). */
const COARSE_MS = 30_000

/** Whether the sampling hides some of what the limit did: "partly" then reads "partly or more". */
export const isLowerBound = ({ word, binMs }: Verdict) => word === 'partly' && binMs >= COARSE_MS

function partText(verdict: Verdict, subject: Subject): string {
  const { attributable, errors, dose } = verdict
  const more = isLowerBound(verdict) ? ' or more' : ''
  const below = dose.slice(0, -1)
  const most = below.reduce<(typeof below)[number] | null>(
    (found, band) => (band.errors > (found?.errors ?? 0) ? band : found),
    null,
  )
  const rest = most
    ? ` Most of the rest came at ${Math.round(most.from * 100)} to ${shareText(most.to)} used.`
    : ''
  const hidden = isLowerBound(verdict)
    ? ` With a sample every ${binsText(1, verdict.binMs)} some of the limit's effect was not seen.`
    : ''
  return `${shareText(attributable?.value ?? 0)}${more} of ${refusalsText(errors, subject)} are explained by the limit; ${testText(verdict)}, ${coveredText(verdict)}.${rest}${hidden}`
}

/** The errors are at least nine tenths as frequent just below the limit as at it. */
const isAsThickNear = ({ pNear, pAtLimit }: Verdict) =>
  pNear !== null && pAtLimit !== null && pAtLimit > 0 && pNear >= 0.9 * pAtLimit

function nothingToCompare(verdict: Verdict): string {
  const { bins, binMs, binsAtLimit, knowsAttempts } = verdict
  const what = knowsAttempts ? 'with attempts' : 'measured'
  const level = `${atLimitFor(verdict)} at the limit and ${binsText(bins - binsAtLimit, binMs)} below it`
  if (bins < BINS_NEEDED)
    return `Only ${formatCount(bins)} bins of ${binsText(1, binMs)} ${what}, ${level}; ${BINS_NEEDED} are needed.`
  return binsAtLimit < 2
    ? `Too little time at the limit to compare: ${level}, in bins ${what}.`
    : `Too little time below the limit to compare: ${level}, in bins ${what}.`
}

/** What share this window could have shown (φ). */
function powerText({ detectable }: Verdict): string {
  if (detectable === null) return ''
  return detectable >= 0.995
    ? ' This window could show nothing less than all of them.'
    : ` This window could show no share below ${shareText(detectable)}.`
}

function restText({ profile, verdict }: EvidenceReport): string {
  const others = countOfOthers(profile)
  const all = others + verdict.errors
  return `${formatCount(others)} of ${formatCount(all)} failures are of another kind.`
}

/**
 * A proxy is judged, not the thing itself: it is named wherever a number of it is used (design §2).
 */
function judgedBy(subject: Subject, reason: VerdictReason): string {
  if (!subject || subject.provenance === 'measured' || reason === 'no-samples') return ''
  return subject.provenance === 'proxy'
    ? ` Judged by a proxy: ${subject.title}.`
    : ` Judged by an estimate: ${subject.title}.`
}
