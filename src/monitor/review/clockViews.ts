import { clockOffset } from '#domain/clock/clockOffset.ts'
import type { Series } from '#domain/series/series.ts'
import { messageOf } from './messageOf.ts'
import type { ClockView } from './reviewState.ts'
import type { ReviewWorker } from './reviewWorker.ts'

/** What a file had open, and what that is held against; null where one of both is not known. */
export type ClockQuestion = {
  headers: ClockView['headers']
  pair: { level: Series; reference: Series; against: string } | null
}

/** How far the clock of each file seems off: worked out once per file and reference. */
export function createClockViews(
  worker: Pick<ReviewWorker, 'match'>,
  show: (views: ReadonlyMap<string, ClockView>) => void,
) {
  const views = new Map<string, ClockView>()
  /** Which question of a file is the newest. */
  const asked = new Map<string, ClockQuestion>()
  let isClosed = false

  function put(id: string, view: ClockView) {
    views.set(id, view)
    show(new Map(views))
  }

  return {
    ask(id: string, question: ClockQuestion) {
      asked.set(id, question)
      const { headers, pair } = question
      const view: ClockView = {
        headers,
        against: pair?.against ?? null,
        curve: null,
        found: null,
        drift: null,
        failure: null,
      }
      put(id, view)
      if (!pair) return
      const isNewest = () => !isClosed && asked.get(id) === question
      worker.match(pair.reference, pair.level).then(
        ({ curve, drift }) => {
          if (isNewest()) put(id, { ...view, curve, drift, found: clockOffset(curve) })
        },
        (error: unknown) => {
          if (isNewest()) put(id, { ...view, failure: messageOf(error) })
        },
      )
    },
    forget(id: string) {
      asked.delete(id)
      if (views.delete(id)) show(new Map(views))
    },
    close() {
      isClosed = true
    },
  }
}
