import { epochMs, MINUTE_MS } from '../units.ts'
import type { ErrorEvent } from './errorEvent.ts'

/**
 * What makes error events of one minute the same one where single ones are not kept: what happened,
 * where, and what the server said of it; not who it happened to.
 */
export const kindOfError = ({
  class: errorClass,
  place,
  status,
  source,
  route,
  app,
  code,
  limit,
}: ErrorEvent) => JSON.stringify([errorClass, place, status, source, route, app, code, limit])

/**
 * Error events as one per minute of UTC and kind, at the beginning of the minute, counting all of
 * theirs; message and correlation id are gone. What is folded already stays as it is. O(n).
 */
export function errorsPerMinute(events: readonly ErrorEvent[]): readonly ErrorEvent[] {
  const folded = new Map<string, ErrorEvent>()
  for (const event of events) {
    const at = epochMs(Math.floor(event.at / MINUTE_MS) * MINUTE_MS)
    const key = `${at} ${kindOfError(event)}`
    const count = (folded.get(key)?.count ?? 0) + event.count
    folded.set(key, { ...event, at, count, message: null, correlationId: null })
  }
  return [...folded.values()]
}

/**
 * How many errors a minute had when some come after the single ones are gone, of which nobody can
 * say whether they were counted before: as many as are known, or more, are taken for all of them
 * once again (a file that is read a second time), fewer are added. The rule of `withLateSummaries`.
 */
export const withLateCount = (known: number, late: number) => (late >= known ? late : known + late)
