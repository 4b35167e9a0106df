import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { EMPTY_BOOK, factsOfBook, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { type LimitSteps, stepsTouching, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Horizons } from '#domain/retention.ts'
import type { Series } from '#domain/series/series.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { clippedColumns, mergedColumns } from './columns.ts'

/** A piece count from which pieces are joined: memory for a metric then stays two plain columns. */
const JOIN_AFTER_PIECES = 64

/**
 * What is known of one organisation, gathered in memory from observations that may overlap and
 * arrive in any order: a sample, an error or a marker that comes twice is one, and the later wins.
 */
export type HistoryRecord = {
  add: (observation: Observation) => void
  /** Takes a marker back. It stays named in `removedMarkers` until it is added again. */
  removeMarker: (id: string) => void
  removedMarkers: () => readonly string[]
  /**
   * What touches [from, to]: samples, errors and markers inside, the limit steps inside and the one
   * in force at `from`, the metrics that any of these speak of, and all that is known of the
   * registry of limits. `samplesFrom`: samples only from
   * there on.
   */
  between: (from: EpochMs, to: EpochMs, samplesFrom?: EpochMs) => Observation
  all: () => Observation
  dropBefore: (horizons: Horizons) => void
}

/** What makes an error event the same one: everything but its count and its words. */
export const errorIdentity = (event: ErrorEvent) =>
  [event.class, event.status, event.route, event.app, event.source, event.correlationId].join('|')

export function createHistoryRecord(): HistoryRecord {
  const metrics = new Map<MetricId, Metric>()
  const columns = new Map<MetricId, Series[]>()
  const limits = new Map<MetricId, LimitSteps>()
  const errors = new Map<string, ErrorEvent>()
  const markers = new Map<string, Marker>()
  const removed = new Set<string>()
  let registry = EMPTY_BOOK

  function addSeries(metric: MetricId, series: Series) {
    if (series.timeMs.length === 0) return
    const pieces = columns.get(metric) ?? []
    pieces.push(series)
    columns.set(metric, pieces.length < JOIN_AFTER_PIECES ? pieces : [mergedColumns(pieces)])
  }

  function between(from: EpochMs, to: EpochMs, samplesFrom = from): Observation {
    const samples = [...columns]
      .map(([metric, pieces]) => ({ metric, series: clippedColumns(pieces, samplesFrom, to) }))
      .filter(({ series }) => series.timeMs.length > 0)
    const steps = [...limits].flatMap(([metric, known]) =>
      stepsTouching(known, from, to).map((step) => ({ metric, step })),
    )
    const spokenOf = new Set([...samples, ...steps].map(({ metric }) => metric))
    const isInside = ({ at }: { at: EpochMs }) => at >= from && at <= to
    return {
      metrics: [...metrics.values()].filter(({ id }) => spokenOf.has(id)),
      samples,
      limits: steps,
      errors: [...errors.values()].filter(isInside).toSorted((a, b) => a.at - b.at),
      markers: [...markers.values()].filter(isInside).toSorted((a, b) => a.at - b.at),
      clients: [],
      registry: factsOfBook(registry),
    }
  }

  return {
    add: (observation) => {
      for (const metric of observation.metrics) metrics.set(metric.id, metric)
      for (const { metric, series } of observation.samples) addSeries(metric, series)
      for (const { metric, step } of observation.limits)
        limits.set(metric, withLimitStep(limits.get(metric) ?? [], step))
      registry = withRegistryFacts(registry, observation.registry).book
      for (const event of observation.errors)
        errors.set(`${event.at}|${errorIdentity(event)}`, event)
      for (const marker of observation.markers) {
        markers.set(marker.id, marker)
        removed.delete(marker.id)
      }
    },
    removeMarker: (id) => {
      markers.delete(id)
      removed.add(id)
    },
    removedMarkers: () => [...removed],
    between,
    all: () => ({
      ...between(-Infinity as EpochMs, Infinity as EpochMs),
      metrics: [...metrics.values()],
    }),
    dropBefore: ({ raw, all }) => {
      for (const [metric, pieces] of columns)
        columns.set(metric, [clippedColumns(pieces, raw, Infinity)])
      for (const [metric, steps] of limits)
        limits.set(metric, stepsTouching(steps, all, Infinity as EpochMs))
      for (const [key, event] of errors) if (event.at < raw) errors.delete(key)
      for (const [id, marker] of markers) if (marker.at < all) markers.delete(id)
    },
  }
}
