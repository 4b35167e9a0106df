import type { Audit, AuditSource } from '#domain/limits/audit/audit.ts'
import { auditOf, type AuditedUse } from '#domain/limits/audit/auditOf.ts'
import { type RegistryBook, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { observation } from '#domain/observation.ts'
import { DAY_MS, type EpochMs, epochMs, later, type MetricId } from '#domain/units.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { NAMESPACE_NAMES } from '#sources/genesys/registry/namespaceNames.ts'
import {
  readWholeRegistry,
  type RegistryProgress,
} from '#sources/genesys/registry/readWholeRegistry.ts'
import type { Timer } from '../clock.ts'
import type { SourceStatus } from '../orgFacts.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import type { SeriesStore } from '../seriesStore.ts'
import { steadyContext } from './steadyContext.ts'

type Options = {
  monitor: Pick<OrgMonitor, 'ask' | 'observe' | 'facts' | 'now' | 'series'>
  connection: Connection
  timer: Timer
  /** The version of this build; null where it is not known. */
  tidemark: string | null
  signal: AbortSignal
  progressed: (progress: RegistryProgress) => void
}

const NO_SIGN_IN =
  'This organisation is known by its feed alone: without a sign-in its registry cannot be asked.'
const NOT_NAMED = 'Only a request or an assignment names it: the registry does not.'

/**
 * Reads an organisation's whole registry of limits, takes in what it told as if it had been polled, and
 * makes the audit of that moment. Throws what concerns the whole of it: no reply, no sign-in, called off.
 */
export async function takeAudit(options: Options): Promise<Audit> {
  const { monitor, connection, timer, tidemark, signal, progressed } = options
  const hasApi = monitor.facts().session.kind !== 'notNeeded'
  const registry = hasApi
    ? await monitor.ask(
        (context) => readWholeRegistry(steadyContext(context, timer), connection, progressed),
        signal,
      )
    : []
  signal.throwIfAborted()
  monitor.observe(observation({ registry }))
  const facts = monitor.facts()
  const takenAt = monitor.now()
  return auditOf({
    organisation: facts.organisation,
    takenAt,
    tidemark,
    book: bookWith(facts.registry, registry),
    metrics: facts.metrics,
    limits: facts.limits,
    settings: facts.limitSettings,
    sources: facts.sources.map(sourceOf),
    inUseOf: (metric) => auditedUse(monitor.series, metric, takenAt),
    names: NAMESPACE_NAMES,
    whyNotAsked: hasApi ? NOT_NAMED : NO_SIGN_IN,
  })
}

/** The monitor's own facts may be a frame behind. */
const bookWith = (book: RegistryBook, facts: Parameters<typeof withRegistryFacts>[1]) =>
  withRegistryFacts(book, facts).book

/** Newest value and peak of the last 24 hours, or of as much of them as there is. */
export function auditedUse(
  series: Pick<SeriesStore, 'latest' | 'range' | 'extent'>,
  metric: MetricId,
  now: EpochMs,
): AuditedUse {
  const dayAgo = later(now, 0 - DAY_MS)
  const latest = series.latest(metric)
  const range = series.range(metric, dayAgo, now)
  const extent = series.extent(metric)
  if (!latest || !range || !extent || latest.at < dayAgo) return null
  return {
    latest,
    peak: {
      value: range.max,
      at: epochMs(range.maxAt),
      since: epochMs(Math.max(dayAgo, extent.from)),
    },
  }
}

function sourceOf({ id, title, state, failure }: SourceStatus): AuditSource {
  return {
    id,
    title,
    state: stateOf({ state, failure }),
    permission: failure?.permission ?? null,
    reason: failure?.message ?? null,
  }
}

function stateOf({
  state,
  failure,
}: Pick<SourceStatus, 'state' | 'failure'>): AuditSource['state'] {
  if (state === 'ok') return 'works'
  if (state === 'waiting' || state === 'signedOut') return 'notAsked'
  if (failure?.kind === 'forbidden') return 'refused'
  return failure?.kind === 'absent' ? 'absent' : 'failing'
}
