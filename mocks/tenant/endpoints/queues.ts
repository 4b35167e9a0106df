import { queuesOf } from '../../model/queues.ts'
import { ok } from '../reply.ts'
import { type Call, pageOf, refuseOtherFilters, type Route } from '../route.ts'

function queues({ url, world }: Call) {
  refuseOtherFilters(url, ['name', 'id'])
  const name = url.searchParams.get('name')?.toLowerCase()
  const ids = url.searchParams.getAll('id').flatMap((text) => text.split(','))
  const found = queuesOf(world)
    .filter((queue) => name === undefined || queue.name.toLowerCase().includes(name))
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (url.searchParams.get('sortOrder')?.toLowerCase().startsWith('desc')) found.reverse()
  return pageOf(url, found.length, (index) => {
    const queue = found[index]!
    return { id: queue.id, name: queue.name, selfUri: `/api/v2/routing/queues/${queue.id}` }
  })
}

/** The organisation's queues by name. Names and ids alone: nothing else of a queue is simulated. */
export const queueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/routing/queues',
    permissions: ['routing:queue:view'],
    answer: (call) => ok(queues(call)),
  },
]
