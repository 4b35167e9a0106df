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
import { createCountHeard } from './countHeard.ts'
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
import { PROBE_METRICS, probeMetrics, type ReportedTo } from './probeMetrics.ts'
import { OPEN_KINDS, type ProbePage, type ProbeReport } from './reportShape.ts'

/** How far a page's clock may be from ours: a report that was kept longer is a replay. */
const CLOCK_MS = durationMs(5 * MINUTE_MS)
/** Four reports that did not come. */
const SILENT_AFTER_MS = 45_000
/** Browsers let a hidden tab's timers run once a minute. */
const SILENT_HIDDEN_MS = 150_000
/** Before that, tabs that were there before us may not have reported yet. */
const SETTLED_AFTER_MS = 15_000

/** After so many turns without being asked, another tab was. */
const NEWS_KEPT_TURNS = 2

export type ProbeLimits = { documents: number; apps: number; pages: number; findings: number }
export const PROBE_LIMITS: ProbeLimits = { documents: 15_000, apps: 50, pages: 500, findings: 500 }

export type ProbeBookOptions = {
  now: () => EpochMs
  /** How often `observe` is asked: told as the pace of its metrics. */
  intervalMs: DurationMs
  /** The apps whose reports are taken; null takes any, up to the limit. */
  apps?: readonly string[] | null
  /**
   * A recorder where left out. Every tab has a book of the same pages and one of them is asked: what
   * was not asked for in time, another has told.
   */
  reportedTo?: ReportedTo
  limits?: Partial<ProbeLimits>
}

type Reporting = { documents: number; tabs: number }

/**
 * Sums the reports of all tabs. Taking one costs the same however many tabs there are, and memory is
 * bounded by the limits, whatever is sent.
 */
export function createProbeBook(options: ProbeBookOptions) {
  const { now, intervalMs, apps = null, reportedTo = 'recorder', limits } = options
  const most = { ...PROBE_LIMITS, ...limits }
  const docs = new Map<string, ProbeDocument>()
  /** How many documents an app, and a tab, has. */
  const appUses = new Map<string, number>()
  const tabUses = new Map<string, number>()
  const departed = createDeparted(4 * most.documents, durationMs(2 * CLOCK_MS))
  const rows = createPageRows(most.pages)
  const findings = createFindingRows(most.findings)
  /** Longer than an asker takes from one turn to the next. */
  const newsKeptMs = reportedTo === 'tab' ? durationMs(NEWS_KEPT_TURNS * intervalMs) : null
  const lost = createLostSockets(newsKeptMs)
  const attempts = createCountHeard(newsKeptMs)
  const metrics = probeMetrics(intervalMs, reportedTo)
  const ids = PROBE_METRICS[reportedTo]
  const startedAt = now()
  let askedAt: EpochMs | null = null
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
    attempts.add(grown('attempts', before, told), at)
    const failedAt = epochMs(Math.min(at, Math.max(from, at - (told.failedAgoMs ?? 0))))
    for (const loss of ['refused', 'dropped'] satisfies Loss[]) {
      const count = grown(loss, before, told)
      if (count > 0)
        lost.add({ at: failedAt, heardAt: at, app: row.app, page: row.page, loss, count })
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

  /** What was heard after that is news. */
  function newsSince(at: EpochMs): EpochMs {
    const isOwn = newsKeptMs === null || (askedAt !== null && at - askedAt <= newsKeptMs)
    askedAt = at
    return isOwn ? epochMs(0) : epochMs(at - intervalMs)
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
      const since = newsSince(at)
      const tried = attempts.taken(since)
      const isKnown = (docs.size > 0 || isEmpty) && elapsed(startedAt, at) >= SETTLED_AFTER_MS
      const sample = (metric: MetricId, value: number, isTold = isKnown) => ({
        metric,
        series: {
          timeMs: Float64Array.of(at),
          value: Float64Array.of(isTold ? value : Number.NaN),
        },
      })
      const samples = [
        ...OPEN_KINDS.map((kind) => sample(ids[kind], rows.totals[kind])),
        sample(ids.tabs, tabUses.size),
        // Attempts that were reported did happen, whoever else could not report.
        sample(ids.attempts, tried, isKnown || tried > 0),
      ]
      return observation({ metrics, samples, errors: lost.told(since) })
    },

    /** Lets go of documents that are no longer heard of, as `observe` does: for one that is not asked. */
    forgetSilent: () => forgetSilent(now()),

    /** What looks forgotten in the documents that report now. O(documents). */
    findings: (): ProbeFinding[] => findingsOf(docs.values()),

    /** How many documents and tabs an app has that reports now. O(documents). */
    reporting: (): ReadonlyMap<string, Reporting> => {
      const found = new Map<string, { documents: number; tabs: Set<string> }>()
      for (const { app, tab } of docs.values()) {
        const known = found.get(app) ?? { documents: 0, tabs: new Set() }
        found.set(app, { documents: known.documents + 1, tabs: known.tabs.add(tab) })
      }
      return new Map(
        [...found].map(([app, { documents, tabs }]) => [app, { documents, tabs: tabs.size }]),
      )
    },

    /** How it stands, by app and page. */
    standing: () => ({
      tabs: tabUses.size,
      documents: docs.size,
      pages: rows.all(),
      findingsLeftOut: findings.leftOut(),
    }),
  }
}

function add(uses: Map<string, number>, name: string, by: number) {
  const next = (uses.get(name) ?? 0) + by
  if (next > 0) uses.set(name, next)
  else uses.delete(name)
}
