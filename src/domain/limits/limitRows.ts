import { usageState, type UsageState, usedRatio } from '../metrics/headroom.ts'
import { limitStepAt, type LimitStep, type LimitSteps } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { SCOPE_WORDS } from '../metrics/scopeWords.ts'
import type { EpochMs, MetricId } from '../units.ts'
import { keyScope } from './keyScope.ts'
import { limitKeyText, type LimitKey } from './limitKey.ts'
import { keyOfMetric } from './limitsInForce.ts'
import type { LimitSettings, ManualLimit } from './limitSettings.ts'
import { notMeasurable } from './notMeasurable.ts'
import { openRequestFor } from './pendingLimits.ts'
import { keyIn, type RegistryBook } from './registryBook.ts'
import type { KeyDoc, LimitRequest, NamespaceFacts, RegistryAnswer } from './registryFact.ts'

/** What is in use of a limit now, or why nobody can say. */
export type LimitUse =
  | {
      kind: 'measured'
      value: number
      at: EpochMs
      ratio: number | null
      state: UsageState
      /** Late: shown as old, without a share. */
      isStale: boolean
    }
  /** No public call counts it. */
  | { kind: 'notMeasurable'; reason: string }
  /** It can be counted, and is not at present. */
  | { kind: 'off'; reason: string; permission: string | null }
  | { kind: 'blind'; reason: string; since: EpochMs | null }
  | { kind: 'waiting' }

/** What a monitor says of a metric at present: `LimitUse` but for the limit. */
export type MetricUse =
  | { kind: 'value'; value: number; at: EpochMs; isStale: boolean }
  | Exclude<LimitUse, { kind: 'measured' }>

/** One limit, as the screen and the audit list it. */
export type LimitRow = {
  /** `key:platform.api token.rate.per.minute`, `metric:calls.concurrent`. */
  id: string
  key: LimitKey | null
  /** What is counted against it; null where nothing is. */
  metric: Metric | null
  /** The key, or the metric's title. */
  title: string
  /** What the rows of a group have in common: a namespace, or a kind of metric. */
  group: { id: string; title: string; note: string }
  scope: string
  /** Whether the scope is assumed: nothing says it. */
  isScopeGuessed: boolean
  doc: KeyDoc | null
  /** Null: not published. */
  defaultValue: number | null
  /** In force now; null: nothing is known. */
  effective: LimitStep | null
  /** As the registry tells it, also where that is no limit to compare with. */
  told: number | null
  /** How the organisation's own value was last read; null for what is in no registry. */
  answer: RegistryAnswer | null
  /** The newest request that may still change it. */
  request: LimitRequest | null
  /** Typed in, and in force now. */
  manual: ManualLimit | null
  use: LimitUse
  headroom: number | null
}

type Known = {
  metrics: readonly Metric[]
  /** Those that hold. */
  limits: ReadonlyMap<MetricId, LimitSteps>
  book: RegistryBook
  settings: LimitSettings
  now: EpochMs
  inUseOf: (metric: Metric) => MetricUse
}

const NO_KEY = 'no registry key'
const GROUPS = {
  connections: 'Connections and notifications',
  sessions: 'Calls and sessions',
  queue: 'Queues',
  api: 'Requests',
  other: 'Other',
} as const satisfies Record<Metric['group'], string>

/**
 * Every limit that anybody knows of: each key of the registry, whether or not something is counted
 * against it, and each metric that a limit could apply to. Metrics first, then namespaces by name.
 */
export function limitRows(known: Known): readonly LimitRow[] {
  const { metrics, book, settings } = known
  const byKey = new Map<string, Metric>()
  const alone: Metric[] = []
  for (const metric of metrics.filter(isLimited)) {
    const key = keyOfMetric(metric, settings)
    if (!key || !keyIn(book, key)) {
      if (metric.intervalMs !== null) alone.push(metric)
    } else if (metric.intervalMs !== null || !byKey.has(limitKeyText(key)))
      byKey.set(limitKeyText(key), metric)
  }
  const ofKeys = book.namespaces.flatMap((namespace) =>
    namespace.keys.map(({ key }) => {
      const limitKey = { namespace: namespace.namespace, key }
      return keyRow(known, namespace, limitKey, byKey.get(limitKeyText(limitKey)) ?? null)
    }),
  )
  return [...alone.map((metric) => metricRow(known, metric)), ...ofKeys]
}

/**
 * A level that is watched all the time, or that the platform records while its key is nearly reached;
 * queues have no limit, and a file's counts are over.
 */
const isLimited = ({ kind, group, intervalMs, limitKey }: Metric) =>
  kind === 'gauge' && group !== 'queue' && (intervalMs !== null || limitKey !== undefined)

function metricRow(known: Known, metric: Metric): LimitRow {
  const effective = limitStepAt(known.limits.get(metric.id) ?? [], known.now)
  return {
    id: `metric:${metric.id}`,
    key: null,
    metric,
    title: metric.title,
    group: { id: `metric:${metric.group}`, title: GROUPS[metric.group], note: NO_KEY },
    scope: SCOPE_WORDS[metric.scope],
    isScopeGuessed: false,
    doc: null,
    defaultValue: null,
    effective,
    told: null,
    answer: null,
    request: null,
    manual: manualOf(known, metric),
    ...usedAgainst(metric, known.inUseOf(metric), effective),
  }
}

function keyRow(
  known: Known,
  { namespace, title, answer }: NamespaceFacts,
  key: LimitKey,
  metric: Metric | null,
): LimitRow {
  const { book, limits, now, inUseOf } = known
  const facts = keyIn(book, key)
  const doc = facts?.doc ?? null
  const { words, basis } = keyScope(key, doc)
  const told = facts?.effective.at(-1)?.value ?? null
  const ofKey: LimitStep | null =
    told === null
      ? null
      : { from: facts!.effective.at(-1)!.firstSeenAt, value: told, source: 'registry' }
  const effective = metric ? (limitStepAt(limits.get(metric.id) ?? [], now) ?? ofKey) : ofKey
  return {
    id: `key:${limitKeyText(key)}`,
    key,
    metric,
    title: key.key,
    group: { id: `namespace:${namespace}`, title: title ?? namespace, note: namespace },
    scope: metric ? SCOPE_WORDS[metric.scope] : words,
    isScopeGuessed: !metric && basis === 'guess',
    doc,
    defaultValue: facts?.defaults.at(-1)?.value ?? null,
    effective,
    told,
    answer,
    request: openRequestFor(book.requests, key),
    manual: metric && manualOf(known, metric),
    ...(metric
      ? usedAgainst(metric, inUseOf(metric), effective)
      : { use: { kind: 'notMeasurable', reason: notMeasurable(key, null, doc)! }, headroom: null }),
  }
}

function manualOf({ settings, now }: Known, { id }: Metric): ManualLimit | null {
  return (
    settings.manualLimits.findLast(
      ({ metric, from, until }) => metric === id && from <= now && (until === null || now < until),
    ) ?? null
  )
}

function usedAgainst(
  { thresholds }: Metric,
  use: MetricUse,
  effective: LimitStep | null,
): Pick<LimitRow, 'use' | 'headroom'> {
  if (use.kind !== 'value') return { use, headroom: null }
  const { value, at, isStale } = use
  const limit = effective?.value ?? null
  const state = usageState(value, limit, thresholds)
  const measured = { value, at, isStale, ratio: usedRatio(value, limit), state }
  return {
    use: { kind: 'measured', ...measured },
    headroom: limit === null ? null : limit - value,
  }
}
