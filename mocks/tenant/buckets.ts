import { instantOf, FIRST_SEC, type World } from '../model/world.ts'
import { badRequest } from './reply.ts'
import { intervalOf } from './route.ts'

const MINUTES: Readonly<Record<string, number>> = {
  PT1M: 1,
  PT5M: 5,
  PT10M: 10,
  PT15M: 15,
  PT30M: 30,
  PT1H: 60,
}
const MOST_BUCKETS = 1500

/** The stretch of time that one value of an aggregate is about: [fromMs, toMs). */
export type Bucket = { fromMs: number; toMs: number }

/**
 * The buckets of an aggregate query, oldest first: whole multiples of its granularity within its
 * interval and within what the simulation knows, and only those that are over, since the platform
 * reports late rather than in part. Which granularities the platform takes is not known (facts §5.3).
 */
export function bucketsOf(
  { world, nowMs }: { world: World; nowMs: number },
  { interval, granularity = 'PT30M' }: Readonly<Record<string, unknown>>,
): Bucket[] {
  const { fromMs, toMs } = intervalOf(interval)
  const minutes = typeof granularity === 'string' ? MINUTES[granularity] : undefined
  if (!minutes) throw badRequest('granularity is not one that is kept', 'invalid.value')
  const stepMs = minutes * 60_000
  const begins = (ms: number) => Math.ceil(ms / stepMs) * stepMs
  const firstMs = Math.max(begins(fromMs), begins(instantOf(world, FIRST_SEC)))
  const length = Math.floor((Math.min(toMs, nowMs) - firstMs) / stepMs)
  if (length > MOST_BUCKETS + 1)
    throw badRequest('The interval has too many buckets', 'constraint.validation')
  return Array.from({ length: Math.max(0, length) }, (_, i) => ({
    fromMs: firstMs + i * stepMs,
    toMs: firstMs + (i + 1) * stepMs,
  }))
}

/** A bucket as the API spells it. */
export const intervalText = ({ fromMs, toMs }: Bucket) =>
  `${new Date(fromMs).toISOString()}/${new Date(toMs).toISOString()}`
