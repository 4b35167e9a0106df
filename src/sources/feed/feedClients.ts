import type * as z from 'zod/mini'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { LARGEST_COUNT, parseShape } from '../shape.ts'
import { feedClientShape, isFeedInstant, LONGEST_CLIENT } from './feedShape.ts'

type Entry = z.infer<typeof feedClientShape>

/**
 * Reads what a feed tells of single clients. An entry that is not as agreed costs itself, with one
 * sentence. There are up to ten thousand in a page: what is plainly good is not put through the
 * shape, which takes five times as long.
 */
export function readClients(entries: readonly unknown[]): {
  events: ClientEvent[]
  rejected: string[]
} {
  const events: ClientEvent[] = []
  const rejected: string[] = []
  for (const [index, raw] of entries.entries()) {
    if (isPlainlyGood(raw)) {
      events.push(eventOf(raw))
      continue
    }
    const entry = parseShape(feedClientShape, raw)
    if (entry.ok) events.push(eventOf(entry.value))
    else rejected.push(`clients[${index}]: ${entry.problem}`)
  }
  return { events, rejected }
}

/** Never true of what the shape refuses; false of some that it takes. */
function isPlainlyGood(raw: unknown): raw is Entry {
  const { atMs, client, event, tookMs = 0 } = (raw ?? {}) as Partial<Entry>
  return (
    isFeedInstant(atMs) &&
    typeof client === 'string' &&
    client.length > 0 &&
    client.length <= LONGEST_CLIENT &&
    CLIENT_EVENT_KINDS.includes(event as ClientEvent['kind']) &&
    typeof tookMs === 'number' &&
    tookMs >= 0 &&
    tookMs <= LARGEST_COUNT
  )
}

const eventOf = ({ atMs, client, event, tookMs }: Entry): ClientEvent => ({
  at: atMs,
  kind: event,
  client,
  tookMs: event === 'closed' ? 0 : (tookMs ?? 0),
})
