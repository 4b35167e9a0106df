import {
  type HistoryHours,
  historyHours,
  historySubject,
  stepsOfChange,
} from '#domain/incident/historyHours.ts'
import { createHistoryRefusals } from '#domain/incident/historyRefusals.ts'
import type { HistorySpan } from '#domain/incident/historySpan.ts'
import { type LimitSteps, withLimitStep } from '#domain/metrics/limitSteps.ts'
import { horizonsAt } from '#domain/retention.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import { type History, type KeptSummaries, MOST_ERRORS_READ } from '#sources/history/history.ts'
import type { Pacing } from '../pacing.ts'

export type HistoryHoursReader = {
  history: Pick<History, 'read' | 'readSummaries' | 'health'>
  org: OrgId
  now: () => EpochMs
  pacing: Pacing
}

type Call = {
  span: HistorySpan
  /** When the history begins, once that was needed; null: not known yet. */
  beganAt: EpochMs | null
  /** Nobody waits for the answer any more. */
  isOver: () => boolean
}

/** A limit that changes more often than this is judged by its highest value in the step, and the words say so. */
const MOST_REFINED = 24
const COARSE_MS = durationMs(12 * HOUR_MS)

/**
 * Reads a page of an organisation's history and says what each hour came to; null where it was called
 * off. Errors come day by day, so that neither a flood of them nor taking them over holds the page up.
 */
export async function readHistoryHours(
  reader: HistoryHoursReader,
  call: Call,
): Promise<HistoryHours | null> {
  const { history, org } = reader
  const { span, isOver } = call
  const { from, to, stepMs } = span
  const kept = await history.readSummaries(org, from, to, stepMs)
  if (isOver()) return null
  const past = await readDays(reader, call)
  if (!past) return null
  const stepsByMetric = new Map(kept.summaries.map(({ metric, steps }) => [metric, steps]))
  const known = [...new Map(kept.metrics.map((metric) => [metric.id, metric])).values()]
  const metric = historySubject(
    known.filter(({ id }) => stepsByMetric.has(id)),
    past.limits,
  )
  const steps = (metric && stepsByMetric.get(metric.id)) ?? null
  const limits = (metric && past.limits.get(metric.id)) ?? []
  const finer = new Map<EpochMs, Summaries>()
  const changes = steps ? stepsOfChange(steps, limits) : []
  for (const start of changes.slice(-MOST_REFINED)) {
    if (isOver()) return null
    const minutes = await history.readSummaries(org, start, later(start, stepMs), MINUTE_MS)
    const ofMetric = minutes.summaries.find((one) => one.metric === metric?.id)
    if (ofMetric) finer.set(start, ofMetric.steps)
  }
  const first = firstStart(kept)
  const keptFrom = first === from ? from : (call.beganAt ?? (await beginningOf(reader)))
  const { refused } = past
  const hours = historyHours(span, { steps, finer, limits, refused, keptFrom })
  return isOver() ? null : { ...span, metric, hours, keptFrom }
}

/** Limits and refusals of a page, a day at a time; null where it was called off. */
async function readDays({ history, org, pacing }: HistoryHoursReader, { span, isOver }: Call) {
  const limits = new Map<MetricId, LimitSteps>()
  const refusals = createHistoryRefusals(span)
  const turn = pacing()
  for (let from = span.from; from < span.to; from = later(from, DAY_MS)) {
    if (isOver()) return null
    const day = { from, to: epochMs(Math.min(span.to, from + DAY_MS)) }
    const past = await history.read(org, from, later(day.to, -1), epochMs(Infinity))
    for (const { metric, step } of past.limits)
      limits.set(metric, withLimitStep(limits.get(metric) ?? [], step))
    refusals.add(past.errors, day)
    const [oldest] = past.errors
    if (oldest && past.errors.length >= MOST_ERRORS_READ) refusals.miss(from, oldest.at)
    await turn()
  }
  return { limits, refused: refusals.counts() }
}

/** The first minute of which anything is kept; null where nothing is. */
async function beginningOf({ history, org, now }: HistoryHoursReader): Promise<EpochMs | null> {
  const from = stepStart(horizonsAt(now()).all, COARSE_MS)
  const to = later(stepStart(now(), COARSE_MS), COARSE_MS)
  const first = firstStart(await history.readSummaries(org, from, to, COARSE_MS))
  if (first === null) return null
  const end = later(first, COARSE_MS)
  return firstStart(await history.readSummaries(org, first, end, MINUTE_MS)) ?? first
}

const stepStart = (at: EpochMs, stepMs: DurationMs) => epochMs(Math.floor(at / stepMs) * stepMs)

/** When the first step of any metric begins; null where there is none. */
function firstStart({ summaries }: KeptSummaries): EpochMs | null {
  const starts = summaries.flatMap(({ steps }) => steps.startMs[0] ?? [])
  return starts.length === 0 ? null : epochMs(Math.min(...starts))
}
