import { limitAt, type LimitSteps } from '#domain/metrics/limitSteps.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import type { EpochMs } from '#domain/units.ts'
import { API_REQUESTS, documentedApiLimit } from './apiRequests.ts'
import type { Budget } from './budget.ts'

type Options = {
  budget: Budget
  now: () => EpochMs
  limits: () => LimitSteps
  record: (observation: Observation) => void
}

/**
 * What the organisation allows Tidemark's token, from the limits registry and from reply headers.
 * Where they differ the smaller one holds for the budget; both are written down as limit steps.
 */
export function createApiAllowance({ budget, now, limits, record }: Options) {
  let fromHeaders: number | null = null
  let fromRegistry: number | null = null

  const apply = () => budget.setAllowed(Math.min(fromHeaders ?? Infinity, fromRegistry ?? Infinity))

  return {
    /** Until something is heard, the documented number stands. */
    begin() {
      if (limits().length === 0) record(limitOf(documentedApiLimit(now())))
    },
    /** A reply's header; null where it has none. */
    heardHeader(allowed: number | null) {
      if (allowed === null || allowed <= 0 || allowed === fromHeaders) return
      fromHeaders = allowed
      apply()
      if (limitAt(limits(), now()) === allowed) return
      record(limitOf({ from: now(), value: allowed, source: 'inin-ratelimit-allowed' }))
    },
    /** Writes down how many requests went out in the last minute. */
    count(requests: number) {
      const series = oneSample(now(), requests)
      record(observation({ samples: [{ metric: API_REQUESTS.id, series }] }))
    },
    /** Any observation: one that tells this limit sets the budget. */
    heard(observed: Observation) {
      for (const { metric, step } of observed.limits) {
        if (metric !== API_REQUESTS.id || step.value === null || step.value <= 0) continue
        if (step.source === documentedApiLimit(now()).source) continue
        fromRegistry = step.value
        apply()
      }
    },
  }
}

const limitOf = (step: LimitSteps[number]) =>
  observation({ limits: [{ metric: API_REQUESTS.id, step }] })
