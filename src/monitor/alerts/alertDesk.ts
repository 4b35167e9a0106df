import { advanceAlerts } from '#domain/alerts/advanceAlerts.ts'
import type { Alert } from '#domain/alerts/alert.ts'
import type { AlertNews } from '#domain/alerts/alertNews.ts'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { acknowledged, activeAlerts, listeningAgain } from '#domain/alerts/alertsState.ts'
import type { AlertContext } from '#domain/alerts/alertWords.ts'
import { type AlertMessage, announced } from '#domain/alerts/announcements.ts'
import { leakLooks } from '#domain/alerts/leakLooks.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import { elapsed, type EpochMs, epochMs, later, MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import type { Timer } from '../clock.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import { repeat } from '../repeat.ts'
import { type AlertBook, bookText, EMPTY_BOOK, endedWith, readBook } from './alertBook.ts'
import type { AlertStore } from './alertStore.ts'
import { askedMetrics, createLapseWatch } from './lapsesOf.ts'

/** What people see of an organisation's alerts. */
export type AlertsShown = {
  /** Those that fire, oldest first. */
  active: readonly Alert[]
  /** Those that are over, newest first. */
  ended: readonly Alert[]
}

/** Runs an organisation's rules beside its monitor. */
export type AlertDesk = {
  /** The same object until something changes. */
  shown: () => AlertsShown
  subscribe: (listener: () => void) => () => void
  /** Somebody has seen an alert. */
  acknowledge: (id: string, by: string) => void
  /** Judges by other rules from now on. */
  setRules: (rules: readonly AlertRule[]) => void
  stop: () => void
}

type Options = {
  monitor: Pick<OrgMonitor, 'facts' | 'now' | 'series' | 'errors' | 'subscribe'>
  rules: readonly AlertRule[]
  store: AlertStore
  timer: Timer
  /** Hears what people are to be told, in the tab that asks alone. */
  tell: (message: AlertMessage, context: Omit<AlertContext, 'zone'>) => void
  /** Whether the monitor holds whole runs of a load test, so that leaks can be seen; false: leaks are not judged. */
  holdsRuns?: boolean
  /** Hears of every look, e.g. to stop a load test. */
  looked?: (active: readonly Alert[], now: EpochMs) => void
}

const LOOK_EVERY_MS = SECOND_MS
const SAVE_EVERY_MS = 15 * SECOND_MS
/** A look that comes so late was not held up: the machine slept. */
const AWAY_AFTER_MS = MINUTE_MS
/** Errors are told when their second is over, by some a little later: they are taken in so long after. */
const ERRORS_AFTER_MS = 5 * SECOND_MS
const AHEAD_MS = MINUTE_MS

/**
 * The tab that asks runs the rules, over what the monitor holds, and keeps their book; the other tabs
 * show that book. A tab that takes over, or a page that is loaded again, goes on with the book: nothing is told twice, and
 * what was not heard meanwhile is no blindness.
 */
