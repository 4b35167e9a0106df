import { type BinGrid, countsPerBin } from '../evidence/countsPerBin.ts'
import { typicalIntervalMs } from '../evidence/sampling.ts'
import { usedRatio } from '../metrics/headroom.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { epochMs, type MetricId, SECOND_MS } from '../units.ts'
import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { Incident, Span } from './incident.ts'
import { countedOnce, incidentSubject, limitsOf } from './incidentEvidence.ts'
import { hasLength, pointsOf } from './incidentLevels.ts'

/** No window has more bins (evidence-methods §1.1). */
const MOST_BINS = 14_400

/** Failures and attempts of one window in bins; attempts are NaN where they were not counted. */
export type CountedBins = { errors: Float64Array; attempts: Float64Array | null; binMs: number }

/** One of two windows held against each other. */
export type ComparedSide = {
  span: Span
  /** Failures of any class, each told once. */
  failures: readonly ErrorEvent[]
  bins: CountedBins
  /** The subject where it came nearest to the limit in force then; null where none was measured. */
  peak: { value: number; limit: number | null; ratio: number | null } | null
  /** Its highest value, whatever the limit. */
  highest: number | null
}

/** What a window of an incident holds; null where it has no length or lies outside. */
export function comparedSide(incident: Incident, wanted: Span): ComparedSide | null {
  const span = {
    from: epochMs(Math.max(wanted.from, incident.from)),
    to: epochMs(Math.min(wanted.to, incident.to)),
  }
  if (!hasLength(span)) return null
  const failures = countedOnce(incident.errors).filter(({ at }) => at >= span.from && at < span.to)
  const { metric, attempts } = incidentSubject(incident)
  return {
    span,
    failures,
    bins: countedBins(
      failures,
      span,
      attempts && wholeSeries(incident, attempts.id),
      metric?.intervalMs ?? null,
    ),
    ...(metric ? peakOf(incident, metric.id, span) : { peak: null, highest: null }),
  }
}

/** A count reaches back from its sample: those beyond the window's end count into it. */
export const wholeSeries = (incident: Incident, metric: MetricId): Series =>
  pointsOf(incident, metric, { from: epochMs(-Infinity), to: epochMs(Infinity) })

/** Whole bins of about the distance at which something is sampled, laid from end to end. */
export function gridOf({ from, to }: Span, everyMs: number | null): BinGrid {
  const least = Math.max(SECOND_MS, everyMs ?? 10 * SECOND_MS, (to - from) / MOST_BINS)
  const bins = Math.max(1, Math.round((to - from) / least))
  return { startMs: from, binMs: (to - from) / bins, bins }
}

function countedBins(
  failures: readonly ErrorEvent[],
  span: Span,
  attempts: Series | null,
  everyMs: number | null,
): CountedBins {
  const counted = attempts && attempts.timeMs.length > 0 ? attempts : null
  const grid = gridOf(span, (counted && typicalIntervalMs(counted.timeMs)) ?? everyMs)
  const errors = new Float64Array(grid.bins)
  for (const { at, class: name, count } of failures) {
    const bin = Math.min(grid.bins - 1, Math.floor((at - grid.startMs) / grid.binMs))
    if (name === 'capacity') errors[bin]! += count
  }
  return { errors, attempts: counted && countsPerBin(counted, grid), binMs: grid.binMs }
}

function peakOf(
  incident: Incident,
  metric: MetricId,
  span: Span,
): Pick<ComparedSide, 'peak' | 'highest'> {
  const { timeMs, value } = pointsOf(incident, metric, span)
  const limits = limitsOf(incident).get(metric) ?? []
  let peak: ComparedSide['peak'] = null
  let highest: number | null = null
  for (let i = 0; i < timeMs.length; i++) {
    const at = epochMs(timeMs[i]!)
    if (Number.isNaN(value[i]) || at >= span.to) continue
    const limit = limitAt(limits, at)
    const one = { value: value[i]!, limit, ratio: usedRatio(value[i]!, limit) }
    if (!peak || isHigher(one, peak)) peak = one
    highest = Math.max(highest ?? -Infinity, one.value)
  }
  return { peak, highest }
}

type Peak = NonNullable<ComparedSide['peak']>

/** A sample of a known limit says more than one without; among equals the higher value counts. */
const isHigher = (one: Peak, other: Peak) =>
  (one.ratio ?? -Infinity) > (other.ratio ?? -Infinity) ||
  (one.ratio === other.ratio && one.value > other.value)
