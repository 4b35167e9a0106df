import { clockOffset } from '#domain/clock/clockOffset.ts'
import type { Series } from '#domain/series/series.ts'
import { messageOf } from '../messageOf.ts'
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
  /** The newest question of a file, and what it follows from. */
  const asked = new Map<string, { from: readonly unknown[]; question: ClockQuestion }>()
  /** Files that the worker is busy with: what is asked meanwhile waits, and only the newest is asked. */
  const busy = new Set<string>()
  let isClosed = false

  function put(id: string, view: ClockView) {
    views.set(id, view)
    show(new Map(views))
  }

  function compare(id: string, question: ClockQuestion) {
    const { pair } = question
    if (!pair) return
    busy.add(id)
    const answered = (found: Partial<ClockView>) => {
      busy.delete(id)
      const newest = asked.get(id)?.question
      if (isClosed || !newest) return
      if (newest === question) put(id, { ...viewOf(question), ...found })
      else compare(id, newest)
    }
    worker.match(pair.reference, pair.level).then(
      ({ curve, drift }) => answered({ curve, drift, found: clockOffset(curve) }),
      (error: unknown) => answered({ failure: messageOf(error) }),
    )
  }

  return {
    /** Asks where something of `from`, which the question follows from, is another than before. */
    ask(id: string, from: readonly unknown[], questionOf: () => ClockQuestion) {
      const before = asked.get(id)?.from
      if (before?.length === from.length && from.every((one, i) => one === before[i])) return
      const question = questionOf()
      asked.set(id, { from, question })
      put(id, viewOf(question))
      if (!busy.has(id)) compare(id, question)
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

const viewOf = ({ headers, pair }: ClockQuestion): ClockView => ({
  headers,
  against: pair?.against ?? null,
  curve: null,
  found: null,
  drift: null,
  failure: null,
})
