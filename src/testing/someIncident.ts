import type { Incident, IncidentNote } from '#domain/incident/incident.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Series } from '#domain/series/series.ts'
import { seededRandom } from '#domain/stats/random.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { durationMs, type EpochMs, epochMs, type MetricId, metricId, orgId } from '#domain/units.ts'
import { someClients, someErrors } from './someIncidentEvents.ts'
import { someSources } from './someIncidentSources.ts'
import { someMetric } from './someMetric.ts'

/** A clock time of the afternoon, in Berlin: `13:09:12`. */
export const incidentAt = (clock: string): EpochMs =>
  epochMs(Date.parse(`2026-09-17T${clock}+02:00`))

/** 12:45 to 14:30 in Berlin, the afternoon of the picture of Review. */
export const INCIDENT_FROM = incidentAt('12:45:00')
export const INCIDENT_TO = incidentAt('14:30:00')
export const INCIDENT_RAISED_AT = incidentAt('13:40:00')
/** The two windows of the picture: under the limit of 1 000, and under that of 1 500. */
export const INCIDENT_COMPARISON = {
  a: { from: INCIDENT_FROM, to: INCIDENT_RAISED_AT },
  b: { from: incidentAt('13:45:00'), to: INCIDENT_TO },
}

export const CONNECTIONS = metricId('connections.open')
export const ATTEMPTS = metricId('connections.attempts')
export const SESSIONS = metricId('callSessions.concurrent')
export const WAITING = metricId('acd.waiting')
export const ABANDONED = metricId('acd.abandoned')
export const IN_FILE = metricId('jtl.threads:run-07')

const EVERY_MS = 10_000
const SAMPLES = 630
/** Samples come 3, 13, 23 … seconds past the minute. */
const TIMES = Float64Array.from({ length: SAMPLES }, (_, i) => INCIDENT_FROM + 3_000 + i * EVERY_MS)

/** Iterations 5 to 10: when the load comes on and goes off, and what is open without it. */
const ITERATIONS = [
  { number: 5, from: '12:48:00', to: '13:00:30', floor: 266 },
  { number: 6, from: '13:06:00', to: '13:18:20', floor: 322 },
  { number: 7, from: '13:24:00', to: '13:36:40', floor: 378 },
  { number: 8, from: '13:42:00', to: '13:55:00', floor: 434 },
  { number: 9, from: '14:00:00', to: '14:12:30', floor: 490 },
  { number: 10, from: '14:18:00', to: '14:30:00', floor: 546 },
].map(({ number, from, to, floor }) => ({
  number,
  from: incidentAt(from),
  to: incidentAt(to),
  floor,
}))
const LOAD = 695
const RAMP_MS = 184_000
const DRAIN_MS = 90_000

/**
 * A reviewed afternoon, as in the picture of Review: iterations that each leave 56 connections
 * behind, two of them at the limit of 1 000 with 304 refusals and a retry storm, then a limit of
 * 1 500 with 3; a load test's file with groups and a browser's recording beside it. 12:59 was a
 * near miss. All numbers agree with each other.
 */
export const someIncident = (known: Partial<Incident> = {}): Incident => ({
  from: INCIDENT_FROM,
  to: INCIDENT_TO,
  title: 'Load test, run 7',
  organisation: {
    id: orgId('alder'),
    name: 'Alder Retail',
    region: 'eu_central_1',
    domain: 'mypurecloud.de',
    simulation: null,
  },
  zone: 'Europe/Berlin',
  metrics: METRICS,
  samples: [
    { metric: CONNECTIONS, series: onBeat(levels()) },
    { metric: ATTEMPTS, series: onBeat(attempts()) },
    { metric: SESSIONS, series: onBeat(sessions()) },
    { metric: WAITING, series: onBeat(waiting()) },
    { metric: ABANDONED, series: onBeat(abandoned()) },
    { metric: IN_FILE, series: inFile() },
  ],
  limits: [
    {
      metric: CONNECTIONS,
      steps: [
        { from: incidentAt('09:00:00'), value: 1_000, source: 'presence sockets.max' },
        { from: INCIDENT_RAISED_AT, value: 1_500, source: 'presence sockets.max' },
      ],
    },
    {
      metric: SESSIONS,
      steps: [{ from: incidentAt('09:00:00'), value: 900, source: 'capacity of the edges' }],
    },
  ],
  errors: someErrors(incidentAt),
  markers: markers(),
  clients: someClients(incidentAt),
  sources: someSources(INCIDENT_FROM),
  notes: NOTES,
  comparison: INCIDENT_COMPARISON,
  own: 1,
  clockErrorMs: durationMs(2_000),
  ...known,
})

/** The same with other samples of one metric. */
export const withSamples = (incident: Incident, metric: MetricId, series: Series): Incident => ({
  ...incident,
  samples: [...incident.samples.filter((one) => one.metric !== metric), { metric, series }],
})

const onBeat = (value: Float64Array): Series => ({ timeMs: TIMES.slice(), value })

const METRICS: readonly Metric[] = [
  someMetric('connections.open', {
    title: 'WebSocket connections',
    group: 'connections',
    intervalMs: durationMs(EVERY_MS),
    origin: 'Feed of the gateway',
  }),
  someMetric('connections.attempts', {
    title: 'Connection attempts',
    kind: 'count',
    intervalMs: durationMs(EVERY_MS),
    origin: 'Feed of the gateway',
  }),
  someMetric('callSessions.concurrent', {
    title: 'Call sessions',
    group: 'sessions',
    intervalMs: durationMs(EVERY_MS),
    origin: 'Genesys Cloud',
  }),
  someMetric('acd.waiting', {
    title: 'Waiting',
    group: 'queue',
    intervalMs: durationMs(EVERY_MS),
    origin: 'Genesys Cloud',
  }),
  someMetric('acd.abandoned', {
    title: 'Abandoned',
    kind: 'count',
    group: 'queue',
    intervalMs: durationMs(EVERY_MS),
    origin: 'Genesys Cloud',
  }),
  someMetric('jtl.threads:run-07', {
    title: 'Open in load test',
    group: 'connections',
    scope: 'sampledClients',
    intervalMs: null,
    origin: 'run-07.jtl',
  }),
]

