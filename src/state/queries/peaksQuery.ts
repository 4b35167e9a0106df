import { queryOptions } from '@tanstack/react-query'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, type MetricId, type OrgId } from '#domain/units.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import type { History } from '#sources/history/history.ts'

/** Highest values of metrics; null is what nothing is known of. */
export type Peaks = {
  day: (metric: MetricId) => number | null
  week: (metric: MetricId) => number | null
  /** False until the week has been read. */
  isWeekKnown: boolean
}

const WEEK_MS = 7 * DAY_MS
/** An hour is what a week is read in: 168 steps a metric. */
const STEP_MS = HOUR_MS
/** A peak of a week moves slowly. */
const STALE_MS = 5 * 60_000

/** The highest value of each metric in the last seven days, from the history. */
export const weekPeaksQuery = (
  history: Pick<History, 'readSummaries' | 'flushed'>,
  org: OrgId,
  now: () => EpochMs,
) =>
  queryOptions({
    queryKey: orgKeys.onDemand(org, 'weekPeaks'),
    queryFn: async () => {
      await history.flushed()
      const to = epochMs(Math.ceil(now() / STEP_MS) * STEP_MS)
      const from = epochMs(to - WEEK_MS)
      const { summaries } = await history.readSummaries(org, from, to, STEP_MS)
      return new Map(
        summaries.flatMap(({ metric, steps }) => {
          const highest = highestOf(steps.max)
          return highest === null ? [] : [[metric, highest] as const]
        }),
      )
    },
    staleTime: STALE_MS,
    refetchInterval: STALE_MS,
  })

function highestOf(values: ArrayLike<number>): number | null {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) if (values[i]! > highest) highest = values[i]!
  return highest === Number.NEGATIVE_INFINITY ? null : highest
}
