import type { FileClock } from '../clock/dateHeaderOffset.ts'
import { movedObservation } from '../clock/movedObservation.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import { withLimitStep } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { NOTHING_OBSERVED, type Observation } from '../observation.ts'
import type { Organisation } from '../organisation.ts'
import { merged } from '../series/merge.ts'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import { type DurationMs, type EpochMs, epochMs, type MetricId } from '../units.ts'
import type { Comparison, Incident, IncidentNote, IncidentSource, Span } from './incident.ts'

/** A file laid over the window: what it holds as its clock says, and how far that was moved. */
export type DraftFile = {
  source: IncidentSource
  observation: Observation
  /** How somebody said it is to be read; whoever opens it again reads it so. */
  readBy?: ReadBy
  /** What its own `Date` headers say of its clock; null where they say nothing. */
  headers?: FileClock | null
}

/** What of a file's reading is a choice: which end of a sample its times are, which columns of a table. */
export type ReadBy = {
  stamp?: 'start' | 'end'
  columns?: { time: number; values: readonly number[]; limit: number | null }
}

/** What a review starts from: files alone, recorded history, or somebody else's incident. */
export type DraftBase =
  | { kind: 'none' }
  | {
      kind: 'history'
      organisation: Organisation
      /** What is kept of the window. */
      observation: Observation
      source: IncidentSource
      own: number
      clockErrorMs: DurationMs | null
    }
  | BundleBase

/** Somebody else's incident, and what its file says of itself. */
export type BundleBase = { kind: 'bundle'; incident: Incident; seal: BundleSeal }

type BundleSeal = {
  name: string
  fingerprint: string
  /** Parts that were changed after it was written, by name. */
  changed: readonly string[]
  /** The evidence it was written with, as text. */
  storedReport: string
}

/** A review while it is made: everything its incident follows from. Plain data. */
export type Draft = {
  title: string
  zone: string
  /** Null: all that is in it. */
  span: Span | null
  base: DraftBase
  files: readonly DraftFile[]
  /** Limits that no source tells, typed in by the reviewer. */
  typedLimits: readonly { metric: MetricId; value: number }[]
  notes: readonly IncidentNote[]
  comparison: Comparison | null
}

export const EMPTY_DRAFT: Omit<Draft, 'zone'> = {
  title: '',
  span: null,
  base: { kind: 'none' },
  files: [],
  typedLimits: [],
  notes: [],
  comparison: null,
}

export const TYPED_LIMIT = 'typed in for this review'

/** The incident a draft stands for; null while there is nothing in it, whatever window was chosen. */
export function incidentOf(draft: Draft): Incident | null {
  const { base, files, notes, comparison, zone } = draft
  if (base.kind === 'none' && files.length === 0) return null
  const observations = [observationOf(base), ...files.map(movedFile)]
  const span = draft.span ?? wholeSpan(base, observations)
  if (!span) return null
  const parts = observations.map((one) => clipped(one, span))
  const metrics = metricsOf(parts)
  const known = new Set(metrics.map(({ id }) => id))
  const bundled = base.kind === 'bundle' ? base.incident : null
  return {
    ...span,
    title: draft.title || titleOf(draft),
    organisation: base.kind === 'history' ? base.organisation : (bundled?.organisation ?? null),
    zone,
    metrics,
    samples: samplesOf(parts),
    limits: limitsOf(
      parts,
      // One of a file that was taken off is kept for its return, and is of nothing here.
      draft.typedLimits.filter(({ metric }) => known.has(metric)),
      bundled,
    ),
    errors: parts.flatMap(({ errors }) => errors).toSorted((a, b) => a.at - b.at),
    markers: parts.flatMap(({ markers }) => markers).toSorted((a, b) => a.at - b.at),
    clients: clientsOf(parts),
    sources: [...sourcesOf(base), ...files.map(({ source }) => source)],
    notes: notes.toSorted((a, b) => a.at - b.at),
    comparison,
    own: base.kind === 'history' ? base.own : (bundled?.own ?? 0),
    clockErrorMs: base.kind === 'history' ? base.clockErrorMs : (bundled?.clockErrorMs ?? null),
  }
}

/** What a review is called until somebody names it. */
function titleOf({ base, files }: Draft): string {
  if (base.kind === 'bundle') return base.incident.title
  if (base.kind === 'history') return base.organisation.name
  return files.map(({ source }) => source.name).join(', ')
}

/** A file is moved once, however often its draft changes in other respects. */
const movedFiles = new WeakMap<DraftFile, Observation>()

function movedFile(file: DraftFile): Observation {
  const known = movedFiles.get(file)
  if (known) return known
  const moved = movedObservation(file.observation, file.source.clock)
  movedFiles.set(file, moved)
  return moved
}

