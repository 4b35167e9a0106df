import type { LimitStep } from '../metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '../units.ts'
import { type LimitKey, limitKeyText } from './limitKey.ts'
import type { KeyFacts, LimitRequest } from './registryFact.ts'
import type { Sightings } from './sightings.ts'

/** A change of a key's value. */
export type KeyChange = {
  /** Null: it was not told before, or is not any more. */
  from: number | null
  to: number | null
  /** It came into force somewhere in [earliest, latest]; the two are equal where a request says when. */
  earliest: EpochMs
  latest: EpochMs
  /** When Tidemark first saw the new value; null where only a request tells of it. */
  firstSeenAt: EpochMs | null
  /** The request that explains it; null where none does. */
  request: LimitRequest | null
}

/** What is known of a key's value over time. */
export type KeyHistory = {
  /** From when on the first known value is known to have held, and that value; null: nothing is known. */
  first: { from: EpochMs; value: number | null } | null
  /** Oldest first. */
  changes: readonly KeyChange[]
}

/** A request may be done a moment after the value is seen: two clocks of the platform. */
const CLOCKS_APART_MS = 5 * 60_000

/**
 * What sightings and requests together tell of a key. A change lies between the last sighting of the
 * old value and the first of the new one; a request that was carried out in between says when. What
 * was changed before anybody looked is known from requests alone, as far back as they lead without a
 * break.
 */
export function keyHistory(effective: Sightings, requests: readonly LimitRequest[]): KeyHistory {
  const [firstSeen] = effective
  const done = requests
    .filter(({ status, completedAt }) => status === 'ChangeImplemented' && completedAt !== null)
    .toSorted((a, b) => a.completedAt! - b.completedAt!)
  if (!firstSeen) return { first: null, changes: [] }
  const changes = effective.slice(1).map((next, i): KeyChange => {
    const before = effective[i]!
    const request =
      done.findLast(
        ({ requestedValue, completedAt }) =>
          requestedValue === next.value &&
          completedAt! >= before.firstSeenAt &&
          completedAt! <= next.firstSeenAt + CLOCKS_APART_MS,
      ) ?? null
    const saidAt = request?.completedAt ?? null
    const at = (from: number) =>
      epochMs(Math.min(next.firstSeenAt, Math.max(before.lastSeenAt, saidAt ?? from)))
    return {
      from: before.value,
      to: next.value,
      earliest: at(before.lastSeenAt),
      latest: at(next.firstSeenAt),
      firstSeenAt: next.firstSeenAt,
      request,
    }
  })
  const past = pastChanges(firstSeen.value, firstSeen.firstSeenAt, done)
  const [oldest] = past
  const first = oldest
    ? { from: oldest.request!.createdAt ?? oldest.earliest, value: oldest.from }
    : { from: firstSeen.firstSeenAt, value: firstSeen.value }
  return { first, changes: [...past, ...changes] }
}

/** Changes before the first sighting: each leads to the value that the next one started from. */
function pastChanges(
  value: number | null,
  seenAt: EpochMs,
  done: readonly LimitRequest[],
): KeyChange[] {
  const found: KeyChange[] = []
  let wanted = value
  let before: number = seenAt
  for (const request of done.toReversed()) {
    const { requestedValue, currentValue, completedAt } = request
    if (completedAt! > before || requestedValue !== wanted || currentValue === null) continue
    const at = completedAt!
    found.unshift({
      from: currentValue,
      to: requestedValue,
      earliest: at,
      latest: at,
      firstSeenAt: null,
      request,
    })
    wanted = currentValue
    before = request.createdAt ?? at
  }
  return found
}

/** The steps of a limit that a key tells: a change holds from when the new value was certainly in force. */
export function keySteps(
  key: LimitKey,
  { effective }: Pick<KeyFacts, 'effective'>,
  requests: readonly LimitRequest[],
): readonly LimitStep[] {
  const { first, changes } = keyHistory(effective, requests)
  if (!first) return []
  const source = limitKeyText(key)
  return [
    { from: first.from, ...usable(first.value, source) },
    ...changes.map(({ to, latest, request }) => ({
      from: latest,
      ...usable(to, request ? `${source}, change request` : source),
    })),
  ]
}

/**
 * A value of the registry as a limit. 0, negative numbers and what is too large to be counted may mean
 * "none", "not set" or "off"; no source says which, so they are no line.
 */
function usable(value: number | null, source: string): Pick<LimitStep, 'value' | 'source'> {
  if (value === null) return { value: null, source: `${source}: not told any more` }
  return isUsableLimit(value)
    ? { value, source }
    : { value: null, source: `${source}: ${value} is told, which is no limit to compare with` }
}

/** Whether a value of the registry can be compared with. */
export const isUsableLimit = (value: number) => value > 0 && value <= Number.MAX_SAFE_INTEGER
