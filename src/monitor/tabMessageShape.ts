import { FILE_KINDS } from '#domain/fileKind.ts'
import * as z from 'zod/mini'
import {
  ERROR_CLASSES,
  ERROR_PLACES,
  type ErrorEvent,
  type NamedLimit,
} from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric, Thresholds } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Series } from '#domain/series/series.ts'
import { type Marker, MARKER_KINDS } from '#domain/timeline/marker.ts'
import type { DurationMs, EpochMs, MetricId, SourceId } from '#domain/units.ts'
import { registryFact } from './registryFactShape.ts'
import { parseShape } from '#sources/shape.ts'
import type {
  ClockCheck,
  Footprint,
  SessionState,
  SourceFailure,
  SourceStatus,
} from './orgFacts.ts'
import type { SharedFacts, TabMessage } from './tabMessages.ts'

/** A shape that gives exactly this type: a member that is forgotten here does not compile. */
type ShapeOf<T> = z.ZodMiniType<T>

const isNumber = (value: unknown) => typeof value === 'number' && !Number.isNaN(value)
const isText = (value: unknown) => typeof value === 'string'
const instant = z.custom<EpochMs>(isNumber)
const duration = z.custom<DurationMs>(isNumber)
const metricIdShape = z.custom<MetricId>(isText)
const sourceIdShape = z.custom<SourceId>(isText)
const text = z.nullable(z.string())
const status = z.nullable(z.number())

const series: ShapeOf<Series> = z
  .object({ timeMs: z.instanceof(Float64Array), value: z.instanceof(Float64Array) })
  .check(z.refine(({ timeMs, value }) => timeMs.length === value.length))

const thresholds: ShapeOf<Thresholds> = z.object({ warnAt: z.number(), criticalAt: z.number() })

const metric: ShapeOf<Metric> = z.object({
  id: metricIdShape,
  title: z.string(),
  unit: z.enum(['count', 'percent', 'perMinute']),
  kind: z.enum(['gauge', 'count']),
  group: z.enum(['connections', 'sessions', 'queue', 'api', 'other']),
  provenance: z.enum(['measured', 'proxy', 'estimated']),
  scope: z.enum(['organisation', 'userApp', 'token', 'trunk', 'sampledClients']),
  origin: z.string(),
  intervalMs: z.nullable(duration),
  thresholds,
  isFollowed: z.exactOptional(z.boolean()),
  limitKey: z.exactOptional(z.object({ namespace: z.string(), key: z.string() })),
  note: z.exactOptional(z.string()),
})

const limitStep: ShapeOf<LimitStep> = z.object({
  from: instant,
  value: z.nullable(z.number()),
  source: z.string(),
})

const namedLimit: ShapeOf<NamedLimit> = z.object({ namespace: text, key: text, value: status })

const errorEvent: ShapeOf<ErrorEvent> = z.object({
  at: instant,
  class: z.enum(ERROR_CLASSES),
  place: z.enum(ERROR_PLACES),
  status,
  count: z.number(),
  source: z.enum(['monitor', 'feed', ...FILE_KINDS]),
  route: text,
  app: text,
  code: text,
  message: text,
  correlationId: text,
  limit: z.nullable(namedLimit),
})

const marker: ShapeOf<Marker> = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(MARKER_KINDS),
  label: z.string(),
  origin: z.enum(['here', 'feed', 'genesys', ...FILE_KINDS]),
})

/**
 * By hand: there may be tens of thousands, and a shape would read each of them for a microsecond.
 */
const clientEvents = z.custom<readonly ClientEvent[]>(
  (value) => Array.isArray(value) && value.every(isClientEvent),
)

const observation: ShapeOf<Observation> = z.object({
  metrics: z.array(metric),
  samples: z.array(z.object({ metric: metricIdShape, series })),
  limits: z.array(z.object({ metric: metricIdShape, step: limitStep })),
  errors: z.array(errorEvent),
  markers: z.array(marker),
  clients: clientEvents,
  registry: z.array(registryFact),
})

const failure: ShapeOf<SourceFailure> = z.object({
  kind: z.enum([
    'unauthorised',
    'forbidden',
    'absent',
    'badRequest',
    'rateLimited',
    'unavailable',
    'network',
    'timeout',
    'unexpectedShape',
  ]),
  message: z.string(),
  status,
  route: text,
  code: text,
  retryAfterMs: z.nullable(duration),
  permission: text,
  correlationId: text,
  limit: z.nullable(namedLimit),
})

const source: ShapeOf<SourceStatus> = z.object({
  id: sourceIdShape,
  title: z.string(),
  everyMs: duration,
  metrics: z.array(metricIdShape),
  state: z.enum(['waiting', 'ok', 'failing', 'off', 'signedOut']),
  lastOkAt: z.nullable(instant),
  failingSince: z.nullable(instant),
  failure: z.nullable(failure),
  nextAt: z.nullable(instant),
  skippedTicks: z.number(),
})

const footprint: ShapeOf<Footprint> = z.object({
  requestsLastMinute: z.number(),
  feedRequestsLastMinute: z.exactOptional(z.number()),
  allowedPerMinute: z.number(),
  inFlight: z.number(),
  channels: z.number(),
})

const clock: ShapeOf<ClockCheck> = z.union([
  z.object({ kind: z.literal('unchecked') }),
  z.object({
    kind: z.literal('checked'),
    offsetMs: duration,
    errorMs: duration,
    at: instant,
  }),
])

const session: ShapeOf<SessionState> = z.union([
  z.object({ kind: z.literal('signedIn'), expiresAt: instant }),
  z.object({
    kind: z.literal('signedOut'),
    reason: z.enum(['never', 'expired', 'refused', 'left']),
  }),
  z.object({ kind: z.literal('notNeeded') }),
])

const facts: ShapeOf<SharedFacts> = z.object({
  sources: z.array(source),
  footprint,
  clock,
  session,
})

const message: ShapeOf<TabMessage> = z.union([
  z.object({ kind: z.literal('hello'), canReach: z.boolean() }),
  z.object({ kind: z.literal('welcome'), facts, recent: observation }),
  z.object({
    kind: z.literal('observed'),
    observation,
    source: z.nullable(sourceIdShape),
  }),
  z.object({ kind: z.literal('facts'), facts }),
  z.object({ kind: z.literal('unmarked'), id: z.string() }),
  z.object({ kind: z.literal('tryNow'), source: sourceIdShape }),
  z.object({ kind: z.literal('canReach') }),
  z.object({ kind: z.literal('rested') }),
])

function isClientEvent(value: unknown): value is ClientEvent {
  const { at, kind, client, tookMs } = (value ?? {}) as Partial<ClientEvent>
  return (
    isNumber(at) &&
    isText(client) &&
    isNumber(tookMs) &&
    CLIENT_EVENT_KINDS.includes(kind as ClientEvent['kind'])
  )
}

/** A message of another tab, vouched for; null where it is none of ours. */
export function readTabMessage(value: unknown): TabMessage | null {
  const parsed = parseShape(message, value)
  return parsed.ok ? parsed.value : null
}
