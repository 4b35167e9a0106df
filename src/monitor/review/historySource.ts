import { formatDuration } from '#domain/format.ts'
import type { IncidentSource } from '#domain/incident/incident.ts'
import type { Observation } from '#domain/observation.ts'
import { durationMs } from '#domain/units.ts'

/** What was recorded of a window, as a review lists it. */
export function historySource({ metrics, samples }: Observation): IncidentSource {
  const intervals = metrics.flatMap(({ intervalMs }) => intervalMs ?? [])
  return {
    id: 'history',
    name: 'Organisation history',
    kind: intervals.length === 0 ? 'raw' : `raw, every ${formatDuration(Math.min(...intervals))}`,
    samples: samples.reduce((sum, { series }) => sum + series.timeMs.length, 0),
    rejected: 0,
    rejections: [],
    removals: [],
    warnings: [],
    clock: { movedMs: durationMs(0), plusMinusMs: null, how: 'asItIs', drift: null },
    groups: [],
  }
}
