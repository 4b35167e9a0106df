import type { Attempts } from '../evidence/demand/clientEvents.ts'
import { newestRaise } from '../evidence/raise/newestRaise.ts'
import { raiseBins, type SideBins } from '../evidence/raise/raiseBins.ts'
import type { FailureColumns, WatchedSeries } from '../evidence/watchedSeries.ts'
import type { Series } from '../series/series.ts'
import { quantile } from '../stats/quantile.ts'
import { type EpochMs, MINUTE_MS } from '../units.ts'

/** What was attempted and refused on one side at one level of load. */
export type BandSide = { attempts: number; refused: number }

/** Load between two numbers of attempts (first attempts, where clients are told apart) a minute. */
export type CertificateBand = {
  /** The lowest begins at 0, the highest ends at Infinity. */
  from: number
  to: number
  before: BandSide
  after: BandSide
}

const BANDS = 5

type Input = {
  from: EpochMs
  to: EpochMs
  subject: WatchedSeries
  capacity: FailureColumns
  attempts: Series | null
  clients: Attempts | null
}

/**
 * Refusals by load on both sides of a raise, in fifths of the load of its earlier side; fewer bands
 * where many bins are alike. `isForward`: the earlier side is what is called before. O(n log n).
 */
export function certificateBands(input: Input, isForward: boolean): CertificateBand[] {
  const raise = newestRaise(input.subject.limits, input.from, input.to)
  const bins = raise && raiseBins(raise, input)
  if (!bins) return []
  const perMinute = MINUTE_MS / bins.binMs
  const edges = edgesOf(bins.before.load)
  return edges.map((from, i) => {
    const to = edges[i + 1] ?? Infinity
    const was = bandOf(bins.before, from, to)
    const is = bandOf(bins.after, from, to)
    return {
      from: from * perMinute,
      to: to * perMinute,
      before: isForward ? was : is,
      after: isForward ? is : was,
    }
  })
}

/** 0 and the inner fifths, each once. */
function edgesOf(load: Float64Array): number[] {
  const inner = Array.from({ length: BANDS - 1 }, (_, i) => quantile(load, (i + 1) / BANDS) ?? 0)
  return [...new Set([0, ...inner])]
}

function bandOf({ load, attempts, errors }: SideBins, from: number, to: number): BandSide {
  const sum = { attempts: 0, refused: 0 }
  for (let i = 0; i < load.length; i++) {
    if (!(load[i]! >= from && load[i]! < to)) continue
    sum.attempts += attempts[i]!
    sum.refused += errors[i]!
  }
  return sum
}