/** What is open at an instant if nothing refuses it: up within three minutes, gone within one and a half. */
function wantedAt(at: number): number {
  const i = ITERATIONS.findLastIndex(({ from }) => from <= at)
  const { from, to, floor } = ITERATIONS[i] ?? ITERATIONS[0]!
  if (at <= to) return floor + LOAD * loadAt(at, from)
  const next = ITERATIONS[i + 1]?.floor ?? floor
  return next + (floor + LOAD - next) * Math.max(0, 1 - (at - to) / DRAIN_MS)
}

/** How much of the load is on, 0–1. */
const loadAt = (at: number, from: number) => Math.min(1, Math.max(0, (at - from) / RAMP_MS))

const limitIn = (at: number) => (at < INCIDENT_RAISED_AT ? 1_000 : 1_500)

function levels(): Float64Array {
  const random = seededRandom(7)
  return TIMES.map((at) => {
    const wander = Math.round(3 * (random() - 0.5))
    return Math.min(limitIn(at), Math.round(wantedAt(at)) + wander)
  })
}

/** 4 180 until the raise, 4 236 from 13:45 on; about 17 in ten seconds under load, three without. */
function attempts(): Float64Array {
  const random = seededRandom(8)
  const refused = someErrors(incidentAt).filter(
    (one) => one.source === 'feed' && one.class === 'capacity',
  )
  const column = TIMES.map((time) => {
    const isOn = ITERATIONS.some(({ from, to }) => time > from && time <= to)
    const tried = (isOn ? 9 : 3) + Math.floor(isOn ? 17 * random() : 0)
    // What was refused was tried, within the ten seconds that the sample counts.
    return Math.max(tried, refused.filter(({ at }) => at > time - EVERY_MS && at <= time).length)
  })
  levelledTo(column, 4_180, (at) => at < INCIDENT_COMPARISON.a.to)
  levelledTo(column, 4_236, (at) => at >= INCIDENT_COMPARISON.b.from)
  return column
}

/** Adds or takes one here and there until the samples of a stretch add up. */
function levelledTo(column: Float64Array, total: number, isIn: (at: number) => boolean) {
  const places = [...column.keys()].filter((i) => isIn(TIMES[i]!) && column[i]! >= 12)
  let missing =
    total - [...column.keys()].reduce((sum, i) => sum + (isIn(TIMES[i]!) ? column[i]! : 0), 0)
  for (let turn = 0; missing !== 0; turn++) {
    const step = Math.sign(missing)
    column[places[(turn * 7) % places.length]!]! += step
    missing -= step
  }
}

function sessions(): Float64Array {
  const random = seededRandom(9)
  return TIMES.map((_, i) => Math.round(560 + 60 * Math.sin(i / 80) + 8 * random()))
}

function waiting(): Float64Array {
  const random = seededRandom(10)
  let level = 14
  return TIMES.map(() => {
    level = 14 + 0.85 * (level - 14) + 3 * (random() - 0.5)
    return Math.max(0, Math.round(level))
  })
}

function abandoned(): Float64Array {
  const random = seededRandom(11)
  return TIMES.map(() => (random() < 0.06 ? 1 : 0))
}

/** The test's own threads: all of the load, and nothing of what stays open. */
function inFile(): Series {
  const timeMs = Float64Array.from({ length: 1_260 }, (_, i) => INCIDENT_FROM + 5_000 * i)
  const threadsAt = (at: number) => {
    const iteration = ITERATIONS.findLast(({ from }) => from <= at)
    return iteration && at < iteration.to ? Math.round(LOAD * loadAt(at, iteration.from)) : 0
  }
  return { timeMs, value: timeMs.map(threadsAt) }
}

function markers(): Marker[] {
  const marker = (at: EpochMs, kind: Marker['kind'], label: string): Marker => ({
    id: `feed:${kind}:${at}`,
    at,
    kind,
    label,
    origin: 'feed',
  })
  return [
    marker(incidentAt('12:47:50'), 'run', 'Run 7'),
    ...ITERATIONS.flatMap(({ number, from, to }) => [
      marker(from, 'iteration', `Iteration ${number}`),
      marker(to, 'end', `Iteration ${number} ends`),
    ]),
    {
      ...marker(incidentAt('13:09:10'), 'limitReached', 'Connection limit reached'),
      origin: 'genesys' as const,
    },
    {
      ...marker(
        incidentAt('13:40:00'),
        'limitChanged',
        'Limit presence sockets.max changed to 1 500',
      ),
      origin: 'genesys' as const,
    },
  ].sort((a, b) => a.at - b.at)
}

const NOTES: readonly IncidentNote[] = [
  {
    id: 'note-1',
    at: incidentAt('13:28:00'),
    text: 'Iteration 7 was started although the sockets of iteration 6 were still open.',
    author: 'tester on call',
    place: 'notes',
  },
  {
    id: 'note-2',
    at: incidentAt('13:40:00'),
    text: 'Support confirms the change to 1 500.',
    author: 'administrator',
    place: 'notes',
  },
]
