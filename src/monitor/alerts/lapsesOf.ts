import type { BlindCause } from '#domain/alerts/alert.ts'
import type { Lapse } from '#domain/alerts/blindness.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs, SourceId } from '#domain/units.ts'
import type { SourceErrorKind } from '#sources/sourceError.ts'
import type { OrgFacts, SourceStatus } from '../orgFacts.ts'

const CAUSES: Partial<Record<SourceErrorKind, BlindCause>> = {
  unauthorised: 'token',
  rateLimited: 'rate',
  network: 'network',
  timeout: 'network',
  unavailable: 'server',
  unexpectedShape: 'server',
}

/** Why a source brings nothing now; null while it is well, or nobody asks it. */
function causeOf({ state, failure }: SourceStatus): BlindCause | null {
  if (state === 'signedOut') return 'token'
  return state === 'failing' ? (CAUSES[failure?.kind ?? 'network'] ?? 'silent') : null
}

/**
 * Tells of a source once when it begins to bring nothing, and once more when the cause becomes another:
 * a silence keeps its cause until something is heard.
 */
export function createLapseWatch() {
  const causes = new Map<SourceId, BlindCause>()
  return (sources: readonly SourceStatus[], now: EpochMs): readonly Lapse[] =>
    sources.flatMap((source) => {
      const cause = causeOf(source)
      const isNews = cause !== null && causes.get(source.id) !== cause
      if (cause === null) causes.delete(source.id)
      else causes.set(source.id, cause)
      return isNews ? source.metrics.map((metric) => ({ at: now, metric, cause })) : []
    })
}

/**
 * The metrics that should answer: of what is off, or was asked in earlier days, no silence is news. A source that has not
 * been heard since the page was loaded does not say yet what it feeds: until it does, nothing that is known is left out.
 */
export function askedMetrics({ metrics, sources }: OrgFacts): readonly Metric[] {
  const fed = new Set(sources.flatMap((source) => source.metrics))
  const asked = new Set(
    sources.filter(({ state }) => state !== 'off').flatMap((source) => source.metrics),
  )
  const isUnheard = ({ state, metrics: known }: SourceStatus) =>
    known.length === 0 && state !== 'ok' && state !== 'off'
  const isOpen = sources.some(isUnheard)
  return metrics.filter(({ id }) => asked.has(id) || (isOpen && !fed.has(id)))
}
