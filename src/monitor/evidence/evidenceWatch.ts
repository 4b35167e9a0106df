import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { settledVerdict } from '#domain/evidence/verdict/settled.ts'
import type { Verdict } from '#domain/evidence/verdict/verdict.ts'
import { epochMs } from '#domain/units.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import type { EvidenceDesk } from './evidenceDesk.ts'
import type { Look } from './evidenceRequest.ts'
import { gatherEvidence, type Subject } from './gatherEvidence.ts'
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
 * window, a new one is on its way.
 */
export type EvidenceView =
  | { kind: 'waiting' }
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

/** Verdicts kept for looks to come. */
const MOST_KEPT = 12

/**
 * Keeps the evidence of one screen up to date. A look is worked out at the desk, off the main
 * thread, one at a time; verdicts of earlier looks are kept and asked for once only, so that a
 * moving window costs one new look per step.
 */
export function createEvidenceWatch({ monitor, desk }: Options): EvidenceWatch {
  const listeners = new Set<() => void>()
  const verdicts = new Map<string, Verdict>()
  let view: EvidenceView = { kind: 'waiting' }
  let known = ''
  let shape = ''
  let isAsking = false
  let rests = 0

  function show(next: EvidenceView) {
    view = next
    for (const listener of listeners) listener()
  }

  /** What a look's verdict depends on: where it is the same, the verdict is. */
  function lookKey({ from, to }: Look, { metric, attempts }: Subject): string {
    const samples = metric ? (monitor.series.range(metric.id, from, to)?.count ?? 0) : 0
    const refused = monitor.errors.count('capacity', from, epochMs(to + 1))
    const limits = metric ? (monitor.facts().limits.get(metric.id) ?? []) : []
    const steps = limits.map((step) => `${step.from}:${step.value}`).join()
    return [metric?.id, attempts?.id, from, to, samples, refused, steps].join('|')
  }

  function keep(key: string, verdict: Verdict) {
    verdicts.delete(key)
    verdicts.set(key, verdict)
    for (const oldest of [...verdicts.keys()].slice(0, -MOST_KEPT)) verdicts.delete(oldest)
  }

  async function ask(watched: Watched, { look, earlier }: LookPlan) {
    const { subject, isMoving, isDetailed } = watched
    const keys = earlier.map((one) => lookKey(one, subject))
    const lacking = earlier.filter((_, i) => !verdicts.has(keys[i]!))
    const lackingKeys = keys.filter((key) => !verdicts.has(key))
    const first = lacking[0]?.from ?? look.from
    const gathered = gatherEvidence({
      monitor,
      facts: monitor.facts(),
      subject,
      look,
      backMs: look.from - first,
      isNow: isMoving,
      isDetailed,
    })
    const ownKey = lookKey(look, subject)
    const answer = await desk.ask({ ...gathered, earlier: lacking })
    for (const [i, verdict] of answer.earlier.entries()) keep(lackingKeys[i]!, verdict)
    keep(ownKey, answer.report.verdict)
    if (!isMoving) return answer.report
    const looks = [...keys, ownKey].map((key) => verdicts.get(key)!)
    const verdict = settledVerdict(looks) ?? answer.report.verdict
    return { ...answer.report, verdict, looks: looks.map(({ word }) => word) }
  }

  return {
    watch(watched) {
      if (isAsking || monitor.facts().isLoadingHistory) return
      const { window, isMoving, isDetailed, subject } = watched
      const plan = isMoving
        ? movingPlan(window, subject.metric?.intervalMs ?? null)
        : fixedPlan(window)
      const key = [
        isMoving,
        isDetailed,
        lookKey(plan.look, subject),
        monitor.clients.count(plan.look.from, plan.look.to),
        monitor.facts().markers.length,
      ].join('|')
      if (key === known) return
      known = key
      const newShape = [
        isMoving,
        subject.metric?.id,
        isMoving || window.from,
        window.to - window.from,
      ]
        .map(String)
        .join('|')
      if (newShape !== shape && view.kind === 'ready') show({ ...view, isComputing: true })
      shape = newShape
      isAsking = true
      const asked = rests
      const answered = (next: EvidenceView) => {
        if (asked !== rests) return
        isAsking = false
        show(next)
      }
      ask(watched, plan).then(
        (report) => answered({ kind: 'ready', report, isComputing: false }),
        (error: unknown) =>
          answered({
            kind: 'failed',
            message: error instanceof Error ? error.message : String(error),
          }),
      )
    },
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    rest() {
      rests += 1
      isAsking = false
      known = ''
      desk.close()
    },
  }
}
