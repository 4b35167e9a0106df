import type { SimSec } from '../scenarios/scenario.ts'
import { noiseAt, STREAM, wholeByChance } from './noise.ts'
import { type Activity, activityAt, MEDIA, type Media, queueShare, TRAFFIC } from './queues.ts'
import type { World } from './world.ts'

/** Arrivals and waits are settled in steps of this length, on multiples of it. */
export const SERVICE_STEP_SEC = 5

/**
 * How long a conversation keeps its agent, how long one waits before giving up (null: for ever), and
 * which wait still counts as in time, all in seconds.
 */
const SERVICE: Record<Media, { handle: number; patience: number | null; target: number }> = {
  voice: { handle: 240, patience: 240, target: 20 },
  message: { handle: 420, patience: 480, target: 60 },
  chat: { handle: 360, patience: 300, target: 40 },
  email: { handle: 600, patience: null, target: 14_400 },
  callback: { handle: 300, patience: null, target: 1800 },
}

/** The share of conversations that is to be answered in time. */
export const SERVICE_TARGET_RATIO = 0.8

/** What became of those who came within a stretch; waits in milliseconds. */
export type Service = {
  offered: number
  answered: number
  abandoned: number
  answerWaitMs: number
  longestAnswerMs: number
  abandonWaitMs: number
  longestAbandonMs: number
  /** Answered later than is called in time. */
  late: number
}

export const NO_SERVICE: Service = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  answerWaitMs: 0,
  longestAnswerMs: 0,
  abandonWaitMs: 0,
  longestAbandonMs: 0,
  late: 0,
}

/** Conversations that come to one queue, per second: those in hand divided by how long each takes. */
const arrivalsPerSec = (queue: number, media: Media) =>
  (TRAFFIC[media].interacting * queueShare(queue)) / SERVICE[media].handle

/** The mean wait that makes so many wait at a time (Little's law), in seconds. */
const meanWaitSec = (waiting: number, queue: number, media: Media) =>
  waiting / arrivalsPerSec(queue, media)

/**
 * Those who come in the step that begins at a second, a multiple of SERVICE_STEP_SEC. Each is booked
 * with what will become of it when it comes: answered after an exponential wait whose mean follows from
 * how many wait then, or given up before. So offered = answered + abandoned in every stretch; the real
 * platform books the end of a wait when it ends.
 */
export function serviceInStep(world: World, step: SimSec, queue: number, media: Media): Service {
  const place = queue * 16 + MEDIA.indexOf(media)
  const chance = (which: number) =>
    noiseAt(world.seed + place * 31 + which * 7907, step, STREAM.service)
  const offered = wholeByChance(arrivalsPerSec(queue, media) * SERVICE_STEP_SEC, chance(0))
  const service = { ...NO_SERVICE, offered }
  if (offered === 0) return service
  const mean = meanWaitSec(activityAt(world, step, queue, media).waiting, queue, media)
  const { patience, target } = SERVICE[media]
  for (let i = 0; i < offered; i += 1) {
    const wait = -mean * Math.log(1 - chance(2 * i + 1))
    const given = patience === null ? null : -patience * Math.log(1 - chance(2 * i + 2))
    if (given !== null && given < wait) {
      service.abandoned += 1
      service.abandonWaitMs += Math.round(given * 1000)
      service.longestAbandonMs = Math.max(service.longestAbandonMs, Math.round(given * 1000))
    } else {
      service.answered += 1
      service.answerWaitMs += Math.round(wait * 1000)
      service.longestAnswerMs = Math.max(service.longestAnswerMs, Math.round(wait * 1000))
      if (wait > target) service.late += 1
    }
  }
  return service
}

/** Two stretches, or two queues, as one. */
export const serviceOfBoth = (a: Service, b: Service): Service => ({
  offered: a.offered + b.offered,
  answered: a.answered + b.answered,
  abandoned: a.abandoned + b.abandoned,
  answerWaitMs: a.answerWaitMs + b.answerWaitMs,
  longestAnswerMs: Math.max(a.longestAnswerMs, b.longestAnswerMs),
  abandonWaitMs: a.abandonWaitMs + b.abandonWaitMs,
  longestAbandonMs: Math.max(a.longestAbandonMs, b.longestAbandonMs),
  late: a.late + b.late,
})

/** All who came to one queue by one media type in [from, to). */
export function serviceWithin(
  world: World,
  { from, to }: { from: SimSec; to: SimSec },
  queue: number,
  media: Media,
): Service {
  let sum = NO_SERVICE
  const first = Math.ceil(from / SERVICE_STEP_SEC) * SERVICE_STEP_SEC
  for (let step = first; step < to; step += SERVICE_STEP_SEC)
    sum = serviceOfBoth(sum, serviceInStep(world, step, queue, media))
  return sum
}

/** For how long the longest of so many has waited, or talked, in seconds; null where there is none. */
export function longestSec(
  part: keyof Pick<Activity, 'waiting' | 'interacting'>,
  activity: Activity,
  queue: number,
  media: Media,
): number | null {
  const count = activity[part]
  if (count === 0) return null
  const mean = part === 'waiting' ? meanWaitSec(count, queue, media) : SERVICE[media].handle
  // The longest of n exponential times is about their mean times 1 + ln n.
  return mean * (1 + Math.log(count))
}
