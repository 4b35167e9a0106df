import { lateStretch, type Rejudged, windowAround } from '#domain/limits/rejudged.ts'
import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import { horizonsAt } from '#domain/retention.ts'
import { epochMs, type MetricId } from '#domain/units.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { ChangeReader } from './changeRecord.ts'
import type { LimitsWorker } from './limitsWorker.ts'
import { readSamples } from './readSamples.ts'
import { limitsWith } from './whatIfRecord.ts'

/** What became of the question what an entry of the journal moved. */
export type RejudgedView =
  | { kind: 'working' }
  | { kind: 'ready'; found: Rejudged }
  /** Samples of then are not kept any more. */
  | { kind: 'tooOld' }
  | { kind: 'failed'; message: string }

export type Rejudging = ReturnType<typeof createRejudging>

type Options = ChangeReader & {
  facts: () => OrgFacts
  worker: Pick<LimitsWorker, 'rejudged'>
}

/**
 * Judges anew what limits that were learnt late have moved: each entry of a journal once, when it is
 * asked for, outside React. Failed ones are worked out again when asked again.
 */
export function createRejudging(options: Options) {
  const { history, org, now, facts, worker } = options
  const listeners = new Set<() => void>()
  const views = new Map<string, RejudgedView>()
  let isClosed = false

  function put(id: string, view: RejudgedView) {
    if (isClosed) return
    views.set(id, view)
    for (const listener of listeners) listener()
  }

  async function judged(entry: JournalEntry): Promise<RejudgedView | null> {
    const stretch = lateStretch(entry)
    const metric = facts().metrics.find(({ id }) => id === entry.metric)
    if (!stretch || !metric) return null
    if (stretch.from < horizonsAt(now()).raw) return { kind: 'tooOld' }
    const window = windowAround(stretch, now())
    const { attempts } = panelPlan(facts().metrics, null)
    const metrics = new Set<MetricId>(attempts ? [metric.id, attempts.id] : [metric.id])
    const read = await readSamples(options, window, { metrics, isOver: () => isClosed })
    if (!read) return null
    const past = await history.read(org, window.from, window.to, epochMs(Infinity))
    const { id, title, provenance, scope, intervalMs } = metric
    const found = await worker.rejudged({
      stretch,
      window,
      believed: entry.from,
      subject: {
        metric: id,
        title,
        provenance,
        scope,
        intervalMs,
        series: read.series(id),
        limits: limitsWith(facts(), past.limits).get(id) ?? [],
      },
      capacity: read.capacity,
      attempts: attempts && read.series(attempts.id),
    })
    return { kind: 'ready', found }
  }

  return {
    /** Null: nobody asked, or there is nothing to judge anew. */
    view: (entryId: string) => views.get(entryId) ?? null,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ask(entry: JournalEntry) {
      const known = views.get(entry.id)
      if (known && known.kind !== 'failed') return
      if (!lateStretch(entry) || entry.metric === null) return
      put(entry.id, { kind: 'working' })
      judged(entry).then(
        (view) => {
          if (view) put(entry.id, view)
          else views.delete(entry.id)
        },
        (error: unknown) => put(entry.id, { kind: 'failed', message: messageOf(error) }),
      )
    },
    close() {
      isClosed = true
      listeners.clear()
    },
  }
}
