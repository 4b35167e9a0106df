import { formatCount, formatPercent, THIN_SPACE } from '../../format.ts'
import type { EvidenceReport } from '../evidence.ts'
import type { Verdict } from './verdict.ts'
import { binsText, shareText } from './verdictText.ts'

/**
 * Fewer bins than this from 80 % to the wall cannot show that an overload did not begin there
 * (evidence-methods §1.6).
 */
const FEW_NEAR = 10

/** What speaks against the verdict, always: the opposite facts. */
export function oppositeFacts({ verdict }: EvidenceReport): string {
  if (verdict.bins === 0) return NOTHING_SEEN
  switch (verdict.word) {
    case 'capacity-bound':
    case 'partly':
      return `Against it: ${join([...againstLimit(verdict), ...uncovered(verdict)], '')}.`
    case 'not-capacity-bound':
      return `Against it: ${join([...forLimit(verdict), ...uncovered(verdict)], UNREPORTED)}.`
    case 'cannot-tell':
      return verdict.errors === 0
        ? `Against it: ${join(uncovered(verdict), UNREPORTED)}.`
        : `For the limit: ${forText(verdict)}. Against it: ${join([...againstLimit(verdict), ...uncovered(verdict)], '')}.`
  }
}

const NOTHING_SEEN = 'Neither for nor against it: attempts, use and limit were not seen together.'
const UNREPORTED = 'what nobody reports as refused is not seen here'

/** `a, b, and c`. */
function join(parts: readonly string[], fallback: string): string {
  if (parts.length < 2) return parts[0] ?? fallback
  return `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`
}

function againstLimit({ errorsBelow, quietBinsAtLimit, binMs }: Verdict): string[] {
  const below =
    errorsBelow === 0
      ? 'none was refused below the limit'
      : `${formatCount(errorsBelow)} ${errorsBelow === 1 ? 'was' : 'were'} refused below the limit`
  const quiet =
    quietBinsAtLimit === 0
      ? 'no time at the limit passed without refusals'
      : `${binsText(quietBinsAtLimit, binMs)} at the limit passed without refusals`
  return [below, quiet]
}

function forLimit(verdict: Verdict): string[] {
  const { errors, errorsAtLimit, peak, limit, binsAtLimit } = verdict
  if (errors === 0) return []
  if (binsAtLimit === 0) {
    return peak === null || limit === null || limit <= 0
      ? []
      : [`use came to ${formatPercent(peak / limit)} of the limit`]
  }
  const were = errorsAtLimit === 1 ? 'was' : 'were'
  return [
    `${formatCount(errorsAtLimit)} of ${formatCount(errors)} ${were} refused at the limit${rates(verdict)}`,
  ]
}

/** `, where 12 % failed against 4 % below`. */
function rates({ pAtLimit, pBelow, knowsAttempts, errorsAtLimit }: Verdict): string {
  if (pAtLimit === null || pBelow === null || errorsAtLimit === 0) return ''
  const what = knowsAttempts ? 'of attempts failed' : 'of the time saw one'
  return `, where ${shareText(pAtLimit)} ${what} against ${shareText(pBelow)} below`
}

function forText(verdict: Verdict): string {
  const { errors, errorsAtLimit } = verdict
  if (errorsAtLimit === 0) return `none of ${formatCount(errors)} was refused at it`
  const were = errorsAtLimit === 1 ? 'was' : 'were'
  return `${formatCount(errorsAtLimit)} of ${formatCount(errors)} ${were} refused at it${rates(verdict)}`
}

/** The bins at both ends of a window are rarely whole: less than this is nothing to tell. */
const COVERED = 0.995

function uncovered({ coverage, errorsUncovered }: Verdict): string[] {
  if (coverage >= COVERED && errorsUncovered === 0) return []
  const refused = errorsUncovered > 0 ? `, with ${formatCount(errorsUncovered)} refused in it` : ''
  return [`${restText(coverage)} of the window is not covered${refused}`]
}

/** What is left of a share, so that the two written side by side make 100 %. */
const restText = (share: number) =>
  shareText(share <= 0.99 ? 1 - Math.round(share * 100) / 100 : 1 - share)

/**
 * What looks the same as this limit and cannot be told from it in this window (design §6); empty
 * where nothing does.
 */
export function lookalikes({ verdict }: EvidenceReport): string {
  const { word, reason, binsNear, binMs, crossings } = verdict
  const blames = word === 'capacity-bound' || word === 'partly'
  if (!blames || verdict.bins === 0 || reason === 'named-by-server') return ''
  const isOutagePossible = crossings <= 2 && beginsWithLimit(verdict)
  if (binsNear >= FEW_NEAR)
    return isOutagePossible
      ? 'An outage whose reconnects filled the limit at once would look the same.'
      : ''
  const near = binsNear === 0 ? 'No time' : `Only ${binsText(binsNear, binMs)}`
  const overload = `${near} was spent from 80${THIN_SPACE}% to the limit: an overload that begins there would look the same.`
  return isOutagePossible
    ? `${overload} So would an outage whose reconnects filled the limit at once.`
    : overload
}

/** Refusals begin within a few bins of reaching the limit, or may do so. */
const beginsWithLimit = ({ lagMs, binMs }: Verdict) => lagMs === null || lagMs.low <= 3 * binMs
