import { type LimitSettings, NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { inParts, type Observation, observation } from '#domain/observation.ts'
import type { MarkerKind } from '#domain/timeline/marker.ts'
import { DAY_MS, type EpochMs, HOUR_MS, later, MINUTE_MS, type SourceId } from '#domain/units.ts'
import { createApiAllowance } from './apiAllowance.ts'
import { API_REQUESTS, API_REQUESTS_EVERY_MS, catalogueOf } from './apiRequests.ts'
import { type Ask, createAsking } from './asking.ts'
import { type ClientLog, createClientLog } from './clientLog.ts'
import { createClockCheck } from './clockCheck.ts'
import { createDoors } from './doors.ts'
import { createDrawnSeries, type DrawnSeries } from './drawnSeries.ts'
import { createErrorLog, type ErrorLog } from './errorLog.ts'
import { createFactsBoard, firstFacts } from './factsBoard.ts'
import { watchIdle } from './idleWatch.ts'
import { createIntake, isEmpty, seriesIn } from './intake.ts'
import { createLedger } from './ledger.ts'
import { ownMarker } from './markers.ts'
import { createMemory } from './memory.ts'
import type { OrgFacts } from './orgFacts.ts'
import { orgKeys } from './orgKeys.ts'
import type { OrgMonitorOptions } from './orgMonitorOptions.ts'
import { createOrgTabs } from './orgTabs.ts'
import { createPacing } from './pacing.ts'
import { type Polling, startPolling } from './polling.ts'
import { repeat, within } from './repeat.ts'
import { createSeriesStore, type SeriesStore } from './seriesStore.ts'
import { createSession } from './session.ts'
import { createSourceBoard } from './sourceBoard.ts'
import { createSummaryStore } from './summaryStore.ts'
import { type SharedFacts, sharedOf } from './tabMessages.ts'
import { createPlace, createTabRole } from './tabRole.ts'

/** One organisation being watched. It needs no screen; screens and the recorder read it alike. */
export type OrgMonitor = {
  /** Samples, and nothing else: what numbers are worked out from. */
  readonly series: SeriesStore
  /** What charts draw: the samples, and steps in the place of those that are too old or too many. */
  readonly drawn: DrawnSeries
  readonly errors: ErrorLog
  readonly clients: ClientLog
  facts: () => OrgFacts
  /** Hears of new facts, at most once per flush. Returns the way out. */
  subscribe: (listener: () => void) => () => void
  /** The organisation's time: the clock here plus the measured offset. */
  now: () => EpochMs
  /** Takes in what a file or another source brought, as if it had been polled. */
  observe: (observation: Observation) => void
  /** The same of something long, e.g. a file: in parts, with turns for the page between them. Resolves when all is taken in. */
  observeLong: (observation: Observation) => Promise<void>
  /** Sets a marker now; gives its id, for undo. */
  mark: (kind: MarkerKind, label: string) => string
  unmark: (id: string) => void
  /** People say something else of limits: all windows are judged by it from now on. */
  setLimitSettings: (settings: LimitSettings) => void
  /** Asks the API once for somebody, on the organisation's budget and beside the polls. */
  ask: Ask
  /** Asks a source now, also one that is off. */
  tryNow: (source: SourceId) => void
  /**
   * Reads an older stretch back from the history, as samples or in steps (`drawn.tier` tells), and
   * keeps it until the next one.
   */
  loadHistory: (from: EpochMs, to: EpochMs) => Promise<void>
  /** Lets go of that stretch: nobody looks at it any more. */
  releaseHistory: () => void
  stop: () => Promise<void>
}

/** How much of the past is on the screen without asking for it. */
const LOADED_MS = DAY_MS
/**
 * How long the start waits for another tab's answer, and for the history, before it goes on
 * without.
 */
const ANSWER_PATIENCE_MS = 1_000
const HISTORY_PATIENCE_MS = 3_000
const LOOK_EVERY_MS = 2_000
const TRIM_EVERY_MS = 10 * MINUTE_MS
/** A tab that crashed, or has just written, may hold this much that the history lacks. */
const UNWRITTEN_MS = MINUTE_MS
/**
 * What clients did is in no history: a tab that comes is told as much as a feed tells at its start.
 */
const CLIENTS_TOLD_MS = HOUR_MS

/**
 * Starts to watch an organisation: reads back what is kept, then asks, or follows the tab that
 * does. Every observation goes the same way, wherever it comes from: into the stores, the history
 * and the other tabs.
 */
export function createOrgMonitor(options: OrgMonitorOptions): OrgMonitor {
  const { organisation, history, queryClient, clock, timer, schedule, sources, feeds } = options
  const org = organisation.id
  const tokenSources = sources.map(({ id }) => id)
  const clockCheck = createClockCheck()
  const series = createSeriesStore(schedule)
  const summaries = createSummaryStore(schedule)
  const drawn = createDrawnSeries(series, summaries)
  const errors = createErrorLog(schedule)
  const clients = createClientLog(schedule)
  const ledger = createLedger(
    catalogueOf(options),
    options.limitSettings ?? NO_LIMIT_SETTINGS,
    publishLedger,
  )
  const intake = createIntake({ series, errors, clients, ledger })
  const session = createSession({ ...options, changed: followSession })
  const doors = createDoors({
    ...options,
    clockCheck,
    heardRate: ({ allowed }) => allowance.heardHeader(allowed),
  })
  const allowance = createApiAllowance({
    budget: doors.budget,
    now,
    limits: () => ledger.limits().get(API_REQUESTS.id) ?? [],
    record: (observed) => record(observed, null),
  })
  const asking = createAsking({
    door: doors.api,
    timer,
    now,
    // A tab that follows leaves to the one that polls what that one needs: it knows its allowance.
    allowedPerMinute: () =>
      tabs.isLeading() ? doors.budget.allowedPerMinute() : facts.facts().footprint.allowedPerMinute,
  })
  const board = createSourceBoard(
    doors.asked.map(({ source }) => source),
    () => facts.set({ sources: board.all() }),
    options.switchedOff,
  )
  const facts = createFactsBoard(
    firstFacts(organisation, {
      ledger: ledgerFacts(),
      sources: board.all(),
      footprint: doors.footprint(),
      clock: clockCheck.current(),
      session: session.state(),
      history: history.health(),
    }),
    schedule,
    () => tabs.share(),
  )
  const tabs = createOrgTabs({
    ...options,
    org,
    canReach: () => session.hasToken() || feeds.length > 0,
    gained: takeLead,
    lost: dropLead,
    shared: () => sharedOf(facts.facts()),
    unwritten,
    follow,
    welcomed,
    observed,
    unmarked: (id) => ledger.unmark(id),
    tryNow: (source) => polling?.tryNow(source),
    rested: () => role.rested(),
    otherBuild: () => role.heardOtherBuild(),
  })
  const role = createTabRole(facts, { isLeading: () => tabs.isLeading(), now })
  const pacing = createPacing(clock, timer)
  const memory = createMemory({
    org,
    history,
    series,
    summaries,
    errors,
    clients,
    ledger,
    intake,
    now,
    pacing,
    isStopped: () => isStopped,
    heldMs: options.heldMs,
  })

  let polling: Polling | null = null
  let isReady = false
  let hasFollowed = false
  let hasReadEarly = false
  let isStopped = false
  let marks = 0
  /** Ends the wait for an answer: this tab leads, or the one that does has answered. */
  const place = createPlace()

  function now(): EpochMs {
    return later(clock.now(), clockCheck.offsetMs())
  }
  const ago = (ms: number) => later(now(), -ms)
  const loadedMs = options.loadedMs ?? Math.min(LOADED_MS, options.heldMs ?? LOADED_MS)
  const loadRecent = (onNear?: () => void) =>
    memory.load(ago(loadedMs), later(now(), MINUTE_MS), onNear)

  function ledgerFacts() {
    return {
      metrics: ledger.metrics(),
      limits: ledger.limits(),
      toldLimits: ledger.toldLimits(),
      registry: ledger.registry(),
      limitSettings: ledger.settings(),
      markers: ledger.markers(),
    }
  }
  function publishLedger() {
    facts.set(ledgerFacts())
  }

  function record(observed: Observation, source: SourceId | null) {
    const recorded = intake.record(observed)
    allowance.heard(recorded)
    if (source) board.feeds(source, seriesIn(observed))
    if (isEmpty(recorded)) return
    history.write(org, recorded)
    tabs.tell({ kind: 'observed', observation: recorded, source })
  }

  function ask() {
    if (polling || isStopped || !isReady || !tabs.isLeading()) return
    if (sources.length > 0) allowance.begin()
    polling = startPolling({
      ...options,
      org,
      asked: doors.asked,
      hasToken: session.hasToken(),
      board,
      intake,
      offsetMs: () => clockCheck.offsetMs(),
      record,
      tokenLost,
      clockJumped: () => clockCheck.forget(),
    })
    if (!session.hasToken()) board.signedOut(tokenSources)
  }

  function takeLead() {
    facts.set({ role: 'polling', session: session.state() })
    if (hasFollowed) history.write(org, intake.since(ago(UNWRITTEN_MS)))
    place.found()
    ask()
  }

  function dropLead() {
    polling?.stop(false)
    polling = null
    if (!isStopped) role.lost()
  }

  function tokenLost(isRefused: boolean) {
    session.check()
    // A token that the store holds and a call does not find is of no use either.
    if (isRefused || session.hasToken()) session.refuse()
  }

  function followSession() {
    facts.set({ session: session.state() })
    if (session.hasToken()) {
      const waiting = board.all().filter(({ state }) => state === 'signedOut')
      board.signedIn(waiting.map(({ id }) => id))
      polling?.signIn()
      tabs.offer()
    } else {
      board.signedOut(tokenSources)
      polling?.signOut()
    }
  }

  function followIdle(isIdle: boolean) {
    role.idle(isIdle)
    tabs.setCanLead(!isIdle)
  }

  /** What came from another tab: recorded there, so neither written nor told again. */
  function observed(recorded: Observation, source: SourceId | null) {
    intake.restore(recorded, false)
    if (source) queryClient.setQueryData(orgKeys.call(org, source), recorded)
  }

  /** All there is where the history is not shared between tabs. */
  async function unwritten() {
    await history.flushed()
    const isShared = history.health().kind === 'stored'
    return intake.since(ago(isShared ? UNWRITTEN_MS : LOADED_MS), ago(CLIENTS_TOLD_MS))
  }

  function follow(shared: SharedFacts) {
    hasFollowed = true
    clockCheck.adopt(shared.clock)
    board.adopt(shared.sources)
    facts.set({ ...shared, sources: board.all(), role: 'following' })
  }

  function welcomed() {
    place.found()
    // The answer took so long that the history was read before it was whole.
    if (hasReadEarly) void loadRecent()
    hasReadEarly = false
  }

  function look() {
    session.check()
    role.look()
    memory.followClock()
    if (tabs.isLeading()) facts.set({ footprint: doors.footprint(), clock: clockCheck.current() })
  }

  const countOwnRequests = () =>
    polling && sources.length > 0 && allowance.count(doors.footprint().requestsLastMinute)

  async function start() {
    tabs.join()
    await within(timer, ANSWER_PATIENCE_MS, place.isFound)
    hasReadEarly = !place.isKnown()
    if (isStopped) return
    if (!tabs.isLeading()) facts.set({ role: 'following' })
    let nearIsAtHand: () => void = () => undefined
    const near = new Promise<void>((resolve) => {
      nearIsAtHand = resolve
    })
    const loaded = loadRecent(nearIsAtHand).finally(() => facts.set({ isLoadingHistory: false }))
    // Asking waits for the history, so that the gap since the last visit is seen; not for ever, and
    // not for what another machine kept.
    await within(timer, HISTORY_PATIENCE_MS, Promise.race([near, loaded]))
    isReady = true
    ask()
    await loaded
  }

  const leave = [
    history.subscribe(() => facts.set({ history: history.health() })),
    watchIdle({ page: options.page, afterMs: options.idleStopMs, timer, changed: followIdle }),
    options.network?.subscribe(() => polling?.retryUnreachable()) ?? (() => undefined),
    repeat(timer, LOOK_EVERY_MS, look),
    repeat(timer, API_REQUESTS_EVERY_MS, countOwnRequests),
    repeat(timer, Math.min(TRIM_EVERY_MS, options.heldMs ?? TRIM_EVERY_MS), memory.trim),
  ]
  void start()

  return {
    series,
    drawn,
    errors,
    clients,
    facts: facts.facts,
    subscribe: facts.subscribe,
    now,
    observe: (observed) => record(observed, null),
    async observeLong(observed) {
      const paced = pacing()
      for (const part of inParts(observed)) {
        await paced()
        if (isStopped) return
        record(part, null)
      }
    },
    mark(kind, label) {
      marks += 1
      const marker = ownMarker(now(), kind, label, { serial: marks, random: options.random })
      record(observation({ markers: [marker] }), null)
      return marker.id
    },
    unmark(id) {
      if (!ledger.unmark(id)) return
      history.removeMarker(org, id)
      tabs.tell({ kind: 'unmarked', id })
    },
    setLimitSettings: ledger.setSettings,
    ask: asking.ask,
    tryNow(source) {
      if (tabs.isLeading()) polling?.tryNow(source)
      else tabs.tell({ kind: 'tryNow', source })
    },
    loadHistory: memory.recall,
    releaseHistory: memory.release,
    async stop() {
      isStopped = true
      asking.stop()
      polling?.stop(true)
      polling = null
      for (const undo of leave) undo()
      tabs.leave()
      session.close()
      await history.flushed()
    },
  }
}
