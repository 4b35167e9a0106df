import type * as z from 'zod/mini'
import { classify } from '#domain/errors/classify.ts'
import {
  ERROR_CLASSES,
  ERROR_PLACES,
  type ErrorEvent,
  errorEvent,
} from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { isFileKind } from '#domain/fileKind.ts'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { type EpochMs, type MetricId, metricId } from '#domain/units.ts'
import { parseShape } from '../shape.ts'
import { readClients } from './feedClients.ts'
import {
  feedErrorEventShape,
  feedLimitShape,
  feedMarkerShape,
  feedMetricShape,
  type FeedPage,
  feedSampleShape,
} from './feedShape.ts'

/** One value of one metric; NaN is a gap. */
export type Point = { metric: MetricId; at: EpochMs; value: number }

/** The good entries of a page in our words, and what is wrong with the others. */
export type Entries = {
  metrics: z.infer<typeof feedMetricShape>[]
  points: Point[]
  errors: ErrorEvent[]
  limits: { metric: MetricId; step: LimitStep }[]
  markers: Marker[]
  clients: ClientEvent[]
  /** One sentence per entry that was left out: `samples[17]: value is -1, which is too small`. */
  rejected: string[]
}

/**
 * Reads a page entry by entry. `isKnown` tells which metrics were described before; a sample or
 * limit of any other one cannot be placed and is left out.
 */
export function readEntries(page: FeedPage, isKnown: (id: string) => boolean): Entries {
  const rejected: string[] = []
  function each<T, Mine>(
    list: 'metrics' | 'samples' | 'errors' | 'limits' | 'markers',
    shape: z.ZodMiniType<T>,
    read: (entry: T) => Mine,
    refusal: (entry: T) => string | null = () => null,
  ): Mine[] {
    const good: Mine[] = []
    for (const [index, raw] of page[list].entries()) {
      const entry = parseShape(shape, raw)
      const problem = entry.ok ? refusal(entry.value) : entry.problem
      if (entry.ok && problem === null) good.push(read(entry.value))
      else rejected.push(`${list}[${index}]: ${problem}`)
    }
    return good
  }

  const metrics = each('metrics', feedMetricShape, (metric) => metric)
  const described = new Set(metrics.map(({ id }) => id))
  const unknown = ({ metric }: { metric: string }) =>
    described.has(metric) || isKnown(metric) ? null : `its metric ${metric} was never described`
  const { events: clients, rejected: strangers } = readClients(page.clients ?? [])
  return {
    metrics,
    points: each(
      'samples',
      feedSampleShape,
      ({ metric, atMs, value }) => ({
        metric: metricId(metric),
        at: atMs,
        value: value ?? Number.NaN,
      }),
      unknown,
    ),
    errors: each('errors', feedErrorEventShape, eventOf),
    limits: each(
      'limits',
      feedLimitShape,
      ({ metric, fromMs, value, source }) => ({
        metric: metricId(metric),
        step: { from: fromMs, value, source },
      }),
      unknown,
    ),
    markers: each('markers', feedMarkerShape, ({ atMs, kind, label }) => ({
      id: `feed:${kind}:${atMs}:${label}`,
      at: atMs,
      kind,
      label,
      origin: 'feed' as const,
    })),
    clients,
    rejected: [...rejected, ...strangers],
  }
}

/** A class or place that the feed names is its word; one that we do not know says nothing. */
function eventOf(entry: z.infer<typeof feedErrorEventShape>): ErrorEvent {
  const { atMs, status = null, count = 1, route = null, app, correlationId, source } = entry
  const named = ERROR_CLASSES.find((errorClass) => errorClass === entry.class) ?? null
  const meant = classify({ status, target: route, named })
  return errorEvent({
    at: atMs,
    class: meant.class,
    place: ERROR_PLACES.find((place) => place === entry.place) ?? meant.place,
    source: source && isFileKind(source) ? source : 'feed',
    status,
    count,
    route,
    app: app ?? null,
    correlationId: correlationId ?? null,
  })
}
