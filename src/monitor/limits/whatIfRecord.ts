import type { Span } from '#domain/incident/incident.ts'
import { attemptsAt, hasAttempts } from '#domain/limits/attemptsAt.ts'
import type { WhatIfInput } from '#domain/limits/whatIf.ts'
import { countedOnce } from '#domain/incident/incidentEvidence.ts'
import { failureColumns } from '#domain/evidence/verdict/failureProfile.ts'
import { type LimitSteps, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { horizonsAt } from '#domain/retention.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import { DAY_MS, durationMs, epochMs, later, type MetricId, MINUTE_MS } from '#domain/units.ts'
import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { ChangeReader } from './changeRecord.ts'
import { readSamples } from './readSamples.ts'

/** What a what-if question needs of a window, beside the limit that is asked about and the clients. */
export type WhatIfRecord = Omit<WhatIfInput, 'limit' | 'clients'> & {
  /** From samples, or from what each minute came to. */
  tier: 'samples' | 'minutes'
}

/** A longer window is answered from what each minute came to. */
const LONGEST_RAW_MS = durationMs(2 * DAY_MS)

/** Reads a window of one metric; null where it was called off. */
export async function readWhatIf(
  reader: ChangeReader,
  facts: Pick<OrgFacts, 'metrics' | 'toldLimits' | 'registry' | 'limitSettings'>,
  metric: Metric,
  span: Span,
  isOver: () => boolean,
): Promise<WhatIfRecord | null> {
  const { history, org, now } = reader
  const attempts = attemptsAt(metric, facts.metrics)
  const wanted = new Set<MetricId>(attempts ? [metric.id, attempts.id] : [metric.id])
  const isRaw = span.to - span.from <= LONGEST_RAW_MS && span.from >= horizonsAt(now()).raw
  const read = isRaw
    ? await readSamples(reader, span, { metrics: wanted, isOver })
    : await readMinutes(reader, span, attempts?.id ?? null, isOver)
  if (!read || isOver()) return null
  const past = await history.read(org, span.from, span.to, epochMs(Infinity))
  if (isOver()) return null
  const { id, title, provenance, scope, intervalMs } = metric
  return {
    ...span,
    tier: isRaw ? 'samples' : 'minutes',
    subject: {
      metric: id,
      title,
      provenance,
      scope,
      intervalMs,
      series: read.series(id),
      limits: limitsWith(facts, past.limits).get(id) ?? [],
    },
    hasAttempts: hasAttempts(metric),
    attempts: attempts && read.series(attempts.id),
    capacity: read.capacity,
  }
}

type Told = readonly { metric: MetricId; step: LimitSteps[number] }[]

/** The limits that hold, with those that only the history knows. */
export function limitsWith(
  { metrics, toldLimits, registry, limitSettings }: Parameters<typeof readWhatIf>[1],
  kept: Told,
): ReadonlyMap<MetricId, LimitSteps> {
  const told = new Map(toldLimits)
  for (const { metric, step } of kept) told.set(metric, withLimitStep(told.get(metric) ?? [], step))
  return limitsInForce({ told, metrics, book: registry, settings: limitSettings })
}

/** The same from summaries: the highest value of each minute, and what was counted in it. */
async function readMinutes(
  { history, org, pacing }: ChangeReader,
  { from, to }: Span,
  counted: MetricId | null,
  isOver: () => boolean,
) {
  const start = epochMs(Math.floor(from / MINUTE_MS) * MINUTE_MS)
  const end = epochMs(Math.ceil(to / MINUTE_MS) * MINUTE_MS)
  const { summaries } = await history.readSummaries(org, start, end, MINUTE_MS)
  const byMetric = new Map(summaries.map(({ metric, steps }) => [metric, steps]))
  const errors = []
  const turn = pacing()
  for (let day = from; day < to; day = later(day, DAY_MS)) {
    const last = epochMs(Math.min(to, day + DAY_MS))
    const past = await history.read(org, day, later(last, -1), epochMs(Infinity))
    if (isOver()) return null
    errors.push(...past.errors.filter(({ class: name }) => name === 'capacity'))
    await turn()
  }
  return {
    series: (metric: MetricId) => {
      const steps = byMetric.get(metric)
      return steps ? seriesOf(steps, metric === counted) : EMPTY_SERIES
    },
    capacity: failureColumns(countedOnce(errors)),
  }
}

/** A count stands at the end of the minute that it counts, a level in the middle. */
const seriesOf = ({ startMs, sum, max }: Summaries, isCount: boolean): Series => ({
  timeMs: startMs.map((start) => start + (isCount ? MINUTE_MS : MINUTE_MS / 2)),
  value: isCount ? sum : max,
})
