import type { AlertRule } from '#domain/alerts/alertRule.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { DurationMs, EpochMs } from '#domain/units.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { BacktestAnswer } from './backtestAnswer.ts'
import type { BacktestWorker } from './backtestWorker.ts'
import { readAlertRecord, type ReadRecord, type RecordReader } from './readAlertRecord.ts'

/** Rules to be tried on the last while. */
export type BacktestQuestion = { rules: readonly AlertRule[]; lengthMs: DurationMs }

/** What came of it, and on what it rests. */
export type BacktestOutcome = Omit<ReadRecord, 'record'> & {
  question: BacktestQuestion
  /** What was recorded of that while begins here, maybe later than asked for. */
  from: EpochMs
  to: EpochMs
  metrics: readonly Metric[]
  found: BacktestAnswer
}

/** One snapshot, new only when something changed. */
export type BacktestState =
  | { kind: 'nothing' }
  /** `share`: how far this part has come, 0–1. */
  | { kind: 'reading' | 'judging'; share: number }
  /** Nothing is recorded of that time. */
  | { kind: 'empty'; question: BacktestQuestion }
  | { kind: 'done'; outcome: BacktestOutcome }
  | { kind: 'failed'; message: string }

export type BacktestDesk = ReturnType<typeof createBacktestDesk>

type Options = RecordReader & { facts: () => OrgFacts; worker: BacktestWorker }

/** Tries rules on what was recorded, outside React: one question at a time, which another one or `cancel` calls off. */
export function createBacktestDesk(options: Options) {
  const { facts, worker } = options
  const listeners = new Set<() => void>()
  let state: BacktestState = { kind: 'nothing' }
  let newest = 0

  function set(next: BacktestState) {
    state = next
    for (const listener of listeners) listener()
  }

  /** What was asked before is worked at no more. */
  function callOff(): number {
    newest += 1
    if (state.kind === 'judging') worker.close()
    return newest
  }

  async function answered(question: BacktestQuestion, mine: number): Promise<BacktestState | null> {
    const isOver = () => mine !== newest
    const tell = (kind: 'reading' | 'judging') => (share: number) => {
      if (!isOver()) set({ kind, share })
    }
    const { lengthMs, rules } = question
    // A rule that is off is tried as if it were on: that is what somebody wants to know before.
    const tried = rules.map((rule) => ({ ...rule, isOn: true }))
    const calls = { isOver, progress: tell('reading') }
    const read = await readAlertRecord(options, facts(), lengthMs, calls)
    if (isOver()) return null
    if (!read) return { kind: 'empty', question }
    const { record, ...how } = read
    tell('judging')(0)
    const found = await worker.ask({ record, rules: tried }, tell('judging'))
    const { from, to, metrics } = record
    return { kind: 'done', outcome: { ...how, question, from, to, metrics, found } }
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async ask(question: BacktestQuestion) {
      const mine = callOff()
      set({ kind: 'reading', share: 0 })
      const next = await answered(question, mine).catch(
        (error: unknown): BacktestState => ({ kind: 'failed', message: messageOf(error) }),
      )
      if (next && mine === newest) set(next)
    },
    cancel() {
      callOff()
      set({ kind: 'nothing' })
    },
    close() {
      newest += 1
      listeners.clear()
      worker.close()
    },
  }
}
