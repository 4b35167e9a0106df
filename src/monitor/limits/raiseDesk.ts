import type { ClientEventColumns } from '#domain/evidence/demand/clientEvents.ts'
import { guardsIn } from '#domain/evidence/raise/guards.ts'
import { attemptsAt, hasAttempts } from '#domain/limits/attemptsAt.ts'
import type { Certificate } from '#domain/limits/certificate.ts'
import { changeAt, type ComparableChange } from '#domain/limits/comparableChange.ts'
import { attemptsSince } from '#domain/limits/comparableLoad.ts'
import { comparableStretches } from '#domain/limits/comparableStretches.ts'
import {
  choiceOf,
  type ComparableChoice,
  comparableWindows,
  cutToStretches,
  isSamePair,
} from '#domain/limits/comparableWindows.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { EMPTY_SERIES } from '#domain/series/series.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgFacts } from '../orgFacts.ts'
import { type ChangeReader, type ChangeRecord, readChanges } from './changeRecord.ts'
import type { LimitsWorker } from './limitsWorker.ts'
import type { RaiseQuestion, RaiseState, RaiseView } from './raiseState.ts'
import { joinedSamples, readSamples } from './readSamples.ts'

export type RaiseDesk = ReturnType<typeof createRaiseDesk>

type Options = ChangeReader & {
  facts: () => OrgFacts
  /** What clients told apart did; null while no source told. */
  clients: (from: EpochMs, to: EpochMs) => ClientEventColumns | null
  zone: string
  worker: Pick<LimitsWorker, 'certificate'>
}

const PARTIAL =
  'More failed on a day than is kept in full: the oldest refusals of that day are missing.'

const ELSEWHERE =
  'The windows that were asked for do not lie on both sides of this change; the proposed ones are compared.'

/**
 * The certificate of a change of a limit, outside React: what is asked last is worked out, what was
 * asked before is dropped. Changes and load are read once, and again when asked.
 */
