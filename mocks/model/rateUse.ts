import type { SimSec } from '../scenarios/scenario.ts'
import { isBurstOn } from './errors.ts'
import { noiseAt, STREAM } from './noise.ts'
import type { World } from './world.ts'

/** Requests a minute that one token may make (facts §8.1). */
export const TOKEN_RATE = {
  namespace: 'platform.api',
  key: 'token.rate.per.minute',
  value: 300,
} as const

/** The rate that everything of one user in one organisation and application shares. */
export const USER_RATE = {
  namespace: 'platform.api',
  key: 'org.app.user.rate.per.minute',
  value: 3000,
} as const

/** Seconds until the API allowance is free again; null while nobody uses it up. */
export function crowdedForSec({ scenario }: World, sec: SimSec): number | null {
  const crowd = scenario.apiCrowded
  if (!crowd || !isBurstOn(crowd, sec)) return null
  return crowd.lengthSec - ((sec - crowd.firstAt) % crowd.everySec)
}

/** Requests of the busiest minute that begins at a second, against `USER_RATE`. */
export function rateUseInMinute(world: World, minuteAt: SimSec): number {
  const isCrowded = Array.from({ length: 60 }, (_, i) => minuteAt + i).some(
    (sec) => crowdedForSec(world, sec) !== null,
  )
  const share = noiseAt(world.seed, minuteAt, STREAM.api)
  return Math.round(USER_RATE.value * (isCrowded ? 0.93 + 0.07 * share : 0.2 + 0.2 * share))
}
