import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'

/** Counts of an activity reply by group, then by metric: `counts.get('voice')?.get('oWaiting')`. */
export type ActivityCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** The part of an activity reply that is read, grouped by one dimension (facts §3.2, §3.4). */
export const activityShape = (dimension: string) =>
  z.pipe(
    z.object({
      results: z.array(
        z.object({
          group: z.catchall(z.object({ [dimension]: z.string() }), z.unknown()),
          data: z.array(z.object({ metric: z.string(), count: countShape() })),
        }),
      ),
    }),
    z.transform(({ results }): ActivityCounts => {
      const counts = new Map<string, Map<string, number>>()
      for (const { group, data } of results) {
        const key = String(group[dimension])
        const byMetric = counts.get(key) ?? new Map<string, number>()
        counts.set(key, byMetric)
        // A metric may come several times, once per qualifier.
        for (const { metric, count } of data)
          byMetric.set(metric, (byMetric.get(metric) ?? 0) + count)
      }
      return counts
    }),
  )

/** A count of a reply that came: what it does not list is zero. */
export const countOf = (counts: ActivityCounts, group: string, metric: string) =>
  counts.get(group)?.get(metric) ?? 0

/** The sum over all groups. */
export const totalOf = (counts: ActivityCounts, metric: string) =>
  [...counts.values()].reduce((sum, byMetric) => sum + (byMetric.get(metric) ?? 0), 0)
