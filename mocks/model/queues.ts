import type { SimSec } from '../scenarios/scenario.ts'
import { demandAt } from './connections.ts'
import { limitAt } from './limits.ts'
import { identifier, noiseAt, STREAM, smoothNoise } from './noise.ts'
import type { World } from './world.ts'

export const MEDIA = ['voice', 'message', 'chat', 'email', 'callback'] as const
export type Media = (typeof MEDIA)[number]

/** Queues by name, with their share of all the traffic. */
const QUEUES = [
  { name: 'Service', share: 0.45 },
  { name: 'Sales', share: 0.3 },
  { name: 'Web', share: 0.15 },
  { name: 'Back office', share: 0.1 },
] as const

/** Conversations of the whole organisation at a time, on average and without a wall. */
export const TRAFFIC: Record<Media, { interacting: number; waiting: number }> = {
  voice: { interacting: 46, waiting: 5 },
  message: { interacting: 31, waiting: 4 },
  chat: { interacting: 14, waiting: 2 },
  email: { interacting: 22, waiting: 17 },
  callback: { interacting: 4, waiting: 6 },
}

/** Counts move in steps of this length, as observations do. */
const STEP_SEC = 5

/** The part of all traffic that goes to a queue, 0–1. */
export const queueShare = (queue: number) => QUEUES[queue]!.share

export type Queue = { id: string; name: string; index: number }

/** The organisation's queues; their ids depend on the seed alone. */
export const queuesOf = ({ seed }: World): Queue[] =>
  QUEUES.map(({ name }, index) => ({ id: identifier(seed, index, STREAM.queues), name, index }))

export type Activity = { interacting: number; waiting: number; alerting: number }

/** What goes on in one queue for one media type. */
export function activityAt(world: World, sec: SimSec, queue: number, media: Media): Activity {
  const step = Math.floor(sec / STEP_SEC)
  const place = queue * 16 + MEDIA.indexOf(media)
  const around = (mean: number, spread: number, stretch: number, stream: number) =>
    mean *
    (1 +
      spread *
        (2 *
          smoothNoise(
            world.seed + place * 17 + stream,
            (step * STEP_SEC) / stretch,
            STREAM.queues,
          ) -
          1))
  const share = queueShare(queue)
  const traffic = TRAFFIC[media]
  const lengthening = media === 'voice' ? waitersAt(world, step * STEP_SEC) : 0
  return {
    interacting: Math.round(around(traffic.interacting * share, 0.3, 90, 1)),
    waiting: Math.round(around((traffic.waiting + lengthening) * share, 0.95, 45, 2)),
    alerting: noiseAt(world.seed + place, step, STREAM.queues) < share ? 1 : 0,
  }
}

/** Agents who cannot connect do not answer: callers wait while the limit refuses. */
function waitersAt(world: World, sec: SimSec): number {
  const unmet = demandAt(world, sec) - limitAt(world, sec)
  return unmet > 0 ? Math.min(25, unmet / 8) : 0
}

/** The whole organisation's activity for one media type: the sum of its queues. */
export function mediaActivityAt(world: World, sec: SimSec, media: Media): Activity {
  const all = QUEUES.map((_, queue) => activityAt(world, sec, queue, media))
  const sum = (part: keyof Activity) => all.reduce((total, activity) => total + activity[part], 0)
  return { interacting: sum('interacting'), waiting: sum('waiting'), alerting: sum('alerting') }
}
