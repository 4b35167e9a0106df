import type { SimSec } from '../scenarios/scenario.ts'
import { STREAM, smoothNoise } from './noise.ts'
import type { World } from './world.ts'

/** Users of the organisation, each with a station and a WebRTC phone. */
export const USERS = 760

/** Users the platform considers online. */
export function usersOnlineAt({ seed }: World, sec: SimSec): number {
  const slow = 50 * (smoothNoise(seed, sec / 900, STREAM.people) - 0.5)
  const quick = 6 * (smoothNoise(seed + 1, sec / 60, STREAM.people) - 0.5)
  return Math.round(606 + slow + quick)
}

/** How the online users divide over presences; the shares add up to all of them. */
const PRESENCE_SHARES = [
  ['ON_QUEUE', 0.52],
  ['BUSY', 0.09],
  ['AWAY', 0.07],
  ['MEAL', 0.05],
  ['BREAK', 0.04],
  ['MEETING', 0.06],
] as const

/** Users by system presence; who is online is in exactly one of all but OFFLINE. */
export function presencesAt(world: World, sec: SimSec): { presence: string; count: number }[] {
  const online = usersOnlineAt(world, sec)
  const counts = PRESENCE_SHARES.map(([presence, share]) => ({
    presence: presence as string,
    count: Math.floor(online * share),
  }))
  const placed = counts.reduce((sum, { count }) => sum + count, 0)
  return [
    { presence: 'AVAILABLE', count: online - placed },
    ...counts,
    { presence: 'OFFLINE', count: USERS - online },
  ]
}

/** Queues that a user who is on queue serves, on average. */
const QUEUES_PER_USER = 1.4

/** Users on queue of a queue with this share of all traffic; who serves several counts in each. */
export function onQueueUsersAt(world: World, sec: SimSec, share: number): number {
  const all = presencesAt(world, sec).find(({ presence }) => presence === 'ON_QUEUE')!.count
  return Math.min(all, Math.round(all * share * QUEUES_PER_USER))
}

/** WebRTC phones whose client is up. */
export const phonesUpAt = (world: World, sec: SimSec) =>
  Math.max(0, usersOnlineAt(world, sec - 5) - 21)

/** Stations that a user has picked. */
export const stationsTakenAt = (world: World, sec: SimSec) =>
  Math.max(0, usersOnlineAt(world, sec - 9) - 34)

/** Screens being recorded. */
export const screenRecordingsAt = ({ seed }: World, sec: SimSec) =>
  Math.round(18 + 14 * smoothNoise(seed, sec / 120, STREAM.screens))

/** Screens being watched by a supervisor. */
export const screenMonitorsAt = ({ seed }: World, sec: SimSec) =>
  Math.floor(5 * smoothNoise(seed + 1, sec / 180, STREAM.screens))
