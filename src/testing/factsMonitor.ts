import { type EpochMs, epochMs, orgId, type SourceId } from '#domain/units.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'

/** 14:30:08 in Berlin, when nothing moves. */
export const FACTS_AT: EpochMs = epochMs(Date.UTC(2026, 8, 17, 12, 30, 8))

/** Facts of an organisation that is well, and of which nothing was learnt yet. */
export const wellFacts = (known: Partial<OrgFacts> = {}): OrgFacts => ({
  organisation: {
    id: orgId('alder'),
    name: 'Alder Retail',
    region: 'eu_central_1',
    domain: 'mypurecloud.de',
    simulation: null,
  },
  metrics: [],
  limits: new Map(),
  sources: [],
  markers: [],
  footprint: { requestsLastMinute: 23, allowedPerMinute: 150, inFlight: 0, channels: 0 },
  clock: { kind: 'unchecked' },
  role: 'polling',
  session: { kind: 'signedIn', expiresAt: epochMs(FACTS_AT + 86_400_000) },
  history: { kind: 'stored' },
  isLoadingHistory: false,
  ...known,
})

/** For screens of facts alone: a monitor that has these and no samples, and notes what it is told to try. */
export function factsMonitor(known: Partial<OrgFacts> = {}) {
  const facts = wellFacts(known)
  const tried: SourceId[] = []
  const monitor: OrgMonitor = {
    series: createSeriesStore((flush) => flush()),
    errors: createErrorLog((flush) => flush()),
    facts: () => facts,
    subscribe: () => () => undefined,
    now: () => FACTS_AT,
    observe: () => undefined,
    mark: () => 'marker',
    unmark: () => undefined,
    tryNow: (source) => void tried.push(source),
    loadHistory: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }
  return { monitor, tried }
}
