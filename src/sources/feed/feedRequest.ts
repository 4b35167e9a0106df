import type * as z from 'zod/mini'
import { exchange, jsonOf } from '../exchange.ts'
import type { AskContext } from '../polledSource.ts'
import { parseShape } from '../shape.ts'
import { failFeed, feedErrorOf } from './feedError.ts'

/** Where a feed is, and what to show it where it asks. */
export type FeedAddress = {
  /** Without a slash at the end. */
  url: string
  /** Asked for every request, since it may be entered later. */
  bearer: () => string | null
}

/** GETs one resource of a feed and vouches for its shape. Throws FeedError. */
export async function askFeed<T>(
  context: AskContext,
  { url, bearer }: FeedAddress,
  path: string,
  query: Record<string, string>,
  shape: z.ZodMiniType<T>,
): Promise<T> {
  const route = `GET ${path}`
  const token = bearer()
  const search = new URLSearchParams(query).toString()
  const reply = await exchange(
    context,
    `${url}${path}${search ? `?${search}` : ''}`,
    {
      headers: {
        Accept: 'application/json',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
    },
    route,
    failFeed,
  )
  if (reply.status >= 400) throw feedErrorOf(reply, route, context.now())
  const parsed = parseShape(shape, jsonOf(reply, route, failFeed))
  if (parsed.ok) return parsed.value
  throw failFeed(
    'unexpectedShape',
    `${route} of the feed answered something unexpected: ${parsed.problem}.`,
    { route, status: reply.status },
  )
}
