import { type Observation, observation } from '#domain/observation.ts'
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  elapsed,
  epochMs,
  type MetricId,
  MINUTE_MS,
} from '#domain/units.ts'
import { createDeparted } from './departed.ts'
import { createFindingRows, findingsOf, type ProbeFinding } from './findingRows.ts'
import { createLostSockets, type Loss } from './lostSockets.ts'
import { createPageRows, nothingOpen, type PageRow } from './pageRows.ts'
import {
  grown,
  growthRefusal,
  isFirst,
  type ProbeDocument,
  refused,
  type Taken,
} from './probeDocument.ts'
import { ATTEMPTS_METRIC, OPEN_METRICS, probeMetrics, TABS_METRIC } from './probeMetrics.ts'
import { OPEN_KINDS, type ProbePage, type ProbeReport } from './reportShape.ts'

/** How far a page's clock may be from ours: a report that was kept longer is a replay. */
const CLOCK_MS = durationMs(5 * MINUTE_MS)
/** Four reports that did not come. */
const SILENT_AFTER_MS = 45_000
/** Browsers let a hidden tab's timers run once a minute. */
const SILENT_HIDDEN_MS = 150_000
/** Before that, tabs that were there before us may not have reported yet. */
const SETTLED_AFTER_MS = 15_000

export type ProbeLimits = { documents: number; apps: number; pages: number; findings: number }
export const PROBE_LIMITS: ProbeLimits = { documents: 15_000, apps: 50, pages: 500, findings: 500 }

export type ProbeBookOptions = {
  now: () => EpochMs
  /** How often `observe` is asked: told as the pace of its metrics. */
  intervalMs: DurationMs
  /** The apps whose reports are taken; null takes any, up to the limit. */
  apps?: readonly string[] | null
  limits?: Partial<ProbeLimits>
}

/**
 * Sums the reports of all tabs. Taking one costs the same however many tabs there are, and memory is
 * bounded by the limits, whatever is sent.
 */
