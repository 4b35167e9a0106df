import type * as z from 'zod/mini'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { type DurationMs, type EpochMs, metricId, sourceId } from '#domain/units.ts'
import type { PolledSource } from '../../polledSource.ts'
import { askJson, type Call } from '../client.ts'
import type { Connection } from '../connection.ts'
import { failGenesys } from '../genesysError.ts'
import { routeOf } from '../route.ts'

/** What one reply says of one metric. */
export type Reading = {
  metric: string
  value: number
  /** In force from the time of the reply; `value: null` with the reason where none is known. */
  limit: Pick<LimitStep, 'value' | 'source'>
}

type CallSource<T> = {
  id: string
  title: string
  everyMs: DurationMs
  metrics: readonly Metric[]
  call: Call
  shape: z.ZodMiniType<T>
  /** The metrics in a reply that came at this time; pure. */
  readings: (reply: T, now: EpochMs) => readonly Reading[]
  /** Where a good reply says that the organisation has no such thing: the reason, in a sentence. */
  absence?: (reply: T) => string | null
}

/** A source that asks one call and reads gauges off its reply, all at the time the reply came. */
export const callSource = <T>(connection: Connection, source: CallSource<T>): PolledSource => ({
  id: sourceId(`genesys.${source.id}`),
  title: source.title,
  everyMs: source.everyMs,
  metrics: source.metrics,
  permissions: source.call.permissions,
  ask: async (context) => {
    const reply = await askJson(context, connection, source.call, source.shape)
    const reason = source.absence?.(reply) ?? null
    if (reason !== null) throw absentHere(source.call, reason)
    const now = context.now()
    return observationOf(source.readings(reply, now), now)
  },
})

/**
 * The failure of a source for which a good reply leaves nothing to read. It is shown as off with this
 * reason, and is no error of anybody's.
 */
export const absentHere = ({ method, path }: Pick<Call, 'method' | 'path'>, reason: string) =>
  failGenesys('absent', reason, { route: routeOf(method, path), status: 200 })

/** Readings of one instant as an observation. */
export const observationOf = (readings: readonly Reading[], at: EpochMs): Observation =>
  observation({
    samples: readings.map(({ metric, value }) => ({
      metric: metricId(metric),
      series: oneSample(at, value),
    })),
    limits: readings.map(({ metric, limit }) => ({
      metric: metricId(metric),
      step: { from: at, ...limit },
    })),
  })
