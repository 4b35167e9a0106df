import { durationMs, type EpochMs, epochMs, later, MINUTE_MS } from '#domain/units.ts'
import { METRIC_INFO, ofOrganisation, overStep } from './promql.ts'
import { type Asking, type LabelledSeries, readRange } from './readSeries.ts'

/** So many windows cover the time. */
const MOST_WINDOWS = 50

/** How metrics are described, by id. */
export type MetricInfos = ReadonlyMap<string, LabelledSeries>

/** How the metrics of a stretch of time are described: of several descriptions the newest. */
export async function readInfos(
  asking: Asking,
  { organisation, from, to }: { organisation: string; from: EpochMs; to: EpochMs },
): Promise<MetricInfos> {
  const first = Math.floor(from / MINUTE_MS) * MINUTE_MS
  const minutes = Math.ceil((to - first) / MOST_WINDOWS / MINUTE_MS)
  const windowMs = durationMs(Math.max(1, minutes) * MINUTE_MS)
  const windows = Math.max(1, Math.ceil((to - first) / windowMs))
  const query = overStep('last', ofOrganisation(METRIC_INFO, organisation), windowMs)
  const read = await readRange(asking, query, {
    first: later(epochMs(first), windowMs),
    last: later(epochMs(first), windows * windowMs),
    stepMs: windowMs,
  })
  const newest = new Map<string, LabelledSeries>()
  for (const one of read ?? []) {
    const id = one.labels['metric'] ?? ''
    const known = newest.get(id)
    if (!known || endOf(one) >= endOf(known)) newest.set(id, one)
  }
  return newest
}

const endOf = ({ series }: LabelledSeries) => series.timeMs.at(-1) ?? -Infinity