export function createRaiseDesk(options: Options) {
  const { facts, worker, zone } = options
  const listeners = new Set<() => void>()
  let record: Promise<ChangeRecord | null> | null = null
  let asked: RaiseQuestion | null = null
  let turn = 0
  let state: RaiseState = {
    changes: null,
    metrics: facts().metrics,
    view: { kind: 'reading', change: null, share: null },
  }

  function set(next: Partial<RaiseState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  async function show(question: RaiseQuestion) {
    asked = question
    turn += 1
    const mine = turn
    const isOver = () => turn !== mine
    const tell = (view: RaiseView) => {
      if (!isOver()) set({ view })
    }
    let change: ComparableChange | null = null
    try {
      tell({ kind: 'reading', change: null, share: null })
      record ??= readChanges(options, facts(), () => turn === CLOSED)
      const known = await record
      if (!known || isOver()) return
      set({ changes: known.changes, metrics: known.metrics })
      change = wantedChange(known, question)
      if (!change) return tell({ kind: known.changes.length === 0 ? 'noChanges' : 'unknownChange' })
      tell(await judged(known, change, question, { isOver, tell }))
    } catch (error) {
      record = null
      tell({ kind: 'failed', change, message: messageOf(error) })
    }
  }

  async function judged(
    known: ChangeRecord,
    change: ComparableChange,
    question: RaiseQuestion,
    { isOver, tell }: { isOver: () => boolean; tell: (view: RaiseView) => void },
  ): Promise<RaiseView> {
    const subject = subjectOf(known, change)
    const load = known.load(subject)
    const since = attemptsSince(load)
    const steps = known.limits.get(change.metric) ?? []
    const within = { from: known.keptFrom, to: known.to }
    const stretches = comparableStretches(change, known.changes, steps, within)
    const proposal = comparableWindows(stretches, load, zone)
    if (change.earliest <= known.keptFrom)
      return { kind: 'noWindows', change, reason: 'tooOld', attemptsSince: since }
    if (proposal.kind === 'none')
      return { kind: 'noWindows', change, reason: proposal.reason, attemptsSince: since }
    const offered = [proposal.chosen, ...proposal.others]
    const { before, after } = question
    const pair = before && after ? cutToStretches({ a: before, b: after }, stretches) : null
    const wanted = pair ? [namedChoice(offered, pair, load)] : offered
    tell({ kind: 'reading', change, share: 0 })
    let shown: { choice: ComparableChoice; certificate: Certificate; isPartial: boolean } | null =
      null
    for (const choice of wanted) {
      const input = await certificateInput(known, change, choice, {
        isOver,
        progress: (share) => tell({ kind: 'reading', change, share }),
      })
      if (!input) return { kind: 'reading', change, share: null }
      const certificate = await worker.certificate(input.input)
      const isAlike = certificate.result.word !== 'load-not-comparable'
      if (!shown || isAlike) shown = { choice, certificate, isPartial: input.isPartial }
      // Proposals are made from steps. By the load alone, never by what it came to, the next one has its turn.
      if (isAlike) break
    }
    const { choice, certificate, isPartial } = shown!
    return {
      kind: 'ready',
      change,
      choice,
      others: offered.filter((one) => !isSamePair(one, choice)),
      certificate,
      attemptsSince: since,
      problems: [...(before && after && !pair ? [ELSEWHERE] : []), ...(isPartial ? [PARTIAL] : [])],
    }
  }

  async function certificateInput(
    known: ChangeRecord,
    change: ComparableChange,
    { before, after }: ComparableChoice,
    call: { isOver: () => boolean; progress: (share: number) => void },
  ) {
    const subject = subjectOf(known, change)
    const attempts = attemptsAt(subject, known.metrics)
    const wanted = new Set<MetricId>([subject.id])
    if (attempts) wanted.add(attempts.id)
    guardsIn(known.metrics, (metric) => {
      wanted.add(metric)
      return EMPTY_SERIES
    })
    const { isOver, progress } = call
    const read = (span: typeof before, half: number) =>
      readSamples(options, span, {
        metrics: wanted,
        isOver,
        progress: (share) => progress((half + share) / 2),
      })
    const was = await read(before, 0)
    const is = was && (await read(after, 1))
    if (!is) return null
    const { series, capacity, isPartial } = joinedSamples(was, is)
    const { id, title, provenance, scope, intervalMs } = subject
    const input = {
      change,
      before,
      after,
      subject: {
        metric: id,
        title,
        provenance,
        scope,
        intervalMs,
        series: series(id),
        limits: [],
      },
      capacity,
      attempts: attempts && series(attempts.id),
      guards: guardsIn(known.metrics, series),
      clientEvents: hasAttempts(subject) ? options.clients(before.from, after.to) : null,
    }
    return { input, isPartial }
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    show: (question: RaiseQuestion) => void show(question),
    /** Reads what is kept anew, for what came since or did not come the first time. */
    readAgain: () => {
      record = null
      if (asked) void show(asked)
    },
    close: () => {
      turn = CLOSED
      listeners.clear()
    },
  }
}

/** No turn has this number: nothing that is under way is wanted any more. */
const CLOSED = -1

/** Where nobody names one: the newest that can be proved, or the newest. */
function wantedChange(known: ChangeRecord, { metric, at }: RaiseQuestion) {
  const { changes } = known
  if (at !== null) return changeAt(changes, metric, at)
  if (metric !== null) return changes.find((change) => change.metric === metric) ?? null
  return changes.find((change) => hasAttempts(subjectOf(known, change))) ?? changes[0] ?? null
}

function subjectOf({ metrics }: ChangeRecord, change: ComparableChange): Metric {
  const subject = metrics.find(({ id }) => id === change.metric)
  if (!subject) throw new Error(`${change.metric} is not known`)
  return subject
}

/** Windows that somebody moved, by the name of an offer where they are one. */
function namedChoice(
  offered: readonly ComparableChoice[],
  pair: Pick<ComparableChoice, 'before' | 'after'>,
  load: Parameters<typeof choiceOf>[2],
): ComparableChoice {
  return offered.find((one) => isSamePair(one, pair)) ?? choiceOf('by-hand', pair, load)
}
