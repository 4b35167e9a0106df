import { formatClock, formatDate, formatDuration } from '#domain/format.ts'
import type { IncidentSource, Span } from '#domain/incident/incident.ts'
import type { Observation } from '#domain/observation.ts'
import { stepWords } from '#domain/timeline/tierWords.ts'
import { durationMs } from '#domain/units.ts'
import type { SummarisedSpan } from '../recallPlan.ts'

/**
 * What was recorded of a window, as a review lists it; `steps`: the part of it that is known as what
 * its minutes came to, and goes into no file.
 */
export function historySource(
  { metrics, samples }: Observation,
  { to }: Span,
  steps: SummarisedSpan | null,
): IncidentSource {
  const intervals = metrics.flatMap(({ intervalMs }) => intervalMs ?? [])
  const raw =
    intervals.length === 0 ? 'raw' : `raw, every ${formatDuration(Math.min(...intervals))}`
  const summaries = steps && `lowest and highest of ${stepWords(steps.stepMs)}`
  const isPart = steps !== null && steps.to < to
  return {
    id: 'history',
    name: 'Organisation history',
    kind: summaries === null ? raw : isPart ? `${summaries}, then ${raw}` : summaries,
    samples: samples.reduce((sum, { series }) => sum + series.timeMs.length, 0),
    rejected: 0,
    rejections: [],
    removals: [],
    warnings: steps ? [`${whyInSteps(steps, isPart)} ${GOES_OUT}`] : [],
    clock: { movedMs: durationMs(0), plusMinusMs: null, how: 'asItIs', drift: null },
    groups: [],
  }
}

const GOES_OUT =
  'Charts show those; the verdict rests on samples, and a report or a bundle holds nothing else.'

/** A source keeps its words whatever zone it is read in: the instant is in UTC. */
function whyInSteps({ to, stepMs, isPruned }: SummarisedSpan, isPart: boolean): string {
  const summaries = `the lowest and highest of ${stepWords(stepMs)}`
  const before = isPart
    ? `before ${formatDate(to, 'UTC')}, ${formatClock(to, 'UTC', 'minutes')} UTC`
    : 'in this window'
  return isPruned
    ? `Samples are kept for 14 days: ${before} there is ${summaries}.`
    : `Of more than two days not every sample is read: ${before} there is ${summaries}.`
}
