import { usedRatio } from '../../metrics/headroom.ts'
import type { Provenance } from '../../metrics/metric.ts'
import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import type { EpochMs, MetricId } from '../../units.ts'
import { type EvidenceBins, evidenceBins } from '../verdict/evidenceBins.ts'
import { type Verdict, verdictOf } from '../verdict/verdict.ts'
import { wallMask } from '../verdict/wallBand.ts'
import type { FailureColumns, WatchedSeries } from '../watchedSeries.ts'
import { limitPair } from './limitPair.ts'

/** One limit among several, with what speaks for it. */
export type RankedLimit = {
  metric: MetricId
  title: string
  verdict: Verdict
  /** Highest share of its limit in the window, 0–1 and above; null where unknown. */
  highestUse: number | null
  /** How its number came to be: a proxy's verdict holds for the proxy. */
  provenance?: Provenance
  /**
   * Passed its own test, and yet refusals are more frequent where only another limit was reached.
   */
  isBeaten?: boolean
}

/** Two limits compared in the bins in which only one of them was reached (evidence-methods §8). */
export type LimitPair = {
  one: MetricId
  other: MetricId
  binsOnlyOne: number
  binsOnlyOther: number
  /** P(error | only one) − P(error | only other); null where either has fewer than 10 bins. */
  difference: Interval | null
  better: 'one' | 'other' | 'cannot-separate'
}

/** Which of several limits the errors follow. `none`: no limit stands out by itself. */
export type WhichLimit = {
  word: 'one' | 'cannot-separate' | 'none'
  /** The limit, or those that cannot be told apart. */
  metrics: readonly MetricId[]
  /** Best first; those that were tested, then the others. */
  ranking: readonly RankedLimit[]
  pairs: readonly LimitPair[]
}

type Input = {
  from: EpochMs
  to: EpochMs
  subjects: readonly WatchedSeries[]
  capacity: FailureColumns
  attempts: Series | null
  /** Verdicts of this very window that are known already. */
  verdicts?: ReadonlyMap<MetricId, Verdict>
}

const ALPHA = 0.05

/** A limit with its bins on the grid that all share. */
type Candidate = { ranked: RankedLimit; bins: EvidenceBins; isAtWall: Uint8Array }

/**
 * Which of several limits the capacity errors of [from, to) follow (evidence-methods §8); null with
 * fewer than two limits to choose from.
 *
 * A limit stands out when its own shift test is passed at 0.05 divided by the number of limits that
 * were reached at all. Those that stand out are compared two by two in the bins in which only one
 * of the two was reached; who is beaten by none is the answer, best attributable fraction first.
 * Cost: one verdict per limit that has none yet.
 */
export function whichLimitOf(input: Input): WhichLimit | null {
  if (input.subjects.length < 2) return null
  const candidates = candidatesOf(input)
  const tested = candidates.filter(isTested)
  const pairs = tested.flatMap((one, i) =>
    tested.slice(i + 1).map((other) => ({
      one: one.ranked.metric,
      other: other.ranked.metric,
      ...limitPair(one.bins, one.isAtWall, other.bins, other.isAtWall),
    })),
  )
  const limits = tested.map(({ ranked }) => ranked)
  const stands = ({ verdict }: RankedLimit) => (verdict.p ?? 1) <= ALPHA / limits.length
  const standing = limits.filter(stands).toSorted((a, b) => explained(b) - explained(a))
  const left = unbeaten(standing, pairs)
  const others = candidates.filter((one) => !isTested(one)).map(({ ranked }) => ranked)
  return {
    word: left.length === 0 ? 'none' : left.length === 1 ? 'one' : 'cannot-separate',
    metrics: left.map(({ metric }) => metric),
    ranking: [
      ...standing.map((one) => ({ ...one, isBeaten: !left.includes(one) })),
      ...limits.filter((one) => !stands(one)).toSorted((a, b) => pOf(a) - pOf(b)),
      ...others.toSorted((a, b) => (b.highestUse ?? -1) - (a.highestUse ?? -1)),
    ],
    pairs,
  }
}

/** A limit that was never reached is no candidate, and costs the others nothing. */
const isTested = ({ ranked, isAtWall }: Candidate) =>
  ranked.verdict.p !== null && isAtWall.includes(1)

const pOf = ({ verdict }: RankedLimit) => verdict.p ?? 1
const explained = ({ verdict }: RankedLimit) => verdict.attributable?.value ?? 0

/**
 * Those whom no other one beats. "Beats" may go round in a circle, since each pair has bins of its
 * own; then nobody is left out.
 */
function unbeaten(standing: readonly RankedLimit[], pairs: readonly LimitPair[]): RankedLimit[] {
  const doesBeat = (winner: RankedLimit, loser: RankedLimit) =>
    pairs.some(({ one, other, better }) =>
      better === 'one'
        ? one === winner.metric && other === loser.metric
        : better === 'other' && other === winner.metric && one === loser.metric,
    )
  const left = standing.filter((one) => !standing.some((rival) => doesBeat(rival, one)))
  return left.length > 0 ? left : [...standing]
}

function candidatesOf({ from, to, subjects, capacity, attempts, verdicts }: Input): Candidate[] {
  const window = { from, to, capacity, attempts }
  const own = subjects.map((watched) => evidenceBins({ ...window, watched }))
  // As fine as the coarsest of them: a bin must mean the same time for all.
  const minBinMs = Math.max(...own.map(({ binMs }) => binMs))
  return subjects.map((watched, i) => {
    const { metric, title, provenance } = watched
    const isCommon = own[i]!.binMs === minBinMs
    const bins = isCommon ? own[i]! : evidenceBins({ ...window, watched, minBinMs })
    const verdict = verdicts?.get(metric) ?? verdictOf({ ...window, subject: watched, named: 0 })
    return {
      ranked: { metric, title, verdict, highestUse: highestUse(bins), provenance },
      bins,
      isAtWall: wallMask(bins.value, bins.limit),
    }
  })
}

function highestUse({ value, limit }: EvidenceBins): number | null {
  let highest: number | null = null
  for (let i = 0; i < value.length; i++) {
    if (Number.isNaN(limit[i])) continue
    const ratio = usedRatio(value[i]!, limit[i]!)
    if (ratio !== null && (highest === null || ratio > highest)) highest = ratio
  }
  return highest
}
