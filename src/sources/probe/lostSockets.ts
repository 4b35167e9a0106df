import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { type DurationMs, type EpochMs, epochMs, SECOND_MS } from '#domain/units.ts'
import { OTHER_PAGES } from './pageRows.ts'

/** `refused`: before it was open. `dropped`: after. */
export type Loss = 'refused' | 'dropped'

/** So many kinds of errors are told apart in one interval; what comes on top is told by app alone. */
const MOST_KINDS = 2_000

/**
 * A page cannot know why a handshake failed: a 503, a 401 and a server that is down look the same to
 * it (1006). It is never called `capacity`: `other`, as `closeCodeMeaning` has it.
 */
const MEANING = {
  refused: { class: 'other', place: 'upgrade', message: 'refused or unreachable (1006)' },
  dropped: { class: 'socket', place: 'close', message: 'dropped without a close frame (1006)' },
} as const

type Lost = {
  at: EpochMs
  heardAt: EpochMs
  app: string
  page: string
  loss: Loss
  count: number
}

/**
 * Gathers lost WebSockets until they are told, those of one second, page and kind as one; none longer
 * than `keptMs` (null: for as long as it takes).
 */
export function createLostSockets(keptMs: DurationMs | null) {
  /** In the order in which they were heard of. */
  let lost = new Map<string, Lost>()

  function forgetOld(now: EpochMs) {
    for (const [key, { heardAt }] of lost) {
      if (keptMs === null || now - heardAt <= keptMs) return
      lost.delete(key)
    }
  }

  return {
    add(event: Lost) {
      forgetOld(event.heardAt)
      const isRoom = lost.size < MOST_KINDS
      const { app, loss, count } = event
      const page = isRoom ? event.page : OTHER_PAGES
      const second = isRoom ? Math.floor(event.at / SECOND_MS) : ''
      const key = `${app} ${page} ${loss} ${second}`
      const known = lost.get(key)
      if (known) known.count += count
      else lost.set(key, { ...event, page })
    },
    /** What was heard of after that, oldest first; nothing is kept. */
    told(since: EpochMs): ErrorEvent[] {
      const events = [...lost.values()].filter(({ heardAt }) => heardAt > since)
      lost = new Map()
      return events
        .sort((a, b) => a.at - b.at)
        .map(({ at, app, page, loss, count }) =>
          errorEvent({
            ...MEANING[loss],
            at: epochMs(at),
            source: 'feed',
            count,
            app,
            route: `WS from ${page}`,
          }),
        )
    },
  }
}
