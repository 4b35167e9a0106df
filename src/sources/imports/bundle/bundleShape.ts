import * as z from 'zod/mini'
import { ERROR_CLASSES, ERROR_PLACES } from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS } from '#domain/evidence/demand/clientEvents.ts'
import { FILE_KINDS } from '#domain/fileKind.ts'
import { GROUP_DIMENSIONS } from '#domain/incident/attemptGroup.ts'
import { MARKER_KINDS } from '#domain/timeline/marker.ts'
import { durationMs, epochMs, metricId, orgId } from '#domain/units.ts'
import { BUNDLE_MARK } from '../../exports/bundle/bundleFormat.ts'

/** The first and the last instant of which a `Date` can speak. */
export const FARTHEST_MS = 8.64e15

const instant = () =>
  z.pipe(z.number().check(z.gte(-FARTHEST_MS), z.lte(FARTHEST_MS)), z.transform(epochMs))
const length = () => z.pipe(z.number(), z.transform(durationMs))
const metric = () => z.pipe(z.string(), z.transform(metricId))
const count = () => z.number().check(z.gte(0))
const text = () => z.nullable(z.string())
const span = z.object({ from: instant(), to: instant() })

/** A zone that clock times can be written in here. */
const zone = () =>
  z.string().check(
    z.refine(
      (name) => {
        try {
          return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
        } catch {
          return false
        }
      },
      { error: 'is no time zone that is known here' },
    ),
  )

export const manifestShape = z.object({
  format: z.literal(BUNDLE_MARK),
  version: z.int().check(z.gte(1)),
  parts: z.array(z.tuple([z.string(), z.string()])),
})

const metricShape = z.object({
  id: metric(),
  title: z.string(),
  unit: z.enum(['count', 'percent', 'perMinute']),
  kind: z.enum(['gauge', 'count']),
  group: z.enum(['connections', 'sessions', 'queue', 'api', 'other']),
  provenance: z.enum(['measured', 'proxy', 'estimated']),
  scope: z.enum(['organisation', 'userApp', 'token', 'trunk', 'sampledClients']),
  origin: z.string(),
  intervalMs: z.nullable(length()),
  thresholds: z.object({ warnAt: z.number(), criticalAt: z.number() }),
  note: z.exactOptional(z.string()),
  /** Said of a file that was still being written. */
  isFollowed: z.exactOptional(z.boolean()),
})

const headFields = z.object({
  title: z.string(),
  organisation: z.nullable(
    z.object({
      id: z.pipe(z.string(), z.transform(orgId)),
      name: z.string(),
      region: z.string(),
      domain: z.string(),
      simulation: text(),
    }),
  ),
  from: instant(),
  to: instant(),
  zone: zone(),
  comparison: z.nullable(z.object({ a: span, b: span })),
  own: z.number(),
  clockErrorMs: z.nullable(length()),
  metrics: z.array(metricShape),
})

export const headShape = headFields.check(
  z.refine(({ from, to }) => to > from, { path: ['to'], error: 'is not after its beginning' }),
)

/** Rows are many: what is in them is looked at one by one, without a shape. */
const columns = {
  times: z.enum(['steps', 'instants']),
  fromMs: z.number(),
  rows: z.array(z.unknown()),
}

export const seriesShape = z.object({ metric: metric(), ...columns })

export const limitsShape = z.array(
  z.object({
    metric: metric(),
    steps: z.array(
      z.object({ from: instant(), value: z.nullable(z.number()), source: z.string() }),
    ),
  }),
)

export const errorsShape = z.object({
  ...columns,
  kinds: z.array(
    z.object({
      class: z.enum(ERROR_CLASSES),
      place: z.enum(ERROR_PLACES),
      status: z.nullable(z.number()),
      source: z.enum(['monitor', 'feed', ...FILE_KINDS]),
      route: text(),
      app: text(),
      code: text(),
      message: text(),
      limit: z.nullable(
        z.object({ namespace: text(), key: text(), value: z.nullable(z.number()) }),
      ),
    }),
  ),
})

export const markersShape = z.array(
  z.object({
    id: z.string(),
    at: instant(),
    kind: z.enum(MARKER_KINDS),
    label: z.string(),
    origin: z.enum(['here', 'feed', 'genesys', ...FILE_KINDS]),
  }),
)

export const clientsShape = z.object({
  ...columns,
  kinds: z.array(z.enum(CLIENT_EVENT_KINDS)),
  names: z.array(z.string()),
})

export const sourcesShape = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    fileKind: z.exactOptional(z.enum(FILE_KINDS)),
    samples: count(),
    rejected: count(),
    rejections: z.array(z.object({ line: z.number(), reason: z.string() })),
    removals: z.array(z.object({ what: z.string(), count: count() })),
    warnings: z.array(z.string()),
    clock: z.object({
      movedMs: length(),
      plusMinusMs: z.nullable(length()),
      how: z.enum(['asItIs', 'byHand', 'correlation', 'dateHeaders']),
      drift: z.nullable(z.object({ ppm: z.number(), from: instant() })),
    }),
    groups: z.array(
      z.object({
        dimension: z.enum(GROUP_DIMENSIONS),
        name: z.string(),
        attempts: count(),
        refused: count(),
        failed: count(),
      }),
    ),
  }),
)

export const notesShape = z.array(
  z.object({
    id: z.string(),
    at: instant(),
    text: z.string(),
    author: z.string(),
    place: z.enum(['notes', 'timeline']),
  }),
)
