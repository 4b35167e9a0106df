import { durationMs, type EpochMs, type OrgId, SECOND_MS } from '#domain/units.ts'
import { createProbeDesk, type ProbeDesk } from './probeDesk.ts'
import type { Taken } from './probeDocument.ts'
import type { ReportedTo } from './probeMetrics.ts'
import { readReport } from './readReport.ts'
import { createRefusals } from './refusals.ts'

/** As often as a probe reports. */
const EVERY_MS = durationMs(10_000)

/**
 * Twice what as many documents send as a book has room for. What comes on top within one second is
 * not even read, so that a flood leaves the time to ask and to draw: a fifth of a second's work.
 */
export const MOST_REPORTS_PER_SECOND = 3_000
const MOST_CHARS_PER_SECOND = 3_000_000

/**
 * What became of one report. `unreadable`: none of ours; `unexpected`: of an app that nobody named;
 * `tooMany`: more at once than are read; else as the book of its organisation has it.
 */
export type ProbeOutcome =
  | Taken
  | { ok: false; refusal: 'unreadable' | 'unexpected' | 'tooMany'; problem: string }

type Options = { now: () => EpochMs; reportedTo: ReportedTo }

/** Where reports of all organisations come in: each goes to those that expect its app. Nothing throws. */
export function createProbeReception({ now, reportedTo }: Options) {
  const desks = new Map<OrgId, ProbeDesk>()
  const refusals = createRefusals(now)
  let second = 0
  let reports = 0
  let chars = 0

  function refuse(refusal: 'unreadable' | 'unexpected' | 'tooMany', problem: string): ProbeOutcome {
    refusals.add(problem)
    return { ok: false, refusal, problem }
  }

  function isTooMany(sent: unknown): boolean {
    const thisSecond = Math.floor(now() / SECOND_MS)
    if (thisSecond !== second) [second, reports, chars] = [thisSecond, 0, 0]
    reports += 1
    if (typeof sent === 'string') chars += sent.length
    return reports > MOST_REPORTS_PER_SECOND || chars > MOST_CHARS_PER_SECOND
  }

  return {
    /** The desk of an organisation: the same, with all it knows, for as long as the apps are the same. */
    expect(org: OrgId, apps: readonly string[]): ProbeDesk {
      const known = desks.get(org)
      if (known && JSON.stringify(known.apps) === JSON.stringify(apps)) return known
      const refusedElsewhere = refusals.told
      const desk = createProbeDesk({ apps, reportedTo, everyMs: EVERY_MS, now, refusedElsewhere })
      desks.set(org, desk)
      return desk
    },
    drop: (org: OrgId) => void desks.delete(org),
    deskOf: (org: OrgId): ProbeDesk | null => desks.get(org) ?? null,
    desks: (): ReadonlyMap<OrgId, ProbeDesk> => desks,
    /** Takes what was sent, whatever it is. */
    take(sent: unknown): ProbeOutcome {
      if (isTooMany(sent)) return refuse('tooMany', 'more came within a second than is read')
      if (typeof sent !== 'string') return refuse('unreadable', 'it is no text')
      const report = readReport(sent)
      if (!report.ok) return refuse('unreadable', report.problem)
      const { app } = report.value
      const expecting = [...desks.values()].filter(({ apps }) => apps.includes(app))
      const [first, ...others] = expecting
      if (!first) return refuse('unexpected', `nobody expects reports of ${app}`)
      const taken = first.take(report.value)
      for (const desk of others) desk.take(report.value)
      return taken
    },
  }
}
