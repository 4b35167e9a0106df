import * as z from 'zod/mini'
import type { KeyFacts, LimitRequest, RegistryFact } from '#domain/limits/registryFact.ts'
import type { Sighting } from '#domain/limits/sightings.ts'
import type { EpochMs } from '#domain/units.ts'

const instant = z.custom<EpochMs>((value) => typeof value === 'number' && !Number.isNaN(value))
const text = z.nullable(z.string())

const sighting: z.ZodMiniType<Sighting> = z.object({
  value: z.nullable(z.number()),
  firstSeenAt: instant,
  lastSeenAt: instant,
})

const key: z.ZodMiniType<KeyFacts> = z.object({
  key: z.string(),
  effective: z.array(sighting),
  defaults: z.array(sighting),
  doc: z.nullable(
    z.object({
      description: text,
      isConfigurable: z.nullable(z.boolean()),
      isTrackable: z.nullable(z.boolean()),
    }),
  ),
})

const request: z.ZodMiniType<LimitRequest> = z.object({
  id: z.string(),
  namespace: z.string(),
  key: z.string(),
  requestedValue: z.number(),
  currentValue: z.nullable(z.number()),
  status: z.string(),
  createdAt: z.nullable(instant),
  completedAt: z.nullable(instant),
  rejectReason: text,
})

const answer = z.object({
  at: instant,
  failure: z.nullable(
    z.object({
      kind: z.enum(['forbidden', 'absent', 'failed']),
      reason: z.string(),
      permission: text,
    }),
  ),
})

/** What another tab learnt of the registry of limits. */
export const registryFact: z.ZodMiniType<RegistryFact> = z.union([
  z.object({
    kind: z.literal('namespace'),
    namespace: z.string(),
    title: text,
    answer: z.nullable(answer),
    keys: z.array(key),
  }),
  z.object({ kind: z.literal('requests'), answer, requests: z.array(request) }),
])