export function createProbeBook({ now, intervalMs, apps = null, limits }: ProbeBookOptions) {
  const most = { ...PROBE_LIMITS, ...limits }
  const docs = new Map<string, ProbeDocument>()
  /** How many documents an app, and a tab, has. */
  const appUses = new Map<string, number>()
  const tabUses = new Map<string, number>()
  const departed = createDeparted(4 * most.documents, durationMs(2 * CLOCK_MS))
  const rows = createPageRows(most.pages)
  const findings = createFindingRows(most.findings)
  const lost = createLostSockets()
  const metrics = probeMetrics(intervalMs)
  const startedAt = now()
  let attempts = 0
  let sweptAt = startedAt
  /** Whether the last document to leave said so: then nothing is open, else it is not known. */
  let isEmpty = false

  function refusalOf(report: ProbeReport, key: string, at: EpochMs): Taken {
    const { app, seq, atMs } = report
    const skewMs = elapsed(at, epochMs(atMs))
    if (Math.abs(skewMs) > CLOCK_MS)
      return refused('clock', `its time is ${Math.round(skewMs / 1000)} s from ours`)
    const doc = docs.get(key)
    const lastSeq = doc?.seq ?? departed.seqOf(key) ?? 0
    if (seq <= lastSeq) return refused('replayed', `report ${seq} came after report ${lastSeq}`)
    if (doc)
      return doc.app === app ? growthRefusal(report, doc) : refused('shrunk', 'its app changed')
    if (apps && !apps.includes(app)) return refused('unknownApp', `no app ${app} is expected`)
    if (!appUses.has(app) && appUses.size >= most.apps)
      return refused('tooManyApps', `${most.apps} apps report already`)
    if (docs.size >= most.documents && at - sweptAt >= 1_000) forgetSilent(at)
    if (docs.size >= most.documents)
      return refused('tooManyDocuments', `${most.documents} documents report already`)
    return growthRefusal(report, null)
  }

  /** Takes what was told into all sums. */
  function apply(report: ProbeReport, key: string, at: EpochMs) {
    const known = docs.get(key) ?? newDoc(report, key, at)
    const isNews = docs.has(key) || (isFirst(report) && departed.seqOf(key) === null)
    const oldestAt = docs.has(key) ? known.heardAt : epochMs(at - MINUTE_MS)
    docs.set(key, known)
    known.pages = report.pages.map((told) => {
      const before = known.pages.find(({ page }) => page === told.page)
      const row = before?.row ?? rows.take(report.app, told.page)
      rows.change(row, before?.told ?? nothingOpen(), told)
      if (isNews) count(row, before?.told ?? null, told, oldestAt, at)
      return { row, page: told.page, told }
    })
    const shares = findings.take(report.app, report.findings)
    findings.release(known.findings)
    known.findings = shares
    known.seq = report.seq
    known.heardAt = at
    known.isHidden = report.isHidden
    if (report.isLast) leave(key, known, at, true)
  }

  function newDoc({ app, tab }: ProbeReport, key: string, at: EpochMs): ProbeDocument {
    add(appUses, app, 1)
    add(tabUses, tab, 1)
    return {
      app,
      tab,
      seq: departed.seqOf(key) ?? 0,
      heardAt: at,
      isHidden: false,
      pages: [],
      findings: [],
    }
  }

  function count(
    row: PageRow,
    before: ProbePage | null,
    told: ProbePage,
    from: EpochMs,
    at: EpochMs,
  ) {
    attempts += grown('attempts', before, told)
    const failedAt = epochMs(Math.min(at, Math.max(from, at - (told.failedAgoMs ?? 0))))
    for (const loss of ['refused', 'dropped'] satisfies Loss[]) {
      const count = grown(loss, before, told)
      if (count > 0) lost.add({ at: failedAt, app: row.app, page: row.page, loss, count })
    }
  }

  function leave(key: string, doc: ProbeDocument, at: EpochMs, hasSaidSo: boolean) {
    docs.delete(key)
    departed.add(key, doc.seq, at)
    for (const { row, told } of doc.pages) {
      rows.change(row, told, nothingOpen())
      rows.release(row)
    }
    findings.release(doc.findings)
    add(appUses, doc.app, -1)
    add(tabUses, doc.tab, -1)
    isEmpty = hasSaidSo
  }

  function forgetSilent(at: EpochMs) {
    sweptAt = at
    for (const [key, doc] of docs) {
      const patienceMs = doc.isHidden ? SILENT_HIDDEN_MS : SILENT_AFTER_MS
      if (at - doc.heardAt > patienceMs) leave(key, doc, at, false)
    }
    departed.forget(at)
  }

  return {
    /** Takes a report that `readReport` vouched for, or says why not; a refused one changes nothing. */
    take(report: ProbeReport): Taken {
      const at = now()
      const key = `${report.tab}.${report.doc}`
      const taken = refusalOf(report, key, at)
      if (taken.ok) apply(report, key, at)
      return taken
    },

    /**
     * What is open now, and what happened since it was asked last. Where no tab reports, all is a gap,
     * unless the last one said that it was closed: then nothing is open.
     */
    observe(): Observation {
      const at = now()
      forgetSilent(at)
      const isKnown = (docs.size > 0 || isEmpty) && elapsed(startedAt, at) >= SETTLED_AFTER_MS
      const sample = (metric: MetricId, value: number, isTold = isKnown) => ({
        metric,
        series: {
          timeMs: Float64Array.of(at),
          value: Float64Array.of(isTold ? value : Number.NaN),
        },
      })
      const samples = [
        ...OPEN_KINDS.map((kind) => sample(OPEN_METRICS[kind], rows.totals[kind])),
        sample(TABS_METRIC, tabUses.size),
        // Attempts that were reported did happen, whoever else could not report.
        sample(ATTEMPTS_METRIC, attempts, isKnown || attempts > 0),
      ]
      attempts = 0
      return observation({ metrics, samples, errors: lost.told() })
    },

    /** What looks forgotten in the documents that report now. O(documents). */
    findings: (): ProbeFinding[] => findingsOf(allShares(docs.values())),

    /** How it stands, by app and page. */
    standing: () => ({
      tabs: tabUses.size,
      documents: docs.size,
      pages: rows.all(),
      findingsLeftOut: findings.leftOut(),
    }),
  }
}

function* allShares(docs: Iterable<ProbeDocument>) {
  for (const { findings } of docs) yield findings
}

function add(uses: Map<string, number>, name: string, by: number) {
  const next = (uses.get(name) ?? 0) + by
  if (next > 0) uses.set(name, next)
  else uses.delete(name)
}
