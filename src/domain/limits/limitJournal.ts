import { isAssumed, type LimitSteps, limitStepAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { type EpochMs, type MetricId, MINUTE_MS } from '../units.ts'
import { type KeyChange, keyHistory } from './keySteps.ts'
import { compareTexts, type LimitKey } from './limitKey.ts'
import type { LimitSettings, ManualLimit } from './limitSettings.ts'
import { metricsOfKeys } from './metricsOfKeys.ts'
import type { RegistryBook } from './registryBook.ts'
import { type KeyFacts, type LimitRequest, requestsFor } from './registryFact.ts'

/** Why a limit changed, as far as anybody knows. */
export type Explanation =
  | { kind: 'request'; request: LimitRequest }
  /** The platform's default moved to the same value in the same time. */
  | { kind: 'default' }
  | { kind: 'manual'; limit: ManualLimit; hasEnded: boolean }
  /** Told by the metric's own source, in its words. */
  | { kind: 'source'; source: string }
  /** No request leads to it: somebody should know why. */
  | { kind: 'unexplained' }

/** One line of the journal of limits. */
export type JournalEntry = {
  /** Stays the same when the journal is made anew. */
  id: string
  kind: 'effective' | 'default' | 'requested'
  key: LimitKey | null
  /** The metric that it limits; null where it limits none. */
  metric: MetricId | null
  from: number | null
  to: number | null
  /** It came into force somewhere in [earliest, latest]; a request, when it was made. */
  earliest: EpochMs
  latest: EpochMs
  /** When Tidemark first knew; null where that is not recorded. */
  firstSeenAt: EpochMs | null
  explanation: Explanation
}

type Known = {
  book: RegistryBook
  metrics: readonly Metric[]
  /** As sources told them: a source that changes its own mind about a metric is in the journal, too. */
  told: ReadonlyMap<MetricId, LimitSteps>
  settings: LimitSettings
}

/**
 * Every change of a limit that is known, newest first: values of the registry, the platform's
 * defaults, requests that are open or were turned down, typed limits, and what metrics' own sources
 * told. Capacities that come with each reply move all day and are left out: their chart shows them.
 */
export function limitJournal({ book, metrics, told, settings }: Known): readonly JournalEntry[] {
  const metricsOf = metricsOfKeys(metrics, settings)
  const ofKeys = book.namespaces.flatMap(({ namespace, keys }) =>
    keys.flatMap((facts) => {
      const key = { namespace, key: facts.key }
      return keyEntries(key, facts, requestsFor(book.requests, key), metricsOf(key)[0]?.id ?? null)
    }),
  )
  const ofMetrics = metrics
    .flatMap((metric) => sourceEntries(metric, told.get(metric.id) ?? []))
    .filter((entry) => !ofKeys.some((known) => isTheSame(known, entry)))
  const ofHand = settings.manualLimits.flatMap((limit) =>
    manualEntries(limit, told.get(limit.metric) ?? []),
  )
  return [...ofKeys, ...ofMetrics, ...ofHand].toSorted(
    (a, b) => b.latest - a.latest || compareTexts(a.id, b.id),
  )
}

/** What a source told of its metric is the change of that metric's key, seen from the other side. */
const APART_MS = 15 * MINUTE_MS
const isTheSame = (known: JournalEntry, entry: JournalEntry) =>
  known.kind === 'effective' &&
  known.metric === entry.metric &&
  known.to === entry.to &&
  entry.latest >= known.earliest - APART_MS &&
  entry.latest <= known.latest + APART_MS

function keyEntries(
  key: LimitKey,
  { effective, defaults }: KeyFacts,
  requests: readonly LimitRequest[],
  metric: MetricId | null,
): JournalEntry[] {
  const moved = keyHistory(defaults, []).changes
  const about = { key, metric }
  const named = `${key.namespace}/${key.key}`
  const changes = keyHistory(effective, requests).changes.map(
    (change): JournalEntry => ({
      ...about,
      ...spanOf(change),
      id: `effective:${named}:${change.latest}`,
      kind: 'effective',
      explanation: change.request
        ? { kind: 'request', request: change.request }
        : { kind: doesFollow(change, moved) ? 'default' : 'unexplained' },
    }),
  )
  const ofDefaults = moved
    .filter((change) => !changes.some((one) => doesFollow(one, [change])))
    .map(
      (change): JournalEntry => ({
        ...about,
        ...spanOf(change),
        id: `default:${named}:${change.latest}`,
        kind: 'default',
        explanation: { kind: 'default' },
      }),
    )
  return [...changes, ...ofDefaults, ...requests.flatMap((one) => requestEntries(one, metric))]
}

const spanOf = ({ from, to, earliest, latest, firstSeenAt }: KeyChange) => ({
  from,
  to,
  earliest,
  latest,
  firstSeenAt,
})

type Change = Pick<KeyChange, 'to' | 'earliest' | 'latest'>

/** Whether one of some changes of the default led to the same value in the same time. */
const doesFollow = (change: Change, defaults: readonly Change[]) =>
  defaults.some(
    ({ to, earliest, latest }) =>
      to === change.to && earliest <= change.latest && latest >= change.earliest,
  )

/** One that was carried out stands where its value changed. */
function requestEntries(request: LimitRequest, metric: MetricId | null): JournalEntry[] {
  const { id, namespace, key, status, createdAt, currentValue, requestedValue } = request
  if (status === 'ChangeImplemented' || createdAt === null) return []
  return [
    {
      id: `request:${id}`,
      kind: 'requested',
      key: { namespace, key },
      metric,
      from: currentValue,
      to: requestedValue,
      earliest: createdAt,
      latest: createdAt,
      firstSeenAt: null,
      explanation: { kind: 'request', request },
    },
  ]
}

/** Sources that tell a limit with every value. */
const MOVES_WITH_THE_VALUE = 'told with the value'

function sourceEntries({ id }: Metric, steps: LimitSteps): JournalEntry[] {
  const known = steps.filter(({ value }) => value !== null)
  return known.slice(1).flatMap((step, i) => {
    const before = known[i]!
    if (before.value === step.value || step.source === MOVES_WITH_THE_VALUE) return []
    if (isAssumed(before)) return []
    return [
      {
        id: `source:${id}:${step.from}`,
        kind: 'effective',
        key: null,
        metric: id,
        from: before.value,
        to: step.value,
        earliest: step.from,
        latest: step.from,
        firstSeenAt: null,
        explanation: { kind: 'source', source: step.source },
      },
    ]
  })
}

function manualEntries(limit: ManualLimit, told: LimitSteps): JournalEntry[] {
  const { metric, value, from, until, setAt } = limit
  const toldAt = (at: EpochMs) => limitStepAt(told, at)?.value ?? null
  const entry = (at: EpochMs, hasEnded: boolean): JournalEntry => ({
    id: `manual:${metric}:${setAt}:${hasEnded ? 'end' : 'begin'}`,
    kind: 'effective',
    key: null,
    metric,
    from: hasEnded ? value : toldAt(at),
    to: hasEnded ? toldAt(at) : value,
    earliest: at,
    latest: at,
    firstSeenAt: hasEnded ? null : setAt,
    explanation: { kind: 'manual', limit, hasEnded },
  })
  return until === null ? [entry(from, false)] : [entry(from, false), entry(until, true)]
}
