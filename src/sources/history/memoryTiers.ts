import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { errorsPerMinute, kindOfError, withLateCount } from '#domain/errors/errorsPerMinute.ts'
import { horizonsAt } from '#domain/retention.ts'
import { withLateSummaries } from '#domain/series/minuteMerge.ts'
import { clippedSummaries, type Summaries } from '#domain/series/minuteSummaries.ts'
import {
  type DurationMs,
  type EpochMs,
  epochMs,
  later,
  type MetricId,
  MINUTE_MS,
} from '#domain/units.ts'
import type { KeptSummaries } from './history.ts'
import { createHistoryRecord, type HistoryRecord } from './historyRecord.ts'
import { inSteps, summariesOf } from './readSummaries.ts'

/** What is remembered of one organisation in memory alone, in the two tiers of `History`. */
export type MemoryTiers = {
  /** What is kept as it came. */
  record: HistoryRecord
  between: HistoryRecord['between']
  summaries: (from: EpochMs, to: EpochMs, stepMs: DurationMs) => KeptSummaries
  /** Summarises what is too old for the first tier, and drops what is too old for the second. */
  age: (now: EpochMs) => void
}

const withLate = (known: Summaries | undefined, late: Summaries) =>
  known ? withLateSummaries(known, late) : late

export function createMemoryTiers(): MemoryTiers {
  const record = createHistoryRecord()
  let minutes = new Map<MetricId, Summaries>()
  let folded = new Map<string, ErrorEvent>()

  /** All minutes of a stretch, also of samples that are kept as they came. */
  function minutesWithin(from: EpochMs, to: EpochMs): Map<MetricId, Summaries> {
    const merged = new Map(minutes)
    for (const [metric, added] of summariesOf([record.between(from, to)], from, to))
      merged.set(metric, withLate(merged.get(metric), added))
    return merged
  }

  function fold(events: readonly ErrorEvent[]) {
    for (const event of errorsPerMinute(events)) {
      const key = `${event.at} ${kindOfError(event)}`
      const count = withLateCount(folded.get(key)?.count ?? 0, event.count)
      folded.set(key, { ...event, count })
    }
  }

  return {
    record,
    between(from, to, samplesFrom) {
      const known = record.between(from, to, samplesFrom)
      const old = [...folded.values()].filter(({ at }) => at > from - MINUTE_MS && at <= to)
      if (old.length === 0) return known
      return { ...known, errors: [...old, ...known.errors].toSorted((a, b) => a.at - b.at) }
    },
    summaries: (from, to, stepMs) => ({
      metrics: record.all().metrics,
      summaries: inSteps(minutesWithin(from, to), from, to, stepMs),
    }),
    age(now) {
      const { raw, all } = horizonsAt(now)
      const start = epochMs(-Infinity)
      // Whole minutes, so that none is summarised in two parts.
      const horizon = epochMs(Math.floor(raw / MINUTE_MS) * MINUTE_MS)
      minutes = new Map(
        [...minutesWithin(start, later(horizon, -1))].map(([metric, steps]) => [
          metric,
          clippedSummaries(steps, all, Infinity),
        ]),
      )
      fold(record.between(start, later(horizon, -1)).errors)
      folded = new Map([...folded].filter(([, { at }]) => at >= all))
      record.dropBefore({ raw: horizon, all })
    },
  }
}
