import type { Audit, AuditSource } from '#domain/limits/audit/audit.ts'
import { type AuditInput, auditOf, type AuditedUse } from '#domain/limits/audit/auditOf.ts'
import type { LimitKey } from '#domain/limits/limitKey.ts'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { EMPTY_BOOK, withRegistryFacts } from '#domain/limits/registryBook.ts'
import type { KeyFacts, LimitRequest, RegistryFailure } from '#domain/limits/registryFact.ts'
import { seenOnce } from '#domain/limits/sightings.ts'
import { type EpochMs, epochMs, metricId, orgId } from '#domain/units.ts'

/** 14:30 UTC of the day in the pictures. */
export const AUDITED_AT: EpochMs = epochMs(Date.UTC(2026, 8, 17, 14, 30))

/** A key as a test writes it: its value, and what else is told of it. Null: not told by the organisation. */
export type SomeKey = LimitKey & { value: number | null; byDefault?: number | null }

export type AuditParts = Partial<AuditInput> & {
  organisationName?: string
  told?: readonly SomeKey[]
  /** By namespace, why it could not be read. */
  failures?: Readonly<Record<string, RegistryFailure>>
  requests?: readonly LimitRequest[]
  /** By metric. */
  uses?: Readonly<Record<string, AuditedUse>>
}

export const refusedFor = (permission: string): RegistryFailure => ({
  kind: 'forbidden',
  reason: `permission missing: ${permission}`,
  permission,
})

export const workingSource = (id: string): AuditSource => ({
  id,
  title: id,
  state: 'works',
  permission: null,
  reason: null,
})

/** A request that was carried out an hour before the audit, unless said otherwise. */
export const someRequest = (known: Partial<LimitRequest> & LimitKey): LimitRequest => ({
  id: `${known.namespace}/${known.key}`,
  requestedValue: 0,
  currentValue: null,
  status: 'ChangeImplemented',
  createdAt: epochMs(AUDITED_AT - 7_200_000),
  completedAt: epochMs(AUDITED_AT - 3_600_000),
  rejectReason: null,
  ...known,
})

/** An audit of what a test says, made the usual way. */
export function someAudit(parts: AuditParts = {}): Audit {
  const { organisationName = 'Alder Retail', told = [], failures = {}, requests = [] } = parts
  const { uses = {}, takenAt = AUDITED_AT, ...known } = parts
  const names = new Set([...told.map(({ namespace }) => namespace), ...Object.keys(failures)])
  const answer = { at: takenAt, failure: null }
  const { book } = withRegistryFacts(EMPTY_BOOK, [
    ...[...names].map((namespace) => ({
      kind: 'namespace' as const,
      namespace,
      title: null,
      answer: { at: takenAt, failure: failures[namespace] ?? null },
      keys: told.filter((key) => key.namespace === namespace).map((key) => factsOf(key, takenAt)),
    })),
    { kind: 'requests' as const, answer, requests },
  ])
  return auditOf({
    organisation: {
      id: orgId(organisationName.toLowerCase().replaceAll(' ', '-')),
      name: organisationName,
      region: 'eu_central_1',
      domain: 'mypurecloud.de',
      simulation: null,
    },
    takenAt,
    tidemark: '0.1.0',
    book,
    metrics: [],
    limits: new Map(),
    settings: NO_LIMIT_SETTINGS,
    sources: [],
    inUseOf: (metric) => uses[metric] ?? null,
    names: [],
    whyNotAsked: 'not asked for',
    ...known,
  })
}

const factsOf = ({ key, value, byDefault = null }: SomeKey, at: EpochMs): KeyFacts => ({
  key,
  effective: value === null ? [] : seenOnce(value, at),
  defaults: byDefault === null ? [] : seenOnce(byDefault, at),
  doc: null,
})

/** A level with its peak, both now. */
export const inUse = (value: number, peak = value): AuditedUse => ({
  latest: { value, at: AUDITED_AT },
  peak: { value: peak, at: AUDITED_AT, since: epochMs(AUDITED_AT - 3_600_000) },
})

export const CONNECTIONS = metricId('connections.open')
