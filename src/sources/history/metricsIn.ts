import type { MetricId, OrgId } from '#domain/units.ts'
import { beginningWith } from './keyRanges.ts'
import type { StoreOf } from './minuteChunks.ts'

/**
 * The metrics of an organisation that a store has rows of: from key to key, over all rows of each.
 * With them a window is read by primary key, metric by metric; through an index every row would be
 * looked up by itself, which takes more than twice as long.
 */
export async function metricsIn(
  store: StoreOf<'chunks', 'readonly'> | StoreOf<'minutes', 'readonly'>,
  org: OrgId,
): Promise<MetricId[]> {
  const found: MetricId[] = []
  let cursor = await store.openKeyCursor(beginningWith(org))
  while (cursor) {
    const [, metric] = cursor.primaryKey
    found.push(metric)
    // No hour and no day is behind an array.
    cursor = await cursor.continue([org, metric, []] as unknown as typeof cursor.key)
  }
  return found
}
