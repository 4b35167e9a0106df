import type { Series } from '#domain/series/series.ts'
import type { EpochMs, MetricId, OrgId } from '#domain/units.ts'
import { type PackedColumn, packed } from './packedColumn.ts'

/** Columns as they are stored; `afterMs` counts milliseconds from the beginning of the hour. */
type PackedSamples = { afterMs: PackedColumn; value: PackedColumn }

/**
 * One metric's samples of one full hour of UTC. The first version of the database wrote them as they
 * are, two columns of eight bytes a sample.
 */
export type Chunk = { org: OrgId; metric: MetricId; hour: EpochMs } & (PackedSamples | Series)

/** Samples of one hour as a row of the store. */
export const chunkOf = (
  [org, metric, hour]: readonly [OrgId, MetricId, EpochMs],
  { timeMs, value }: Series,
): Chunk => ({
  org,
  metric,
  hour,
  afterMs: packed(timeMs.map((at) => at - hour)),
  value: packed(value),
})

/** The samples of chunks of one metric, one after the other in one pair of columns. O(n). */
export function samplesIn(chunks: readonly Chunk[]): Series {
  const size = chunks.reduce((sum, { value }) => sum + value.length, 0)
  const timeMs = new Float64Array(size)
  const values = new Float64Array(size)
  let end = 0
  for (const chunk of chunks) {
    const { value } = chunk
    values.set(value, end)
    if ('timeMs' in chunk) timeMs.set(chunk.timeMs, end)
    else for (let i = 0; i < value.length; i++) timeMs[end + i] = chunk.hour + chunk.afterMs[i]!
    end += value.length
  }
  return { timeMs, value: values }
}
