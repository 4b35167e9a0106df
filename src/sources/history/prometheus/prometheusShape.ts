import * as z from 'zod/mini'

/**
 * A good answer of the HTTP API of Prometheus (`/api/v1/query`, `/api/v1/query_range`). Samples are
 * read one by one (`samplesOf`), so that one bad sample costs itself and not the answer.
 */
export const answerShape = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.enum(['matrix', 'vector', 'scalar', 'string']),
    result: z.array(z.unknown()),
  }),
  /** E.g. that a remote storage did not answer: the result may lack something. */
  warnings: z.optional(z.array(z.string())),
  /** VictoriaMetrics' cluster: a part of its storage did not answer. */
  isPartial: z.optional(z.boolean()),
})

/** One entry of a `matrix`: a series. */
export const seriesShape = z.object({
  metric: z.record(z.string(), z.string()),
  values: z.array(z.unknown()),
})

/** One entry of a `vector`. */
export const pointShape = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.array(z.unknown()),
})
