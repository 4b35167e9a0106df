import type { EpochMs } from '../units.ts'

/**
 * A value that was told over and over: for the first and for the last time then. Between the last
 * sighting of one value and the first of the next nobody looked. Null: it was no longer told.
 */
export type Sighting = { value: number | null; firstSeenAt: EpochMs; lastSeenAt: EpochMs }

/** What was seen of one value, oldest first. */
export type Sightings = readonly Sighting[]

/** One look. */
export const seenOnce = (value: number | null, at: EpochMs): Sightings => [
  { value, firstSeenAt: at, lastSeenAt: at },
]

/**
 * Two lists as one, in whatever order they come: looks that told the same value, with none between
 * that told another, are one sighting. Returns `known` itself where nothing is new.
 */
export function mergedSightings(known: Sightings, added: Sightings): Sightings {
  if (added.length === 0) return known
  const looks = [...known, ...added].flatMap(({ value, firstSeenAt, lastSeenAt }) => [
    { value, at: firstSeenAt },
    { value, at: lastSeenAt },
  ])
  looks.sort((a, b) => a.at - b.at || (a.value ?? -Infinity) - (b.value ?? -Infinity))
  const merged: Sighting[] = []
  for (const { value, at } of looks) {
    const last = merged.at(-1)
    if (last?.value === value) merged[merged.length - 1] = { ...last, lastSeenAt: at }
    else merged.push({ value, firstSeenAt: at, lastSeenAt: at })
  }
  return areSame(known, merged) ? known : merged
}

const areSame = (a: Sightings, b: Sightings) =>
  a.length === b.length &&
  a.every((one, i) => {
    const other = b[i]!
    return (
      one.value === other.value &&
      one.firstSeenAt === other.firstSeenAt &&
      one.lastSeenAt === other.lastSeenAt
    )
  })
