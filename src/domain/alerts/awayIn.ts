import { gapAfterMs } from '../metrics/freshness.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import { durationMs, type EpochMs, epochMs, MINUTE_MS } from '../units.ts'
import type { AlertRecord } from './backtest.ts'

/** A stretch in which Tidemark itself was not there. */
export type Away = { from: EpochMs; to: EpochMs }

/** A page that is loaded again is away for less. */
const LEAST_AWAY_MS = 2 * MINUTE_MS

/**
 * When nobody asked: nothing was heard of any metric that is asked all the time, nothing failed either,
 * and the last thing before it was no failure. While Tidemark runs, a turn that brings nothing leaves a gap
 * sample, so a silence without any is its own; after a failure it may be that there was no token to
 * ask with, which is blindness. To the nearest sample. O(samples + minutes).
 */
export function awayIn({ from, to, metrics, samples, errors }: AlertRecord): readonly Away[] {
  const asked = metrics.filter((metric) => !isOfFile(metric))
  const shortestMs = Math.min(...asked.map(({ intervalMs }) => intervalMs ?? Infinity))
  if (!Number.isFinite(shortestMs)) return []
  const minutes = createMinutes(from, to)
  for (const { metric, series } of samples) {
    if (!asked.some(({ id }) => id === metric)) continue
    series.timeMs.forEach((at, i) => minutes.add(at, Number.isFinite(series.value[i])))
  }
  for (const { at, source } of errors) if (source === 'monitor') minutes.add(at, false)
  const leastMs = Math.max(LEAST_AWAY_MS, gapAfterMs(durationMs(shortestMs)))
  return minutes.silences().filter((one) => one.to - one.from > leastMs)
}

/** The first thing of each minute, and the last one that went well and that failed. */
function createMinutes(from: EpochMs, to: EpochMs) {
  const size = Math.max(0, Math.ceil((to - from) / MINUTE_MS))
  const first = new Float64Array(size).fill(Infinity)
  const heard = new Float64Array(size).fill(-Infinity)
  const failed = new Float64Array(size).fill(-Infinity)
  return {
    add(at: number, isHeard: boolean) {
      if (at < from || at >= to) return
      const minute = Math.floor((at - from) / MINUTE_MS)
      first[minute] = Math.min(first[minute]!, at)
      const last = isHeard ? heard : failed
      last[minute] = Math.max(last[minute]!, at)
    },
    /** Between two things that follow each other, and up to the end. */
    silences(): readonly Away[] {
      const silences: Away[] = []
      let since = from as number
      let isExplained = false
      const end = (until: number) => {
        if (!isExplained) silences.push({ from: epochMs(since), to: epochMs(until) })
      }
      for (let i = 0; i < size; i++) {
        if (first[i] === Infinity) continue
        end(first[i]!)
        since = Math.max(heard[i]!, failed[i]!)
        isExplained = failed[i]! > heard[i]!
      }
      end(to)
      return silences
    },
  }
}
