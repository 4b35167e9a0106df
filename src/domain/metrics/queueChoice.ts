import { type MetricId, metricId } from '../units.ts'
import type { Metric } from './metric.ts'

/** Media with series of their own, as the API names them, in the order of screens. */
export const QUEUE_MEDIA = [
  { type: 'voice', title: 'voice' },
  { type: 'message', title: 'message' },
  { type: 'chat', title: 'chat' },
  { type: 'email', title: 'e-mail' },
  { type: 'callback', title: 'callback' },
] as const

type QueueMedia = (typeof QUEUE_MEDIA)[number]['type']

/** What is counted of queues: the first is drawn behind the second. */
export const QUEUE_STATES = [
  { id: 'interacting', title: 'Interacting' },
  { id: 'waiting', title: 'Waiting' },
] as const

type QueueState = (typeof QUEUE_STATES)[number]['id']

/** Whose conversations the queue chart shows. */
export type QueueChoice =
  | { kind: 'all' }
  | { kind: 'media'; media: QueueMedia }
  | { kind: 'queue'; id: string }

export const ALL_QUEUES: QueueChoice = { kind: 'all' }

/** The series of a choice: `acd.waiting`, `acd.waiting.voice`, `queue.waiting:{id}`. */
export function queueMetricId(state: QueueState, choice: QueueChoice): MetricId {
  if (choice.kind === 'all') return metricId(`acd.${state}`)
  return metricId(
    choice.kind === 'media' ? `acd.${state}.${choice.media}` : `queue.${state}:${choice.id}`,
  )
}

/** `Waiting, Service`: what the series of one queue or media type is called. */
export const queueMetricTitle = (stateTitle: string, name: string) => `${stateTitle}, ${name}`

/** A line of the queue chart without what its heading says: `Waiting` of `Waiting, voice`. */
export function queueLineName({ id, title }: Pick<Metric, 'id' | 'title'>): string {
  const [, state] = /^(?:acd|queue)\.(\w+)/.exec(id) ?? []
  return QUEUE_STATES.find((one) => one.id === state)?.title ?? title
}

/** A choice and its name, `null` for all media: `voice`, `Service`. */
export type NamedQueueChoice = { choice: QueueChoice; name: string | null }

/**
 * What can be chosen: all media, the media that are measured, then the queues with series of their own
 * in the order of the settings.
 */
export function queueChoicesIn(metrics: readonly Metric[]): readonly NamedQueueChoice[] {
  const known = new Set<string>(metrics.map(({ id }) => id))
  return [
    { choice: ALL_QUEUES, name: null },
    ...QUEUE_MEDIA.map(({ type, title }) => ({
      choice: { kind: 'media', media: type } as const,
      name: title,
    })).filter(({ choice }) => known.has(queueMetricId('waiting', choice))),
    ...metrics.flatMap(({ id, title }) => {
      const queue = id.startsWith(OF_QUEUE) ? id.slice(OF_QUEUE.length) : ''
      if (queue === '') return []
      return [{ choice: { kind: 'queue', id: queue } as const, name: title.slice(TITLED.length) }]
    }),
  ]
}

const OF_QUEUE = 'queue.waiting:'
const TITLED = queueMetricTitle('Waiting', '')

export const isSameQueueChoice = (one: QueueChoice, other: QueueChoice) =>
  queueMetricId('waiting', one) === queueMetricId('waiting', other)

/** What the chart of a choice is called: `Queue activity, voice`; by its id where its name is not known. */
export function queueChartTitle(choice: QueueChoice, metrics: readonly Metric[]): string {
  const known = queueChoicesIn(metrics).find((one) => isSameQueueChoice(one.choice, choice))
  const name = known ? known.name : choice.kind === 'queue' ? choice.id : nameOfMedia(choice)
  return name === null ? 'Queue activity' : `Queue activity, ${name}`
}

const nameOfMedia = (choice: QueueChoice) =>
  QUEUE_MEDIA.find(({ type }) => choice.kind === 'media' && type === choice.media)?.title ?? null
