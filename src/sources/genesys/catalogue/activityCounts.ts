import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'

/** What a reply says of one metric: how many, and what was calculated where anything was. */
type Activity = { count: number; calculated: readonly number[] }

/** An activity reply by group, then by metric: `counts.get('voice')?.get('oWaiting')?.count`. */
export type ActivityCounts = ReadonlyMap<string, ReadonlyMap<string, Activity>>

/** These metrics are a time and not a number of conversations: they may come without a count. */
const isLongest = (metric: string) => metric.startsWith('oLongest')

/** The part of an activity reply that is read, grouped by one dimension (facts §3.2, §3.4). */
export const activityShape = (dimension: string) =>
  z.pipe(
    z.object({
      results: z.array(
        z.object({
          group: z.catchall(z.object({ [dimension]: z.string() }), z.unknown()),
          data: z.array(
            z
              .object({
                metric: z.string(),
                count: z.optional(countShape()),
                calculatedMetricValue: z.optional(z.nullable(z.number().check(z.gte(0)))),
              })
              .check(
                z.refine(({ metric, count }) => count !== undefined || isLongest(metric), {
                  path: ['count'],
                  error: 'is missing',
                }),
              ),
          ),
        }),
      ),
    }),
    z.transform(({ results }): ActivityCounts => {
      const counts = new Map<string, Map<string, Activity>>()
      for (const { group, data } of results) {
        const key = String(group[dimension])
        const byMetric = counts.get(key) ?? new Map<string, Activity>()
        counts.set(key, byMetric)
        // A metric may come several times, once per qualifier.
        for (const { metric, count = 0, calculatedMetricValue } of data) {
          const known = byMetric.get(metric) ?? NOTHING
          const calculated =
            typeof calculatedMetricValue === 'number' ? [calculatedMetricValue] : []
          byMetric.set(metric, {
            count: known.count + count,
            calculated: [...known.calculated, ...calculated],
          })
        }
      }
      return counts
    }),
  )

const NOTHING: Activity = { count: 0, calculated: [] }

/** A count of a reply that came: what it does not list is zero. */
export const countOf = (counts: ActivityCounts, group: string, metric: string) =>
  counts.get(group)?.get(metric)?.count ?? 0

/** What was calculated for a group; empty where the reply says nothing. */
export const calculatedOf = (counts: ActivityCounts, group: string, metric: string) =>
  counts.get(group)?.get(metric)?.calculated ?? []

/** The sum over all groups. */
export const totalOf = (counts: ActivityCounts, metric: string) =>
  [...counts.keys()].reduce((sum, group) => sum + countOf(counts, group, metric), 0)
