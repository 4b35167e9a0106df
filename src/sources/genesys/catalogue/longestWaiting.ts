import type { EpochMs } from '#domain/units.ts'
import { type ActivityCounts, calculatedOf, countOf } from './activityCounts.ts'

/** As a length it would be 31 years, as an instant it is of 2001: smaller numbers are no instants. */
const FIRST_INSTANT = 1e12

/**
 * How long the longest of some groups has been waiting, in seconds: 0 where nobody waits, null where
 * somebody does and the reply does not say since when.
 *
 * `calculatedMetricValue` has no unit in the API's description. Published programs that read it live
 * take it for the instant at which that conversation began to wait, in epoch milliseconds; a number too
 * small for one is taken for milliseconds of waiting, as times of other analytics are. Neither is
 * verified here.
 */
export function longestWaitingSec(
  counts: ActivityCounts,
  groups: Iterable<string>,
  now: EpochMs,
): number | null {
  let longestMs = 0
  for (const group of groups) {
    if (countOf(counts, group, 'oWaiting') === 0) continue
    const told = calculatedOf(counts, group, 'oLongestWaiting')
    if (told.length === 0) return null
    const waits = told.map((value) => (value >= FIRST_INSTANT ? now - value : value))
    longestMs = Math.max(longestMs, ...waits)
  }
  return longestMs / 1000
}
