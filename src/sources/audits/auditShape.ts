import * as z from 'zod/mini'
import { AUDIT_FORMAT, AUDIT_VERSION, type Audit } from '#domain/limits/audit/audit.ts'
import { epochMs, metricId, orgId } from '#domain/units.ts'
import { type Parsed, parseShape } from '../shape.ts'

const instant = () => z.pipe(z.number(), z.transform(epochMs))
const metric = () => z.pipe(z.string(), z.transform(metricId))
const optional = {
  text: () => z.nullable(z.string()),
  number: () => z.nullable(z.number()),
  flag: () => z.nullable(z.boolean()),
  instant: () => z.nullable(instant()),
}

const provenance = () => z.enum(['measured', 'proxy', 'estimated'])
const limitKey = { namespace: z.string(), key: z.string() }

const manualLimit = z.object({
  metric: metric(),
  value: z.number(),
  from: instant(),
  until: optional.instant(),
  author: z.string(),
  setAt: instant(),
  note: z.string(),
})

const use = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measured'),
    metric: metric(),
    title: z.string(),
    provenance: provenance(),
    value: z.number(),
    at: instant(),
    usedRatio: optional.number(),
    peak: z.object({ value: z.number(), at: instant(), since: instant() }),
  }),
  z.object({
    kind: z.literal('noSample'),
    metric: metric(),
    title: z.string(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('notMeasurable'), reason: z.string() }),
])

const namespace = z.object({
  namespace: z.string(),
  title: optional.text(),
  state: z.enum(['read', 'partly', 'refused', 'absent', 'failed', 'notAsked']),
  reason: optional.text(),
  permission: optional.text(),
  readAt: optional.instant(),
  keys: z.number(),
})

const key = z
  .object({
    ...limitKey,
    description: optional.text(),
    state: z.enum(['told', 'notTold', 'unread']),
    effective: optional.number(),
    lastKnown: optional.number(),
    firstSeenAt: optional.instant(),
    lastSeenAt: optional.instant(),
    default: optional.number(),
    differsFromDefault: optional.flag(),
    requested: z.nullable(
      z.object({ value: z.number(), status: z.string(), createdAt: optional.instant() }),
    ),
    use,
    headroom: optional.number(),
    scope: z.string(),
    scopeBasis: z.enum(['metric', 'name', 'documentation', 'guess']),
    isConfigurable: optional.flag(),
    isTrackable: optional.flag(),
    source: z.string(),
    manual: z.array(manualLimit),
  })
  .check(
    z.refine(({ state, effective }) => state !== 'told' || effective !== null, {
      message: 'is told, and is not there',
      path: ['effective'],
    }),
  )

const auditMetric = z.object({
  metric: metric(),
  title: z.string(),
  unit: z.enum(['count', 'percent', 'perMinute']),
  provenance: provenance(),
  scope: z.enum(['organisation', 'userApp', 'token', 'trunk', 'sampledClients']),
  key: z.nullable(z.object(limitKey)),
  limit: z.nullable(z.object({ value: optional.number(), source: z.string(), from: instant() })),
  isMoving: z.boolean(),
  use,
  headroom: optional.number(),
  thresholds: z.object({ warnAt: z.number(), criticalAt: z.number() }),
  manual: z.array(manualLimit),
})

const request = z.object({
  id: z.string(),
  ...limitKey,
  requestedValue: z.number(),
  currentValue: optional.number(),
  status: z.string(),
  createdAt: optional.instant(),
  completedAt: optional.instant(),
  rejectReason: optional.text(),
})

const answer = z.object({
  at: instant(),
  failure: z.nullable(
    z.object({
      kind: z.enum(['forbidden', 'absent', 'failed']),
      reason: z.string(),
      permission: optional.text(),
    }),
  ),
})

const auditShape: z.ZodMiniType<Audit> = z.object({
  format: z.literal(AUDIT_FORMAT),
  version: z.literal(AUDIT_VERSION),
  organisation: z.object({
    id: z.pipe(z.string(), z.transform(orgId)),
    name: z.string(),
    region: z.string(),
    domain: z.string(),
    simulation: optional.text(),
  }),
  takenAt: instant(),
  tidemark: optional.text(),
  namespaces: z.array(namespace),
  keys: z.array(key),
  metrics: z.array(auditMetric),
  requests: z.object({ answer: z.nullable(answer), list: z.array(request) }),
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.enum(['works', 'refused', 'absent', 'failing', 'notAsked']),
      permission: optional.text(),
      reason: optional.text(),
    }),
  ),
})

const headShape = z.object({ format: z.literal(AUDIT_FORMAT), version: z.int() })

/** Vouches for the shape of an audit. The problem says which field, or which version, as a sentence's end. */
export function parseAudit(value: unknown): Parsed<Audit> {
  const head = parseShape(headShape, value)
  if (!head.ok) return { ok: false, problem: `it is no audit of Tidemark: ${head.problem}` }
  const { version } = head.value
  if (version > AUDIT_VERSION)
    return {
      ok: false,
      problem: `it is of version ${version}, made by a newer Tidemark; this one reads version ${AUDIT_VERSION}`,
    }
  return parseShape(auditShape, value)
}
