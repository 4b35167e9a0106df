import { type MetricId, metricId } from '../units.ts'
import type { Metric, MetricGroup } from './metric.ts'
import { isOfFile } from './ofFile.ts'
import { ALL_QUEUES, QUEUE_STATES, type QueueChoice, queueMetricId } from './queueChoice.ts'

/** Which metrics stand in which chart. The first one of a chart is the one it is named after. */
export type PanelPlan = {
  /** Connections, then what is counted elsewhere at the same time: a load test's threads. */
  connections: readonly Metric[]
  sessions: readonly Metric[]
  /** Interacting, then waiting, of all media or of what was chosen. */
  queue: readonly Metric[]
  /** Attempts per sample, where somebody counts them: what refusals are a share of. */
  attempts: Metric | null
}

/**
 * Best first. A chart is about the organisation: what covers all of it comes before what covers one
 * user or a sample of clients; among those, what is measured before a proxy, a proxy before an estimate.
 */
function rank({ provenance, scope }: Metric): number {
  const byScope = scope === 'organisation' ? 0 : scope === 'userApp' ? 20 : 1
  return byScope + { measured: 0, proxy: 10, estimated: 15 }[provenance]
}

/** Sessions count every leg of a call, so they fill their capacity first. */
const SESSIONS_FIRST = metricId('callSessions.concurrent')

/**
 * Lays metrics out on the charts. `chosen` (from the link) puts a metric first: of connections in
 * the upper chart, any other in the lower one; `queue` says whose conversations the queue chart shows.
 */
export function panelPlan(
  metrics: readonly Metric[],
  chosen: readonly MetricId[] | null,
  queue: QueueChoice = ALL_QUEUES,
): PanelPlan {
  const gauges = metrics.filter(({ kind }) => kind === 'gauge')
  const isChosen = ({ id }: Metric) => chosen?.includes(id) ?? false
  const bestFirst = (group: readonly Metric[]) =>
    group.toSorted(
      (a, b) =>
        Number(isChosen(b)) - Number(isChosen(a)) ||
        rank(a) - rank(b) ||
        Number(b.id === SESSIONS_FIRST) - Number(a.id === SESSIONS_FIRST),
    )
  const inGroup = (group: MetricGroup) => gauges.filter((metric) => metric.group === group)
  const connections = inGroup('connections')
  const first = bestFirst(connections.filter(({ intervalMs }) => intervalMs !== null)).slice(0, 1)
  const fromFiles = connections.filter((metric) => isOfFile(metric) && !first.includes(metric))
  const chosenElsewhere = gauges.filter(
    (metric) => isChosen(metric) && (metric.group === 'api' || metric.group === 'other'),
  )
  return {
    connections: [...first, ...fromFiles],
    sessions: [...chosenElsewhere, ...bestFirst(inGroup('sessions'))].slice(0, 1),
    queue: queueLines(inGroup('queue'), metrics, queue),
    attempts:
      metrics.find(
        (metric) => metric.kind === 'count' && !isOfFile(metric) && metric.id.includes('attempts'),
      ) ?? null,
  }
}

function queueLines(inGroup: readonly Metric[], metrics: readonly Metric[], choice: QueueChoice) {
  const lines = QUEUE_STATES.flatMap(
    (state) => metrics.find(({ id }) => id === queueMetricId(state.id, choice)) ?? [],
  )
  if (lines.length > 0 || choice.kind !== 'all') return lines
  // A feed may count queues under names of its own.
  return inGroup.filter(({ id }) => !/^(acd|queue)\./.test(id)).slice(0, 2)
}

/** What has a tile: levels that are asked again and again. Queues have their chart; files are "now" only while they are followed. */
export const tileMetrics = (metrics: readonly Metric[]) =>
  metrics.filter(
    ({ kind, group, intervalMs }) => kind === 'gauge' && group !== 'queue' && intervalMs !== null,
  )
