import type { Observation } from '#domain/observation.ts'
import type { DurationMs, EpochMs } from '#domain/units.ts'
import { createProbeBook } from './probeBook.ts'
import type { Taken } from './probeDocument.ts'
import type { ReportedTo } from './probeMetrics.ts'
import type { ProbesRefused, ProbesTold } from './probesTold.ts'
import { createRefusals, joinedRefusals } from './refusals.ts'
import type { ProbeReport } from './reportShape.ts'

/** Where one organisation's reports come to, and what they come to. */
export type ProbeDesk = {
  apps: readonly string[]
  reportedTo: ReportedTo
  everyMs: DurationMs
  now: () => EpochMs
  /** Takes a report of one of the apps, or says why not. */
  take: (report: ProbeReport) => Taken
  /** The sums now, and what happened since the last time. */
  observe: () => Observation
  /** O(documents). */
  told: () => ProbesTold
}

type Options = {
  apps: readonly string[]
  reportedTo: ReportedTo
  everyMs: DurationMs
  now: () => EpochMs
  /** What was refused and is no organisation's. */
  refusedElsewhere: () => ProbesRefused
}

type AppCounts = { reports: number; refused: number; lastAtMs: EpochMs | null }

/** The book of one organisation's apps, with what was taken and refused of each. */
export function createProbeDesk(options: Options): ProbeDesk {
  const { apps, reportedTo, everyMs, now, refusedElsewhere } = options
  const book = createProbeBook({ now, intervalMs: everyMs, apps, reportedTo })
  const refusals = createRefusals(now)
  const counts = new Map<string, AppCounts>(
    apps.map((app) => [app, { reports: 0, refused: 0, lastAtMs: null }]),
  )
  return {
    apps,
    reportedTo,
    everyMs,
    now,
    take(report) {
      const taken = book.take(report)
      const count = counts.get(report.app)
      if (!taken.ok) {
        refusals.add(`${report.app}: ${taken.problem}`)
        if (count) count.refused += 1
      } else if (count) {
        count.reports += 1
        count.lastAtMs = now()
      }
      return taken
    },
    observe: () => book.observe(),
    told() {
      book.forgetSilent()
      const { tabs, documents, findingsLeftOut } = book.standing()
      const reporting = book.reporting()
      const silent = { documents: 0, tabs: 0 }
      return {
        apps: [...counts].map(([app, count]) => ({
          app,
          ...(reporting.get(app) ?? silent),
          ...count,
        })),
        documents,
        tabs,
        findings: book.findings(),
        refused: joinedRefusals(refusals.told(), refusedElsewhere()),
        leftOut: findingsLeftOut,
      }
    },
  }
}
