import * as z from 'zod/mini'
import { ERROR_CLASSES, ERROR_PLACES } from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS } from '#domain/evidence/demand/clientEvents.ts'
import { epochMs } from '#domain/units.ts'
import { countShape } from '../shape.ts'

/**
 * One reply of feed protocol v1 (docs/formats.md). Lists are read entry by entry, so that one bad
 * entry costs itself and not the page.
 */
export const pageShape = z.object({
  cursor: z.string().check(z.minLength(1)),
  hasMore: z.boolean(),
  metrics: z.array(z.unknown()),
  samples: z.array(z.unknown()),
  errors: z.array(z.unknown()),
  limits: z.array(z.unknown()),
  markers: z.array(z.unknown()),
  /** Absent where the feed does not tell clients apart. */
  clients: z.optional(z.array(z.unknown())),
})
export type FeedPage = z.infer<typeof pageShape>

/** A day: whoever counts less often is not watched live. */
const LONGEST_INTERVAL_MS = 86_400_000

const id = () => z.string().check(z.minLength(1))

/** 2000-01-01: earlier times are seconds taken for milliseconds, or counters. */
const EARLIEST_MS = 946_684_800_000
/** 2100-01-01. */
const LATEST_MS = 4_102_444_800_000

/** An instant that a feed may speak of. */
export const isFeedInstant = (value: unknown) =>
  typeof value === 'number' && value >= EARLIEST_MS && value <= LATEST_MS

const instant = () =>
  z.pipe(z.number().check(z.gte(EARLIEST_MS), z.lte(LATEST_MS)), z.transform(epochMs))

export const feedMetricShape = z.object({
  id: id(),
  title: id(),
  unit: z.enum(['count', 'percent', 'perMinute']),
  kind: z.enum(['gauge', 'count']),
  provenance: z.enum(['measured', 'proxy', 'estimated']),
  scope: z.enum(['organisation', 'userApp', 'token', 'trunk', 'sampledClients']),
  /** How far apart samples are expected, where the feed knows; null where they come as they come. */
  everyMs: z.optional(z.nullable(z.number().check(z.gt(0), z.lte(LONGEST_INTERVAL_MS)))),
  /** The name of the file that a load tool writes and the feed reads on in. */
  file: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Which key of the registry of limits limits it, where the feed knows. */
  limitKey: z.exactOptional(z.object({ namespace: id(), key: id() })),
})

export const feedSampleShape = z.object({
  metric: id(),
  atMs: instant(),
  value: z.nullable(countShape()),
})

const optionalText = z.optional(z.nullable(z.string()))

export const feedErrorEventShape = z.object({
  atMs: instant(),
  status: z.optional(z.nullable(z.int().check(z.gte(-1), z.lte(999)))),
  /** One that is not known says nothing: the status then decides. */
  class: z.optional(z.nullable(z.union([z.enum(ERROR_CLASSES), z.string()]))),
  /** Like the class: without a known one, route and class decide. */
  place: z.optional(z.nullable(z.union([z.enum(ERROR_PLACES), z.string()]))),
  count: z.optional(z.int().check(z.gte(1), z.lte(1e9))),
  route: optionalText,
  app: optionalText,
  correlationId: optionalText,
  /** Whose results the feed has it from, where it was told by no server. One that is not known says nothing. */
  source: optionalText,
})

export const feedLimitShape = z.object({
  metric: id(),
  fromMs: instant(),
  value: z.nullable(countShape()),
  source: z.string(),
})

export const feedMarkerShape = z.object({
  atMs: instant(),
  kind: z.enum(['run', 'iteration', 'end', 'limitChanged', 'note']),
  label: z.string(),
})

/** A name of a client is a few letters and digits, never a text about it. */
export const LONGEST_CLIENT = 64

export const feedClientShape = z.object({
  atMs: instant(),
  client: z.string().check(z.minLength(1), z.maxLength(LONGEST_CLIENT)),
  event: z.enum(CLIENT_EVENT_KINDS),
  tookMs: z.optional(z.nullable(countShape())),
})
