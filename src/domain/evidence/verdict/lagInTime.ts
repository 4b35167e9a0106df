import { SECOND_MS } from '../../units.ts'
import { typicalIntervalMs } from '../sampling.ts'
import { type ActiveBins, activeBins } from './activeBins.ts'
import { type EvidenceBins, evidenceBins } from './evidenceBins.ts'
import { type Lag, lagOf } from './lag.ts'
import { runsAtLimit } from './runsAtLimit.ts'

/** On either side of reaching the limit, for a closer look. */
const CLOSE_MS = 120_000
/** Above this a closer look costs more than it tells. */
const MOST_FINE_BINS = 200_000

type Binning = Parameters<typeof evidenceBins>[0]

/**
 * The lag in milliseconds. A long window has bins coarser than its samples: there the time around
 * each rise is looked at once more as finely as samples allow, and that answer stands unless it
 * does not reach as far as the coarse one does. Null as for `lagOf`.
 */
export function lagInTime(input: Binning, bins: EvidenceBins, active: ActiveBins): Lag | null {
  const coarse = lagOf(active)
  const rough = coarse && scaled(coarse, bins.binMs)
  const intervalMs = typicalIntervalMs(input.watched.series.timeMs)
  if (!rough || bins.binMs <= SECOND_MS || intervalMs === null || intervalMs >= bins.binMs) {
    return rough
  }
  const fineBins = evidenceBins({ ...input, mostBins: MOST_FINE_BINS })
  if (fineBins.binMs >= bins.binMs) return rough
  const fine = activeBins(fineBins)
  const lag = lagOf(fine, closeToRises(fine, CLOSE_MS / fineBins.binMs))
  const close = lag && scaled(lag, fineBins.binMs)
  // A lag too long for the fine bins shows there as a wrong one: both must agree.
  return close && close.high >= rough.low && close.low <= rough.high ? close : rough
}

const scaled = ({ value, low, high, isRough }: Lag, binMs: number): Lag => ({
  value: value * binMs,
  low: low * binMs,
  high: high * binMs,
  isRough,
})

function closeToRises({ atLimit }: ActiveBins, bins: number): Uint8Array {
  const close = new Uint8Array(atLimit.length)
  for (const { from } of runsAtLimit(atLimit)) {
    if (from > 0) close.fill(1, Math.max(0, Math.floor(from - bins)), Math.ceil(from + bins))
  }
  return close
}
