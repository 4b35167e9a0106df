import type { ClientEventColumns } from '#domain/evidence/demand/clientEvents.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { WhatIf } from '#domain/limits/whatIf.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { ChangeReader } from './changeRecord.ts'
import type { LimitsWorker } from './limitsWorker.ts'
import { readWhatIf, type WhatIfRecord } from './whatIfRecord.ts'

/** What would have been, with another limit for a metric. */
export type WhatIfQuestion = { metric: MetricId; span: Span; limit: number }

/** One snapshot, new only when something changed. */
export type WhatIfState =
  | { kind: 'nothing' }
  /** Read, or worked out: `last` is what was answered before. */
  | { kind: 'working'; last: WhatIfAnswer | null }
  | { kind: 'answered'; answer: WhatIfAnswer }
  | { kind: 'failed'; message: string }

export type WhatIfAnswer = {
  question: WhatIfQuestion
  found: WhatIf
  /** The limit at the end of the window; null where it was not known. */
  inForce: number | null
  tier: WhatIfRecord['tier']
}

export type WhatIfDesk = ReturnType<typeof createWhatIfDesk>

type Options = ChangeReader & {
  facts: () => OrgFacts
  /** What clients told apart did; null while no source told. */
  clients: (from: EpochMs, to: EpochMs) => ClientEventColumns | null
  worker: Pick<LimitsWorker, 'whatIf'>
}

/**
 * Answers one question after the other, outside React: while it works, the newest waits, and those
 * between are never asked. A window is read once for all limits that are tried on it.
 */
export function createWhatIfDesk(options: Options) {
  const { facts, worker } = options
  const listeners = new Set<() => void>()
  let wanted: WhatIfQuestion | null = null
  let read: { key: string; record: WhatIfRecord } | null = null
  let isBusy = false
  let isClosed = false
  let state: WhatIfState = { kind: 'nothing' }

  function set(next: WhatIfState) {
    if (isClosed) return
    state = next
    for (const listener of listeners) listener()
  }
  const lastAnswer = () =>
    state.kind === 'answered' ? state.answer : state.kind === 'working' ? state.last : null

  async function work() {
    if (isBusy) return
    isBusy = true
    while (wanted && !isClosed) {
      const question: WhatIfQuestion = wanted
      const next = await answered(question).catch(
        (error: unknown): WhatIfState => ({ kind: 'failed', message: messageOf(error) }),
      )
      if (wanted !== question) continue
      wanted = null
      set(next)
    }
    isBusy = false
  }

  async function answered(question: WhatIfQuestion): Promise<WhatIfState> {
    const { metric: id, span, limit } = question
    const metric = facts().metrics.find((one) => one.id === id)
    if (!metric) throw new Error(`${id} is not watched`)
    const key = keyOf(question)
    if (read?.key !== key) {
      // Another limit for the same window waits for this reading; another window calls it off.
      const isOver = () => isClosed || (wanted !== null && keyOf(wanted) !== key)
      const record = await readWhatIf(options, facts(), metric, span, isOver)
      if (!record) return state
      read = { key, record }
    }
    const { tier, ...record } = read.record
    const found = await worker.whatIf({
      ...record,
      limit,
      clientEvents: record.hasAttempts ? options.clients(span.from, span.to) : null,
    })
    const inForce = limitAt(record.subject.limits, span.to)
    return { kind: 'answered', answer: { question, found, inForce, tier } }
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ask(question: WhatIfQuestion) {
      wanted = question
      set({ kind: 'working', last: lastAnswer() })
      void work()
    },
    close() {
      isClosed = true
      listeners.clear()
    },
  }
}

const keyOf = ({ metric, span }: WhatIfQuestion) => `${metric} ${span.from} ${span.to}`
