import { type EpochMs, epochMs } from '#domain/units.ts'
import type { PanelSeries } from './chartData.ts'

/** Where the drawn line is at an instant: between two samples that are joined, else on the last one; null in a gap. */
export function valueOnLine(
  { reader, gapAfterMs }: Pick<PanelSeries, 'reader' | 'gapAfterMs'>,
  at: EpochMs,
): number | null {
  const before = reader.at(at)
  if (!before || before.at === at) return before?.value ?? null
  const nextAt = reader.neighbour(at, 1)
  if (nextAt === null) return at - before.at <= gapAfterMs ? before.value : null
  // Gap samples are stepped over; one of them is what lies just before the next value then.
  const isJoined = nextAt - before.at <= gapAfterMs && reader.at(epochMs(nextAt - 0.5)) !== null
  const next = reader.at(nextAt)
  if (!isJoined || !next) return null
  return before.value + ((next.value - before.value) * (at - before.at)) / (nextAt - before.at)
}
