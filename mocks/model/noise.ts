/**
 * Chance without state: every number is fixed by seed, place and stream, so it does not matter who
 * asks first or how often. Streams keep the uses apart.
 */
export const STREAM = {
  wobble: 1,
  jitter: 2,
  churn: 3,
  refusal: 4,
  route: 5,
  scattered: 6,
  burst: 7,
  calls: 8,
  sessions: 9,
  people: 10,
  queues: 11,
  flows: 12,
  trunks: 13,
  screens: 14,
  correlation: 15,
  organisation: 16,
  entity: 17,
  request: 18,
  api: 19,
  secret: 20,
  tide: 21,
  retry: 22,
  clients: 23,
  renewed: 24,
  service: 25,
  registry: 26,
} as const
export type Stream = (typeof STREAM)[keyof typeof STREAM]

/** 32 well mixed bits of three integers. */
function mixed(seed: number, place: number, stream: number): number {
  let hash =
    Math.imul(seed | 0, 0x9e3779b1) ^
    Math.imul((place | 0) + 0x165667b1, 0x85ebca6b) ^
    Math.imul(stream, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  hash ^= hash >>> 16
  return hash >>> 0
}

/** A number in [0, 1) for a whole-numbered place. */
export const noiseAt = (seed: number, place: number, stream: Stream) =>
  mixed(seed, place, stream) / 0x1_0000_0000

/** Noise without jumps, in [0, 1): between whole-numbered places it moves smoothly. */
export function smoothNoise(seed: number, place: number, stream: Stream): number {
  const left = Math.floor(place)
  const share = place - left
  const weight = share * share * (3 - 2 * share)
  return noiseAt(seed, left, stream) * (1 - weight) + noiseAt(seed, left + 1, stream) * weight
}

/** A whole number whose mean is `expected`, given a chance in [0, 1). */
export const wholeByChance = (expected: number, chance: number) => Math.floor(expected + chance)

const hex = (value: number) => value.toString(16).padStart(8, '0')

/** An identifier in the form of a UUID, fixed by seed, place and stream. */
export function identifier(seed: number, place: number, stream: Stream): string {
  const [a, b, c, d] = [0, 1, 2, 3].map((part) => hex(mixed(seed + part * 7919, place, stream)))
  return `${a}-${b!.slice(0, 4)}-4${b!.slice(5)}-a${c!.slice(1, 4)}-${c!.slice(4)}${d}`
}
