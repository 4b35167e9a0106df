import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { settledVerdict } from '#domain/evidence/verdict/settled.ts'
import type { Verdict } from '#domain/evidence/verdict/verdict.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Tier } from '#domain/timeline/tierWords.ts'
import { elapsed, type EpochMs, epochMs } from '#domain/units.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import type { EvidenceDesk } from './evidenceDesk.ts'
import type { Look } from './evidenceRequest.ts'
import type { Subject } from '#domain/evidence/evidenceInput.ts'
import { gatherEvidence } from './gatherEvidence.ts'
import { fixedPlan, type LookPlan, movingPlan } from './lookPlan.ts'

/** What a screen shows, and so wants judged. */
export type Watched = {
  window: Look
  /** Whether the window moves with the clock: it is then looked at again and again. */
  isMoving: boolean
  /** Whether somebody reads the details: what is dear is worked out only then. */
  isDetailed: boolean
  subject: Subject
}

/**
 * What is known of the evidence for what is watched. `isComputing`: the report is of another
 * window, a new one is on its way. `summarised`: the window is shown in steps, at least in part, and
 * a step is no sample that anything could be worked out from.
 */
export type EvidenceView =
  | { kind: 'waiting' }
  | { kind: 'summarised'; tier: Tier }
  | { kind: 'ready'; report: EvidenceReport; isComputing: boolean }
  | { kind: 'failed'; message: string }

export type EvidenceWatch = {
  /**
   * Says what is on the screen; call it as often as you like, it works only where something is new.
   */
  watch: (watched: Watched) => void
  view: () => EvidenceView
  subscribe: (listener: () => void) => () => void
  /** Lets go of the desk. What is on the way is forgotten; the next `watch` begins anew. */
  rest: () => void
}

type Options = { monitor: OrgMonitor; desk: EvidenceDesk }

/** Verdicts kept for looks to come: those that a look needs again reach ten steps back. */
const MOST_KEPT = 40
/** A desk that failed is tried again after so long, also where nothing else is new. */
const RETRY_MS = 10_000

/**
 * Keeps the evidence of one screen up to date. A look is worked out at the desk, off the main thread,
 * one at a time; verdicts of earlier looks are kept and asked for once only, so that a moving window
 * costs one new look per step. What was wanted last is what is shown in the end, however fast it
 * changes; a window that stands still is looked at again when something is learnt of it.
 */
