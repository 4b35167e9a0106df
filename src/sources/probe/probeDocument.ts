import type { EpochMs } from '#domain/units.ts'
import type { FindingShare } from './findingRows.ts'
import type { PageRow } from './pageRows.ts'
import { GROWING, type Growing, type ProbePage, type ProbeReport } from './reportShape.ts'

/** What is kept of one document: what it told last. */
export type ProbeDocument = {
  app: string
  tab: string
  seq: number
  heardAt: EpochMs
  isHidden: boolean
  pages: { row: PageRow; page: string; told: ProbePage }[]
  findings: FindingShare[]
}

/**
 * Why a report was not taken: its clock is far from ours, it was taken before (or is older than one
 * that was), its counts went back or grew beyond belief, or there is no room or no permission for it.
 */
export type ProbeRefusal =
  | 'clock'
  | 'replayed'
  | 'shrunk'
  | 'leap'
  | 'unknownApp'
  | 'tooManyApps'
  | 'tooManyDocuments'

export type Taken = { ok: true } | { ok: false; refusal: ProbeRefusal; problem: string }

/** Up to this report a document that we did not know is new, and all it counted is news. */
const FIRST_REPORTS = 3
export const isFirst = ({ seq }: ProbeReport) => seq <= FIRST_REPORTS

/** No page opens as many WebSockets between two reports. */
const LARGEST_GROWTH = 10_000

export const refused = (refusal: ProbeRefusal, problem: string): Taken => ({
  ok: false,
  refusal,
  problem,
})

/** By how much a count grew since what was told before; all of it where nothing was. */
export const grown = (field: Growing, before: ProbePage | null, told: ProbePage) =>
  told[field] - (before?.[field] ?? 0)

/** Counts of one document only grow, and not beyond belief; `doc` is what it told before. */
export function growthRefusal(report: ProbeReport, doc: ProbeDocument | null): Taken {
  const { pages } = report
  const missing = doc?.pages.find(({ page }) => !pages.some((told) => told.page === page))
  if (missing) return refused('shrunk', `it no longer tells of ${missing.page}`)
  for (const told of pages) {
    const before = doc?.pages.find(({ page }) => page === told.page)?.told ?? null
    for (const field of GROWING) {
      const growth = grown(field, before, told)
      if (growth < 0) return refused('shrunk', `${field} of ${told.page} went back by ${-growth}`)
      if (growth > LARGEST_GROWTH && (doc !== null || isFirst(report)))
        return refused('leap', `${field} of ${told.page} grew by ${growth} at once`)
    }
  }
  return { ok: true }
}
