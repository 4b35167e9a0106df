import type { AlertRecord } from '#domain/alerts/backtest.ts'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { countedOnce } from '#domain/incident/incidentEvidence.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import { joinedSeries } from '#domain/series/joinedSeries.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { within } from '#domain/series/within.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  later,
  MINUTE_MS,
  type MetricId,
  type OrgId,
} from '#domain/units.ts'
import { type History, MOST_ERRORS_READ } from '#sources/history/history.ts'
import { askedMetrics } from '../alerts/lapsesOf.ts'
import { limitsWith } from '../limits/whatIfRecord.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { Pacing } from '../pacing.ts'

export type RecordReader = {
  history: Pick<History, 'read' | 'readSummaries'>
  org: OrgId
  now: () => EpochMs
  pacing: Pacing
}

/** What was recorded, and how well. */
export type ReadRecord = {
  record: AlertRecord
  /** As samples came, or the highest of each minute. */
  tier: 'samples' | 'minutes'
  /** More failed on a day than is read: the oldest of them are missing. */
  isPartial: boolean
}

/** A longer stretch is read in minutes: samples of a month are tens of millions, and half of it is not kept as samples. */
const LONGEST_RAW_MS = durationMs(7 * DAY_MS)

/**
 * What was recorded of an organisation in the last `lengthMs`, from its first sample on: day by day, so that others
 * have their turn. Null where nothing is kept, or it was called off.
 */
export async function readAlertRecord(
  reader: RecordReader,
  facts: OrgFacts,
  lengthMs: DurationMs,
  { isOver, progress }: { isOver: () => boolean; progress: (share: number) => void },
): Promise<ReadRecord | null> {
  const { history, org, now, pacing } = reader
  const tier = lengthMs > LONGEST_RAW_MS ? 'minutes' : 'samples'
  const to = now()
  const start = minuteOf(epochMs(to - lengthMs))
  const asked = askedMetrics(facts).filter((metric) => !isOfFile(metric))
  const pieces = new Map<MetricId, Series[]>(asked.map(({ id }) => [id, []]))
  const errors: ErrorEvent[] = []
  const markers = new Map<string, Marker>()
  const told: Parameters<typeof limitsWith>[1][number][] = []
  const turn = pacing()
  let isPartial = false
  for (let from = start; from < to; from = later(from, DAY_MS)) {
    const end = epochMs(Math.min(to, from + DAY_MS))
    const past = await history.read(
      org,
      from,
      later(end, -1),
      ...(tier === 'minutes' ? [epochMs(Infinity)] : []),
    )
    if (isOver()) return null
    const samples =
      tier === 'samples' ? past.samples : await minutesOf(reader, asked, { from, to: end })
    if (isOver()) return null
    for (const { metric, series } of samples) {
      const { timeMs, value } = within(series, from, end - 1)
      pieces.get(metric)?.push({ timeMs, value })
    }
    isPartial ||= past.errors.length >= MOST_ERRORS_READ
    errors.push(...past.errors.filter(({ at }) => at >= from && at < end))
    for (const marker of past.markers) markers.set(marker.id, marker)
    told.push(...past.limits)
    progress((end - start) / (to - start))
    await turn()
  }
  const samples = [...pieces].map(([metric, days]) => ({ metric, series: joinedSeries(days) }))
  const first = firstOf(samples)
  if (first === null) return null
  const metrics = tier === 'samples' ? asked : asked.map(inMinutes)
  return {
    tier,
    isPartial,
    record: {
      from: epochMs(Math.max(start, first)),
      to,
      metrics,
      limits: limitsWith(facts, told),
      samples,
      errors: countedOnce(errors),
      markers: [...markers.values()].sort((a, b) => a.at - b.at),
      lapses: null,
      leaksOf: panelPlan(metrics, null).connections[0]?.id ?? null,
      askedFrom: new Map(
        samples.map(({ metric, series }) => [metric, epochMs(series.timeMs[0] ?? to)]),
      ),
    },
  }
}

const firstOf = (samples: AlertRecord['samples']): number | null => {
  const starts = samples.flatMap(({ series }) => series.timeMs[0] ?? [])
  return starts.length === 0 ? null : Math.min(...starts)
}

/** A metric as what each minute came to tells of it. */
const inMinutes = (metric: Metric): Metric => ({
  ...metric,
  intervalMs: durationMs(Math.max(MINUTE_MS, metric.intervalMs ?? 0)),
})

/** The highest of each minute, in its middle; what was counted in it, at its end. */
async function minutesOf(
  { history, org }: RecordReader,
  metrics: readonly Metric[],
  { from, to }: { from: EpochMs; to: EpochMs },
): Promise<AlertRecord['samples']> {
  const { summaries } = await history.readSummaries(org, minuteOf(from), minuteOf(to), MINUTE_MS)
  return metrics.map(({ id, kind }) => {
    const steps = summaries.find(({ metric }) => metric === id)?.steps
    return { metric: id, series: steps ? seriesOf(steps, kind === 'count') : EMPTY_SERIES }
  })
}

const minuteOf = (at: EpochMs) => epochMs(Math.floor(at / MINUTE_MS) * MINUTE_MS)

const seriesOf = ({ startMs, sum, max, count }: Summaries, isCount: boolean): Series => ({
  timeMs: startMs.map((at) => at + (isCount ? MINUTE_MS - 1 : MINUTE_MS / 2)),
  value: isCount ? sum.map((one, i) => (count[i]! > 0 ? one : NaN)) : max,
})