function observationOf(base: DraftBase): Observation {
  if (base.kind === 'none') return NOTHING_OBSERVED
  if (base.kind === 'history') return base.observation
  const { metrics, samples, limits, errors, markers, clients } = base.incident
  return {
    metrics,
    samples,
    limits: limits.flatMap(({ metric, steps }) => steps.map((step) => ({ metric, step }))),
    errors,
    markers,
    clients,
    registry: [],
  }
}

function sourcesOf(base: DraftBase): readonly IncidentSource[] {
  if (base.kind === 'none') return []
  return base.kind === 'history' ? [base.source] : base.incident.sources
}

/** A bundle says its own window; files go from the first thing they tell to the last. */
function wholeSpan(base: DraftBase, observations: readonly Observation[]): Span | null {
  const bundled = base.kind === 'bundle' ? [base.incident.from, base.incident.to] : []
  const told = observations.slice(1).flatMap(endsOf)
  const ends = base.kind === 'bundle' ? bundled : told
  if (ends.length === 0) return null
  const from = Math.min(...ends)
  const to = Math.max(...ends)
  return { from: epochMs(from), to: epochMs(to > from ? to : from + 1) }
}

function endsOf({ samples, errors, markers }: Observation): number[] {
  const ends = samples.flatMap(({ series: { timeMs } }) =>
    timeMs.length > 0 ? [timeMs[0]!, timeMs.at(-1)!] : [],
  )
  const [first] = errors
  // A run begins before its first sample is over: cut off, it would have no beginning.
  const marked = markers.map(({ at }) => at)
  // A window ends before `to`: the last failure counts into it.
  return [...ends, ...marked, ...(first ? [first.at, errors.at(-1)!.at + 1] : [])]
}

/** What of an observation lies in a window; limits are kept whole, since the one in force began before it. */
function clipped(observed: Observation, { from, to }: Span): Observation {
  const isInside = ({ at }: { at: EpochMs }) => at >= from && at <= to
  return {
    ...observed,
    samples: observed.samples
      .map(({ metric, series }) => ({ metric, series: within(series, from, to) }))
      .filter(({ series }) => series.timeMs.length > 0),
    limits: observed.limits.filter(({ step }) => step.from <= to),
    // What is counted is counted in [from, to): no failure is listed that the verdict leaves out.
    errors: observed.errors.filter((event) => isInside(event) && event.at < to),
    markers: observed.markers.filter(isInside),
    clients: observed.clients.filter(isInside),
  }
}

/** Metrics that have samples or limits here, each once. */
function metricsOf(parts: readonly Observation[]): readonly Metric[] {
  const spokenOf = new Set(
    parts.flatMap(({ samples, limits }) => [...samples, ...limits].map(({ metric }) => metric)),
  )
  const known = new Map(
    parts.flatMap(({ metrics }) => metrics.map((one) => [one.id, one] as const)),
  )
  return [...known.values()].filter(({ id }) => spokenOf.has(id))
}

function samplesOf(parts: readonly Observation[]): Incident['samples'] {
  const known = new Map<MetricId, Series>()
  for (const { metric, series } of parts.flatMap(({ samples }) => samples)) {
    const before = known.get(metric)
    known.set(metric, before ? merged(before, series) : series)
  }
  return [...known].map(([metric, series]) => ({ metric, series }))
}

function limitsOf(
  parts: readonly Observation[],
  typed: Draft['typedLimits'],
  bundled: Incident | null,
): Incident['limits'] {
  const known = new Map<MetricId, LimitSteps>()
  // A bundle's own steps as they stand: read one by one, equal neighbours would become one.
  for (const { metric, steps } of bundled?.limits ?? []) known.set(metric, steps)
  const told = bundled ? parts.slice(1) : parts
  for (const { metric, step } of told.flatMap(({ limits }) => limits))
    known.set(metric, withLimitStep(known.get(metric) ?? [], step))
  for (const { metric, value } of typed)
    known.set(metric, [{ from: epochMs(0), value, source: TYPED_LIMIT }])
  return [...known].map(([metric, steps]) => ({ metric, steps }))
}

/** Clients of two sources are never the same one: each keeps to its own numbers. */
function clientsOf(parts: readonly Observation[]): Incident['clients'] {
  const telling = parts.filter(({ clients }) => clients.length > 0)
  if (telling.length < 2) return telling[0]?.clients ?? []
  // A bundle may hold the clients of several files, numbered here before.
  const taken = new Set(telling[0]!.clients.map(({ client }) => /^\d+(?=:)/.exec(client)?.[0]))
  let number = 0
  const prefixes = telling.map(() => {
    while (taken.has(String(number))) number += 1
    return number++
  })
  return telling
    .flatMap(({ clients }, i) =>
      i === 0
        ? clients
        : clients.map((event) => ({ ...event, client: `${prefixes[i]}:${event.client}` })),
    )
    .toSorted((a, b) => a.at - b.at)
}
