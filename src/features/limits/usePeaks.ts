import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { DAY_MS, type EpochMs, later, type MetricId } from '#domain/units.ts'
import type { History } from '#sources/history/history.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { type Peaks, weekPeaksQuery } from '#state/queries/peaksQuery.ts'

/** Highest values of a day, from memory, and of a week, from the history. */
export function usePeaks(history: Pick<History, 'readSummaries' | 'flushed'>, now: EpochMs): Peaks {
  const monitor = useMonitor()
  const { data: week } = useQuery(
    weekPeaksQuery(history, monitor.facts().organisation.id, monitor.now),
  )
  return useMemo(() => {
    const from = later(now, -1 * DAY_MS)
    const day = (metric: MetricId) => monitor.series.range(metric, from, now)?.max ?? null
    return {
      day,
      // The newest minutes may not be in the history yet.
      week: (metric) => highestOf(week?.get(metric) ?? null, day(metric)),
      isWeekKnown: week !== undefined,
    }
  }, [monitor, now, week])
}

const highestOf = (a: number | null, b: number | null) =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)
