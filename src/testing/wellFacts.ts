import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { EMPTY_BOOK } from '#domain/limits/registryBook.ts'
import { type EpochMs, epochMs, orgId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'

/** 14:30:08 in Berlin, when nothing moves. */
export const FACTS_AT: EpochMs = epochMs(Date.UTC(2026, 8, 17, 12, 30, 8))

/** Facts of a made-up organisation that is well, and of which nothing was learnt yet. */
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
  toldLimits: new Map(),
  registry: EMPTY_BOOK,
  limitSettings: NO_LIMIT_SETTINGS,
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