export function createEvidenceWatch({ monitor, desk }: Options): EvidenceWatch {
  const listeners = new Set<() => void>()
  const verdicts = new Map<string, Verdict>()
  let view: EvidenceView = { kind: 'waiting' }
  let wanted: Watched | null = null
  /** Of the look that was asked for last, and of the report that is shown. */
  let askedKey = ''
  let shownShape = ''
  let failedAt: EpochMs | null = null
  let isAsking = false
  let rests = 0
  let leaveNews: (() => void)[] = []

  function show(next: EvidenceView) {
    view = next
    for (const listener of listeners) listener()
  }

  /** What a look's verdict depends on: where it is the same, the verdict is. */
  function lookKey({ from, to }: Look, { metric, attempts }: Subject): string {
    const samplesOf = (one: Metric | null) =>
      one ? (monitor.series.range(one.id, from, to)?.count ?? 0) : 0
    const refused = monitor.errors.count('capacity', from, epochMs(to + 1))
    const limits = metric ? (monitor.facts().limits.get(metric.id) ?? []) : []
    const steps = limits.map((step) => `${step.from}:${step.value}`).join()
    const samples = [samplesOf(metric), samplesOf(attempts)]
    return [metric?.id, attempts?.id, from, to, ...samples, refused, steps].join('|')
  }

  /** What else the report of a look depends on. */
  function reportKey({ isMoving, isDetailed, subject }: Watched, { look }: LookPlan): string {
    const { from, to } = look
    const failures = ERROR_CLASSES.map((name) => monitor.errors.count(name, from, to))
    const others = [monitor.clients.count(from, to), monitor.facts().markers.length, ...failures]
    return [isMoving, isDetailed, lookKey(look, subject), ...others].join('|')
  }

  function keep(key: string, verdict: Verdict) {
    verdicts.delete(key)
    verdicts.set(key, verdict)
    for (const oldest of [...verdicts.keys()].slice(0, -MOST_KEPT)) verdicts.delete(oldest)
  }

  async function ask({ subject, isMoving, isDetailed }: Watched, { look, earlier }: LookPlan) {
    const known = earlier.map((one) => {
      const key = lookKey(one, subject)
      return { look: one, key, verdict: verdicts.get(key) ?? null }
    })
    const lacking = known.filter(({ verdict }) => verdict === null)
    const gathered = gatherEvidence({
      monitor,
      facts: monitor.facts(),
      subject,
      look,
      backMs: look.from - (lacking[0]?.look.from ?? look.from),
      isNow: isMoving,
      isDetailed,
    })
    const ownKey = lookKey(look, subject)
    const answer = await desk.ask({ ...gathered, earlier: lacking.map((one) => one.look) })
    for (const [i, verdict] of answer.earlier.entries()) {
      lacking[i]!.verdict = verdict
      keep(lacking[i]!.key, verdict)
    }
    keep(ownKey, answer.report.verdict)
    if (!isMoving) return answer.report
    const looks = [...known.flatMap(({ verdict }) => verdict ?? []), answer.report.verdict]
    const verdict = settledVerdict(looks) ?? answer.report.verdict
    return { ...answer.report, verdict, looks: looks.map(({ word }) => word) }
  }

  /** Says that there is nothing to work out; what comes after it is asked for anew. */
  function showSummarised(tier: Tier) {
    askedKey = ''
    const shown = view.kind === 'summarised' ? view.tier : null
    if (shown?.until !== tier.until || shown.stepMs !== tier.stepMs)
      show({ kind: 'summarised', tier })
  }

  /** Asks for what is wanted, unless it is known already or a look is on its way. */
  function lookAgain() {
    if (!wanted || monitor.facts().isLoadingHistory) return
    const tier = monitor.drawn.tier(wanted.window.from, wanted.window.to)
    if (tier) return showSummarised(tier)
    if (view.kind === 'summarised') show({ kind: 'waiting' })
    const shape = shapeOf(wanted)
    if (shape !== shownShape && view.kind === 'ready' && !view.isComputing)
      show({ ...view, isComputing: true })
    if (isAsking) return
    const plan = planOf(wanted)
    const key = reportKey(wanted, plan)
    const isDue = failedAt !== null && Math.abs(elapsed(failedAt, monitor.now())) >= RETRY_MS
    if (key === askedKey && !isDue) return
    askedKey = key
    isAsking = true
    const asked = rests
    const answered = (next: EvidenceView) => {
      if (asked !== rests) return
      isAsking = false
      failedAt = next.kind === 'failed' ? monitor.now() : null
      shownShape = shape
      show(next)
      lookAgain()
    }
    ask(wanted, plan).then(
      (report) => answered({ kind: 'ready', report, isComputing: isOutdated(shape) }),
      (error: unknown) =>
        answered({
          kind: 'failed',
          message: error instanceof Error ? error.message : String(error),
        }),
    )
  }

  const isOutdated = (shape: string) => wanted !== null && shapeOf(wanted) !== shape

  return {
    watch(watched) {
      wanted = watched
      if (leaveNews.length === 0) {
        const { drawn, errors, clients } = monitor
        leaveNews = [monitor, drawn, errors, clients].map((news) => news.subscribe(lookAgain))
      }
      lookAgain()
    },
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    rest() {
      rests += 1
      wanted = null
      isAsking = false
      askedKey = ''
      failedAt = null
      for (const leave of leaveNews) leave()
      leaveNews = []
      desk.close()
    },
  }
}

const planOf = ({ window, isMoving, subject }: Watched): LookPlan =>
  isMoving ? movingPlan(window, subject.metric?.intervalMs ?? null) : fixedPlan(window)

/** Windows of one shape show the same thing as time goes on: a report of one stands for the next. */
const shapeOf = ({ window, isMoving, subject }: Watched): string =>
  [isMoving, subject.metric?.id, isMoving || window.from, window.to - window.from]
    .map(String)
    .join('|')
