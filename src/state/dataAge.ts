import { type Freshness, freshness } from '#domain/metrics/freshness.ts'
import { type DurationMs, durationMs, elapsed, type EpochMs } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'

/** How old the newest reply is, judged by how often its source is asked. `none`: nothing came yet. */
export type DataAge = { state: Freshness; ageMs: DurationMs } | { state: 'none'; ageMs: null }

/** The age of what an organisation said last, whichever source said it. */
export function dataAge(sources: readonly SourceStatus[], now: EpochMs): DataAge {
  let newest: DataAge = { state: 'none', ageMs: null }
  for (const { lastOkAt, everyMs } of sources) {
    if (lastOkAt === null) continue
    const ageMs = durationMs(Math.max(0, elapsed(lastOkAt, now)))
    if (newest.ageMs !== null && ageMs >= newest.ageMs) continue
    newest = { state: freshness(ageMs, everyMs), ageMs }
  }
  return newest
}
