import { MEDIA, type Media, type Queue, queuesOf } from '../../model/queues.ts'
import { badRequest } from '../reply.ts'
import { type Call, listOf, objectOf, textOf, textsOf } from '../route.ts'

type Predicate = { dimension: string; value: string }

/** The predicates of an analytics filter; none where there is no filter. */
export function predicatesOf(filter: unknown): Predicate[] {
  if (filter === undefined || filter === null) return []
  return listOf(objectOf(filter).predicates, 'predicates').map((entry) => {
    const { dimension, value } = objectOf(entry)
    return { dimension: textOf(dimension, 'dimension'), value: textOf(value, 'value') }
  })
}

/** Metrics by name: spelt alone, or as the member of an object. */
export const metricsNamed = (value: unknown) =>
  listOf(value, 'metrics').map((entry) =>
    typeof entry === 'string' ? entry : textOf(objectOf(entry).metric, 'metric'),
  )

/** Queues and media that every predicate lets through; predicates of one dimension are alternatives. */
export function selected({ world }: Call, predicates: readonly Predicate[]) {
  const values = (dimension: string) =>
    predicates.filter((each) => each.dimension === dimension).map(({ value }) => value)
  const unknown = predicates.find(({ dimension }) => !/^(queueId|mediaType)$/.test(dimension))
  if (unknown)
    throw badRequest(`The simulator does not filter by ${unknown.dimension}`, 'invalid.property')
  const queueIds = values('queueId')
  const media = values('mediaType')
  return {
    queues: queuesOf(world).filter(({ id }) => queueIds.length === 0 || queueIds.includes(id)),
    media: MEDIA.filter((each) => media.length === 0 || media.includes(each)),
  }
}

/** One group of a reply, and the queues and media that are in it. */
export type QueueGroup = {
  group: Record<string, string>
  members: { queue: Queue; media: Media }[]
}

const GROUPINGS = new Set(['mediaType', 'queueId'])

/** What a query's filter lets through, grouped as its `groupBy` says. */
export function groupsOf(call: Call, body: Readonly<Record<string, unknown>>): QueueGroup[] {
  const groupBy = textsOf(body.groupBy, 'groupBy')
  const foreign = groupBy.find((name) => !GROUPINGS.has(name))
  if (foreign) throw badRequest(`The simulator does not group by ${foreign}`, 'invalid.value')
  const { queues, media: wanted } = selected(call, predicatesOf(body.filter))
  const groups = new Map<string, QueueGroup>()
  for (const queue of queues)
    for (const media of wanted) {
      const group = {
        ...(groupBy.includes('mediaType') ? { mediaType: media } : {}),
        ...(groupBy.includes('queueId') ? { queueId: queue.id } : {}),
      }
      const key = JSON.stringify(group)
      const known: QueueGroup = groups.get(key) ?? { group, members: [] }
      known.members.push({ queue, media })
      groups.set(key, known)
    }
  return [...groups.values()]
}
