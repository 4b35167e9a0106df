import type { Burst, ErrorKind, Failure, SimSec } from '../scenarios/scenario.ts'
import { type ConnectionSecond, connectionSecond } from './connections.ts'
import { identifier, noiseAt, STREAM, wholeByChance } from './noise.ts'
import type { World } from './world.ts'

/** Equal failures of one second, as an outside source would report them. */
export type ErrorGroup = {
  class: ErrorKind
  status: number | null
  count: number
  route: string
  app: string
  correlationId: string | null
}

const HANDSHAKE: Failure = {
  class: 'capacity',
  status: 503,
  route: 'WS /channels/{id}',
  app: 'load test',
}
const CHANNEL: Failure = {
  class: 'capacity',
  status: 503,
  route: 'POST /api/v2/notifications/channels',
  app: 'softphone',
}
const BROKEN: Failure = {
  class: 'socket',
  status: null,
  route: 'WS /channels/{id}',
  app: 'softphone',
}

/** Whether a burst is on at an instant. */
export const isBurstOn = (burst: Pick<Burst, 'firstAt' | 'everySec' | 'lengthSec'>, sec: SimSec) =>
  sec >= burst.firstAt && (sec - burst.firstAt) % burst.everySec < burst.lengthSec

/** All that failed within one second. `books` may be handed in where they are known already. */
export function errorsInSecond(
  world: World,
  sec: SimSec,
  books: ConnectionSecond = connectionSecond(world, sec),
): ErrorGroup[] {
  const { scenario, seed } = world
  const groups: ErrorGroup[] = []
  const add = (failure: Failure, count: number) => {
    if (count <= 0) return
    const { class: kind, status, route, app } = failure
    // Nobody numbers what never reached a server.
    const correlationId =
      status === null ? null : identifier(seed + groups.length, sec, STREAM.correlation)
    groups.push({ class: kind, status, count, route, app, correlationId })
  }
  const share = 0.6 + 0.4 * noiseAt(seed, sec, STREAM.route)
  const handshakes = Math.ceil(books.refused * share)
  add(HANDSHAKE, handshakes)
  add(CHANNEL, books.refused - handshakes)
  add(BROKEN, books.broken)
  for (const [index, burst] of scenario.bursts.entries())
    if (isBurstOn(burst, sec))
      add(burst, wholeByChance(burst.perSec, noiseAt(seed + index, sec, STREAM.burst)))
  for (const [index, single] of scenario.scattered.entries())
    if (noiseAt(seed + index * 131, sec, STREAM.scattered) < single.perHour / 3600) add(single, 1)
  return groups
}

/** Attempts to connect within one second: accepted, refused, or failed on the way. */
export function attemptsInSecond(books: ConnectionSecond, errors: readonly ErrorGroup[]): number {
  const failed = errors
    .filter((group) => group.class !== 'socket')
    .reduce((sum, group) => sum + group.count, 0)
  return books.accepted + failed
}
