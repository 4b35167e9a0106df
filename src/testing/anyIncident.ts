import fc from 'fast-check'
import { ERROR_CLASSES, ERROR_PLACES, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { FILE_KINDS } from '#domain/fileKind.ts'
import { GROUP_DIMENSIONS } from '#domain/incident/attemptGroup.ts'
import type { Incident, IncidentNote, IncidentSource } from '#domain/incident/incident.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { MARKER_KINDS, type Marker } from '#domain/timeline/marker.ts'
import { durationMs, epochMs, metricId, orgId } from '#domain/units.ts'

/** What somebody may write who wants a page to run it, or a reader to trip over it. */
export const HOSTILE_TEXTS = [
  '</script><script>document.title = 1</script>',
  '<!-- <script>',
  ']]></script>',
  '<img src=x onerror="document.title = 2">',
  '"><svg onload=alert(1)>',
  '{{constructor}}',
  '__proto__',
  'constructor',
  '=1+1',
  'line\r\nline\rline\u2028line',
  'Zürich 日本 🙂 \ud800',
  '\u0000\ufeff\u202e',
] as const

const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
const START = 1_789_641_900_000
/** Mostly whole milliseconds, as clocks give them. */
const instant = fc
  .oneof(fc.nat(7_200_000), fc.double({ min: 0, max: 7_200_000, noNaN: true }))
  .map((afterMs) => epochMs(START + afterMs))
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const count = fc.nat(1e6)
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 })

/** JSON has one zero: the other one comes back as it. */
const value = fc.double().map((one) => (one === 0 ? 0 : one))

const series = fc
  .uniqueArray(fc.tuple(instant, value), { selector: ([at]) => at, maxLength: 40 })
  .map((points) => points.sort(([a], [b]) => a - b))
  .map((points) => ({
    timeMs: Float64Array.from(points, ([at]) => at),
    value: Float64Array.from(points, ([, one]) => one),
  }))

const metric: fc.Arbitrary<Metric> = fc.record(
  {
    id: text.map(metricId),
    title: text,
    unit: fc.constantFrom('count', 'percent', 'perMinute'),
    kind: fc.constantFrom('gauge', 'count'),
    group: fc.constantFrom('connections', 'sessions', 'queue', 'api', 'other'),
    provenance: fc.constantFrom('measured', 'proxy', 'estimated'),
    scope: fc.constantFrom('organisation', 'userApp', 'token', 'trunk', 'sampledClients'),
    origin: text,
    intervalMs: orNull(fc.integer({ min: 1_000, max: 60_000 }).map(durationMs)),
    thresholds: fc.constant(DEFAULT_THRESHOLDS),
    note: text,
  },
  {
    requiredKeys: [
      'id',
      'title',
      'unit',
      'kind',
      'group',
      'provenance',
      'scope',
      'origin',
      'intervalMs',
      'thresholds',
    ],
  },
)

const errorEvent: fc.Arbitrary<ErrorEvent> = fc.record({
  at: instant,
  class: fc.constantFrom(...ERROR_CLASSES),
  place: fc.constantFrom(...ERROR_PLACES),
  status: orNull(fc.integer({ min: 100, max: 599 })),
  count: fc.integer({ min: 1, max: 500 }),
  source: fc.constantFrom('monitor', 'feed', ...FILE_KINDS),
  route: orNull(text),
  app: orNull(text),
  code: orNull(text),
  message: orNull(text),
  correlationId: orNull(text),
  limit: orNull(fc.record({ namespace: orNull(text), key: orNull(text), value: orNull(finite) })),
})

const client: fc.Arbitrary<ClientEvent> = fc.record({
  at: instant,
  kind: fc.constantFrom(...CLIENT_EVENT_KINDS),
  client: text,
  tookMs: fc.double({ min: 0, max: 1e6, noNaN: true }).map((took) => took + 0),
})

const marker: fc.Arbitrary<Marker> = fc.record({
  id: text,
  at: instant,
  kind: fc.constantFrom(...MARKER_KINDS),
  label: text,
  origin: fc.constantFrom('here', 'feed', 'genesys', ...FILE_KINDS),
})

const note: fc.Arbitrary<IncidentNote> = fc.record({
  id: text,
  at: instant,
  text,
  author: text,
  place: fc.constantFrom('notes', 'timeline'),
})

const source: fc.Arbitrary<IncidentSource> = fc.record({
  id: text,
  name: text,
  kind: text,
  samples: count,
  rejected: count,
  rejections: few(fc.record({ line: count, reason: text })),
  removals: few(fc.record({ what: text, count })),
  warnings: few(text),
  clock: fc.record({
    movedMs: finite.map(durationMs),
    plusMinusMs: orNull(finite.map(durationMs)),
    how: fc.constantFrom('asItIs', 'byHand', 'correlation', 'dateHeaders'),
    drift: orNull(fc.record({ ppm: finite, from: instant })),
  }),
  groups: few(
    fc.record({
      dimension: fc.constantFrom(...GROUP_DIMENSIONS),
      name: text,
      attempts: count,
      refused: count,
      failed: count,
    }),
  ),
})

const span = fc.record({ from: instant, to: instant })
const limits = fc.record({
  metric: text.map(metricId),
  steps: few(fc.record({ from: instant, value: orNull(fc.nat(2_000)), source: text })).map(
    (steps) => steps.sort((a, b) => a.from - b.from),
  ),
})
const byTime = <T extends { at: number }>(events: T[]) => events.sort((a, b) => a.at - b.at)

/** An incident with anything in it that its type allows, and texts that were written to do harm. */
export const anyIncident: fc.Arbitrary<Incident> = fc.record({
  title: text,
  organisation: orNull(
    fc.record({
      id: text.map(orgId),
      name: text,
      region: text,
      domain: text,
      simulation: orNull(text),
    }),
  ),
  from: fc.constant(epochMs(START)),
  to: fc.integer({ min: 1, max: 7_200_000 }).map((ms) => epochMs(START + ms)),
  zone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York', 'Asia/Kolkata'),
  // One description, series and list of limits for each metric.
  metrics: fc.uniqueArray(metric, { selector: ({ id }) => id, maxLength: 4 }),
  samples: fc.uniqueArray(fc.record({ metric: text.map(metricId), series }), {
    selector: ({ metric: id }) => id,
    maxLength: 4,
  }),
  limits: fc.uniqueArray(limits, { selector: ({ metric: id }) => id, maxLength: 4 }),
  errors: fc.array(errorEvent, { maxLength: 12 }).map(byTime),
  markers: few(marker),
  clients: fc.array(client, { maxLength: 12 }),
  sources: few(source),
  notes: few(note),
  comparison: orNull(fc.record({ a: span, b: span })),
  own: fc.nat(20),
  clockErrorMs: orNull(fc.nat(5_000).map(durationMs)),
})