export function createAlertDesk(options: Options): AlertDesk {
  const { monitor, store, timer, tell, looked, holdsRuns = true } = options
  const org = monitor.facts().organisation.id
  const listeners = new Set<() => void>()
  let { rules } = options
  let book = readBook(store.load(org)) ?? EMPTY_BOOK
  let shown = shownOf(book)
  let lapses = createLapseWatch()
  let lookedAt: EpochMs | null = null
  let savedAt: EpochMs | null = null

  function show(next: AlertBook) {
    book = next
    const now = shownOf(book)
    if (JSON.stringify(now) === JSON.stringify(shown)) return
    shown = now
    for (const listener of listeners) listener()
  }

  function save(now: EpochMs) {
    savedAt = now
    store.save(org, bookText(book))
  }

  /** Samples and errors that were not taken in yet, and what became due. */
  function newsUntil(now: EpochMs): { news: AlertNews; samplesTo: AlertBook['samplesTo'] } {
    const facts = monitor.facts()
    const metrics = askedMetrics(facts)
    const samplesTo = { ...book.samplesTo }
    const end = later(now, AHEAD_MS)
    const samples = metrics.flatMap(({ id: metric }) => {
      const from = samplesTo[metric] ?? now
      const series = monitor.series.slice(metric, epochMs(from + 1), end)
      samplesTo[metric] = epochMs(series.timeMs.at(-1) ?? from)
      return series.timeMs.length > 0 ? [{ metric, series }] : []
    })
    const from = book.takenTo ?? now
    const to = later(now, -ERRORS_AFTER_MS)
    const leaking = panelPlan(metrics, null).connections[0]?.id
    return {
      samplesTo,
      news: {
        metrics,
        limits: facts.limits,
        samples,
        errors: to > from ? monitor.errors.between(epochMs(from + 1), to) : [],
        lapses: lapses(facts.sources, now),
        leaks:
          leaking && holdsRuns && to > from
            ? leakLooks(
                {
                  metric: leaking,
                  markers: facts.markers,
                  limits: facts.limits.get(leaking) ?? [],
                  slice: (first, last) => monitor.series.slice(leaking, first, last),
                  own: facts.footprint.channels,
                },
                from,
                to,
              )
            : [],
      },
    }
  }

  function look() {
    const facts = monitor.facts()
    if (facts.role !== 'polling' || facts.isLoadingHistory) {
      lookedAt = null
      return
    }
    const now = monitor.now()
    const isBack = lookedAt === null || Math.abs(elapsed(lookedAt, now)) > AWAY_AFTER_MS
    if (isBack) {
      // Another tab may have had the lead meanwhile, and has kept the book.
      book = readBook(store.load(org)) ?? book
      book = { ...book, state: listeningAgain(book.state, now) }
      lapses = createLapseWatch()
    }
    lookedAt = now
    const { news, samplesTo } = newsUntil(now)
    const { state, events } = advanceAlerts(book.state, rules, news, now)
    const active = activeAlerts(state)
    const { metrics, markers } = facts
    const told = announced(book.announcements, { events, active, markers, metrics }, now)
    const over = events.flatMap(({ kind, alert }) => (kind === 'ended' ? [alert] : []))
    show({
      state,
      announcements: told.state,
      samplesTo,
      takenTo: epochMs(Math.max(book.takenTo ?? now, later(now, -ERRORS_AFTER_MS))),
      ended: over.length > 0 ? endedWith(book.ended, over, now) : book.ended,
    })
    for (const message of told.messages) tell(message, contextAt(now))
    looked?.(active, now)
    const isNews = events.length > 0 || told.messages.length > 0
    if (isNews || savedAt === null || elapsed(savedAt, now) >= SAVE_EVERY_MS) save(now)
  }

  const contextAt = (now: EpochMs): Omit<AlertContext, 'zone'> => {
    const { organisation, metrics } = monitor.facts()
    return {
      organisation: organisation.name,
      metrics,
      now,
      refused: (from, to) => monitor.errors.count('capacity', from, to),
    }
  }

  /** What another tab has saved: its book where that tab asks, else what somebody has seen there. */
  function heard(text: string) {
    const other = readBook(text)
    if (!other) return
    if (monitor.facts().role !== 'polling') return show(other)
    let { state } = book
    for (const { id, acknowledged: seen } of activeAlerts(other.state))
      if (seen && !activeAlerts(state).find((alert) => alert.id === id)?.acknowledged)
        state = acknowledged(state, id, seen.by, seen.at)
    if (state !== book.state) show({ ...book, state })
  }

  const leave = [store.subscribe(org, heard), repeat(timer, LOOK_EVERY_MS, look)]

  return {
    shown: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    acknowledge(id, by) {
      const now = monitor.now()
      show({ ...book, state: acknowledged(book.state, id, by, now) })
      save(now)
    },
    setRules(next) {
      rules = next
    },
    stop() {
      for (const undo of leave) undo()
      if (lookedAt !== null) save(monitor.now())
    },
  }
}

const shownOf = ({ state, ended }: AlertBook): AlertsShown => ({
  active: activeAlerts(state),
  ended,
})
