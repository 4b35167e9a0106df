import type { EvidenceReport } from '../evidence/evidence.ts'
import { excessOf } from '../evidence/leak/notReleasedExcess.ts'
import { lineName } from '../metrics/lineName.ts'
import type { Metric } from '../metrics/metric.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import { panelPlan } from '../metrics/panelPlan.ts'
import type { Series } from '../series/series.ts'
import type { Incident } from './incident.ts'
import { incidentSubject } from './incidentEvidence.ts'

/** What the organisation counts beyond what clients say that they hold. */
export type BeyondClients = {
  /** `Not released` where that is known of it, else a name that claims less. */
  title: string
  /** What is held against what: `WebSocket connections less Active threads, run.jtl`. */
  words: string
  /** The organisation's count, whose samples these are. */
  counted: Metric
  series: Series
}

/**
 * The organisation's connections less those that clients hold. With the baseline of the report's ledger it is
 * what was not released; without one it holds other users too, and is not called so. Null without
 * both counts. O(samples).
 */
export function beyondClients(
  incident: Incident,
  { notReleased }: Pick<EvidenceReport, 'notReleased'>,
): BeyondClients | null {
  const { metrics, samples, own } = incident
  const counted = panelPlan(metrics, null).connections.find(({ scope }) => scope === 'organisation')
  const held = clientSide(metrics)
  const seriesOf = (metric: Metric | undefined) =>
    samples.find((one) => one.metric === metric?.id)?.series
  const [theirs, ours] = [seriesOf(counted), seriesOf(held)]
  if (!counted || !held || !theirs || !ours) return null
  const { timeMs, excess } = excessOf(theirs, ours, own)
  if (timeMs.length === 0) return null
  // The ledger is of what the verdict is about: its baseline is of no other count.
  const isOfLedger = incidentSubject(incident).metric?.id === counted.id
  const baseline = isOfLedger ? (notReleased?.baseline ?? null) : null
  const what = `${counted.title} less ${lineName(held)}`
  return {
    title: baseline === null ? 'Counted beyond the load test' : 'Not released',
    words: baseline === null ? `${what}; other users count too` : what,
    counted,
    series: { timeMs, value: excess.map((value) => value - (baseline ?? 0)) },
  }
}

/** What counts the connections that tested clients hold: watched clients before a file. */
const clientSide = (metrics: readonly Metric[]): Metric | undefined =>
  metrics
    .filter(
      ({ kind, group, scope }) =>
        kind === 'gauge' && group === 'connections' && scope === 'sampledClients',
    )
    .toSorted((a, b) => Number(isOfFile(a)) - Number(isOfFile(b)))[0]
