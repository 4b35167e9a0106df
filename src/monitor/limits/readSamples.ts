import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { failureColumns } from '#domain/evidence/verdict/failureProfile.ts'
import type { FailureColumns } from '#domain/evidence/watchedSeries.ts'
import type { Span } from '#domain/incident/incident.ts'
import { countedOnce } from '#domain/incident/incidentEvidence.ts'
import { joinedSeries } from '#domain/series/joinedSeries.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { within } from '#domain/series/within.ts'
import { DAY_MS, epochMs, later, type MetricId, type OrgId } from '#domain/units.ts'
import { type History, MOST_ERRORS_READ } from '#sources/history/history.ts'
import type { Pacing } from '../pacing.ts'

export type SamplesReader = { history: Pick<History, 'read'>; org: OrgId; pacing: Pacing }

export type ReadSamples = {
  /** Of those that were wanted; empty where nothing is kept. */
  series: (metric: MetricId) => Series
  /** Capacity errors, each told once. */
  capacity: FailureColumns
  /** More failed on a day than is read: the oldest of them are missing. */
  isPartial: boolean
}

type Wanted = {
  metrics: ReadonlySet<MetricId>
  /** Nobody waits for the answer any more. */
  isOver: () => boolean
  /** How far the reading has come, 0–1. */
  progress?: (share: number) => void
}

/**
 * The samples of some metrics, and what was refused. Day by day, so that not all metrics of two weeks
 * are in memory at once, and others have their turn. Null where it was called off.
 */
export async function readSamples(
  { history, org, pacing }: SamplesReader,
  span: Span,
  { metrics, isOver, progress }: Wanted,
): Promise<ReadSamples | null> {
  const pieces = new Map<MetricId, Series[]>()
  const errors: ErrorEvent[][] = []
  const turn = pacing()
  let isPartial = false
  for (let from = span.from; from < span.to; from = later(from, DAY_MS)) {
    const end = epochMs(Math.min(span.to, from + DAY_MS))
    const past = await history.read(org, from, later(end, -1))
    if (isOver()) return null
    for (const { metric, series } of past.samples) {
      if (!metrics.has(metric)) continue
      const { timeMs, value } = within(series, from, end - 1)
      pieces.set(metric, [...(pieces.get(metric) ?? []), { timeMs, value }])
    }
    isPartial ||= past.errors.length >= MOST_ERRORS_READ
    errors.push(
      past.errors.filter(({ class: name, at }) => name === 'capacity' && at >= from && at < end),
    )
    progress?.((end - span.from) / (span.to - span.from))
    await turn()
  }
  const joined = new Map([...pieces].map(([metric, days]) => [metric, joinedSeries(days)]))
  return {
    series: (metric) => joined.get(metric) ?? EMPTY_SERIES,
    capacity: failureColumns(countedOnce(errors.flat())),
    isPartial,
  }
}

/** Two readings as one, the earlier first. */
export function joinedSamples(a: ReadSamples, b: ReadSamples): ReadSamples {
  return {
    series: (metric) => joinedSeries([a.series(metric), b.series(metric)]),
    capacity: joinedFailures(a.capacity, b.capacity),
    isPartial: a.isPartial || b.isPartial,
  }
}

function joinedFailures(a: FailureColumns, b: FailureColumns): FailureColumns {
  const { timeMs, value } = joinedSeries([
    { timeMs: a.timeMs, value: a.count },
    { timeMs: b.timeMs, value: b.count },
  ])
  return { timeMs, count: value }
}
