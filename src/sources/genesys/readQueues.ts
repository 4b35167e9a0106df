import * as z from 'zod/mini'
import type { AskContext } from '../polledSource.ts'
import type { QueueName } from './catalogue/chosenQueues.ts'
import { askJson } from './client.ts'
import type { Connection } from './connection.ts'

/** What the list of queues needs; by its name in the role editor, not verified against the API. */
export const QUEUES_PERMISSION = 'routing:queue:view'

const PAGE_SIZE = 100
/** More queues than this are told as what they are: a list that was not read to its end. */
const MOST_PAGES = 50

const pageShape = z.object({
  entities: z.array(z.object({ id: z.string().check(z.minLength(1)), name: z.string() })),
  pageCount: z.optional(z.nullable(z.number())),
})

export type QueueList = { queues: readonly QueueName[]; isWhole: boolean }

/**
 * All queues of an organisation that the asker may see, by name; read page by page on demand, each once
 * even where the list moves meanwhile. Throws as `askJson` does.
 */
export async function readQueues(context: AskContext, connection: Connection): Promise<QueueList> {
  const queues = new Map<string, QueueName>()
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { entities, pageCount } = await askJson(
      context,
      connection,
      {
        method: 'GET',
        path: '/api/v2/routing/queues',
        query: { pageSize: String(PAGE_SIZE), pageNumber: String(page), sortOrder: 'asc' },
        permissions: [QUEUES_PERMISSION],
      },
      pageShape,
    )
    for (const { id, name } of entities) queues.set(id, { id, name: name || id })
    const isLast = pageCount ? page >= pageCount : entities.length < PAGE_SIZE
    if (entities.length === 0 || isLast) return { queues: byName(queues), isWhole: true }
  }
  return { queues: byName(queues), isWhole: false }
}

const byName = (queues: ReadonlyMap<string, QueueName>) =>
  [...queues.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
